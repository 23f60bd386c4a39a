package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same numbers train the same network in whatever type of column they come. */
class FeatureFormsTest {

  private static SequenceClassificationModel doubles;

  @BeforeAll
  static void trainOnDoubles() {
    doubles =
        Frames.classifier()
            .setMaxIter(1)
            .fit(frame(DataTypes.createArrayType(DataTypes.DoubleType), x -> (double) x));
  }

  static Stream<Arguments> oneValueAStep() {
    ArrayType vectors = DataTypes.createArrayType(SQLDataTypes.VectorType());
    return Stream.of(
        form(DataTypes.createArrayType(DataTypes.IntegerType), x -> x),
        form(DataTypes.createArrayType(DataTypes.LongType), Integer::longValue),
        form(DataTypes.createArrayType(DataTypes.FloatType), Integer::floatValue),
        form(DataTypes.createArrayType(DataTypes.createDecimalType(10, 2)), BigDecimal::valueOf),
        form(
            DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)),
            x -> List.of((float) x)),
        form(vectors, x -> Vectors.dense(x)),
        form(vectors, x -> Vectors.sparse(1, new int[] {0}, new double[] {x})));
  }

  private static Arguments form(DataType type, Function<Integer, Object> step) {
    return Arguments.of(type, step);
  }

  @ParameterizedTest
  @MethodSource("oneValueAStep")
  void everyTypeOfNumbersTrainsTheSameBytes(DataType type, Function<Integer, Object> step) {
    SequenceClassificationModel others = Frames.classifier().setMaxIter(1).fit(frame(type, step));
    assertThat(others.content().parameters()).isEqualTo(doubles.content().parameters());
    assertThat(others.transform(frame(type, step)).collectAsList()).hasSize(12);
  }

  private static Dataset<Row> frame(DataType type, Function<Integer, Object> step) {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<Object> steps = new ArrayList<>();
      int sum = 0;
      for (int t = 0; t <= i % 4; t++) {
        int x = random.nextInt(20) - 10;
        sum += x;
        steps.add(step.apply(x));
      }
      rows.add(RowFactory.create(steps, sum > 0 ? "up" : i == 0 ? "up" : "down"));
    }
    return Frames.of(
        new StructType().add("features", type).add("label", DataTypes.StringType), rows);
  }

  @Test
  void vectorsAndArraysOfSeveralValuesTrainTheSameBytes() {
    Dataset<Row> arrays = Frames.series(12);
    List<Row> rows = new ArrayList<>();
    for (Row row : arrays.collectAsList()) {
      List<Vector> steps = new ArrayList<>();
      List<Vector> targets = new ArrayList<>();
      for (Object step : row.getList(1)) {
        scala.collection.Seq<?> values = (scala.collection.Seq<?>) step;
        steps.add(Vectors.dense((double) values.apply(0), (double) values.apply(1)));
      }
      for (Object target : row.getList(2)) {
        targets.add(Vectors.dense((double) target));
      }
      rows.add(RowFactory.create(row.get(0), steps, targets));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(SQLDataTypes.VectorType()))
            .add("label", DataTypes.createArrayType(SQLDataTypes.VectorType()));
    assertThat(Frames.regressor().fit(Frames.of(schema, rows)).content().parameters())
        .isEqualTo(Frames.regressor().fit(arrays).content().parameters());
  }

  @Test
  void severalTargetsAStepArePredictedAsArrays() {
    Dataset<Row> rows = Frames.series(12).withColumn("label", col("features"));
    SequenceRegressionModel model = Frames.regressor().fit(rows);
    Row first = model.transform(rows).orderBy("id").first();
    List<?> prediction = first.getList(3);
    assertThat(prediction).hasSize(first.getList(1).size());
    assertThat(((scala.collection.Seq<?>) prediction.get(0)).size()).isEqualTo(2);
    assertThat(model.evaluate(rows).values()).containsKeys("rmse", "mae", "loss");
  }

  @Test
  void numericLabelsArePredictedAsDoublesInTheirOwnOrder() {
    StructType schema = StructType.fromDDL("features ARRAY<STRING>, label INT");
    List<Row> rows = new ArrayList<>();
    int[] labels = {10, 9, -1, 100};
    for (int i = 0; i < 24; i++) {
      rows.add(RowFactory.create(List.of("w" + i % 4), labels[i % 4]));
    }
    SequenceClassificationModel model =
        Frames.classifier().setMaxIter(12).setLearningRate(0.2).fit(Frames.of(schema, rows));
    assertThat(model.labels()).containsExactly("-1.0", "9.0", "10.0", "100.0");
    assertThat(model.evaluate(Frames.of(schema, rows)).value("accuracy")).isEqualTo(1);
    assertThat(model.transform(Frames.of(schema, rows)).collectAsList())
        .allSatisfy(row -> assertThat(row.getDouble(2)).isEqualTo(row.getInt(1)));
  }

  @Test
  void negativeZeroIsNoClassOfItsOwn() {
    Dataset<Row> rows =
        Frames.of(
            "features ARRAY<INT>, label DOUBLE",
            Frames.row(List.of(1), 0.0),
            Frames.row(List.of(2), -0.0),
            Frames.row(List.of(3), 1.0));
    assertThat(Frames.classifier().fit(rows).labels()).containsExactly("0.0", "1.0");
  }

  @Test
  void stepLabelsMayBeNumbersAndNullStepsDoNotCount() {
    Dataset<Row> rows =
        Frames.of(
            "id INT, features ARRAY<STRING>, label ARRAY<INT>",
            Frames.row(1, List.of("a", "b", "a"), Arrays.asList(1, null, 1)),
            Frames.row(2, List.of("b", "a"), Arrays.asList(2, null)),
            Frames.row(3, List.of("b"), Arrays.asList((Object) null)));
    SequenceLabelingModel model = Frames.labeler().setMaxIter(12).setLearningRate(0.2).fit(rows);
    assertThat(model.labels()).containsExactly("1.0", "2.0");
    assertThat(model.evaluate(rows).count()).isEqualTo(3);
    assertThat(model.evaluate(rows).value("accuracy")).isEqualTo(1);
    assertThat(model.transform(rows).orderBy("id").collectAsList())
        .extracting(row -> row.getList(3).size())
        .containsExactly(3, 2, 1);
  }

  @Test
  void probabilitiesSumToOneAndTheirLargestIsThePrediction() {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(3).fit(Frames.sentences(25));
    for (Row row : model.transform(Frames.sentences(25)).collectAsList()) {
      Vector probability = row.getAs("probability");
      assertThat(Arrays.stream(probability.toArray()).sum()).isEqualTo(1, within(1e-6));
      assertThat(model.labels().get(probability.argmax())).isEqualTo(row.getAs("prediction"));
    }
    SequenceLabelingModel labeler = Frames.labeler().fit(Frames.tagged(25));
    for (Row row : labeler.transform(Frames.tagged(25)).collectAsList()) {
      List<Vector> probabilities = row.getList(row.fieldIndex("probability"));
      List<String> predictions = row.getList(row.fieldIndex("prediction"));
      assertThat(probabilities).hasSameSizeAs(predictions).hasSameSizeAs(row.getList(1));
      for (int t = 0; t < predictions.size(); t++) {
        assertThat(Arrays.stream(probabilities.get(t).toArray()).sum()).isEqualTo(1, within(1e-6));
        assertThat(labeler.labels().get(probabilities.get(t).argmax()))
            .isEqualTo(predictions.get(t));
      }
    }
  }

  @Test
  void unseenTokensArePredictedAsTheUnknownOne() {
    SequenceClassificationModel model = Frames.classifier().fit(Frames.sentences(20));
    List<Row> predicted =
        model
            .transform(
                Frames.of(
                    "features ARRAY<STRING>",
                    Frames.row(List.of("hail", "sun")),
                    Frames.row(List.of("sleet", "sun"))))
            .collectAsList();
    assertThat((Vector) predicted.get(0).getAs("probability"))
        .isEqualTo(predicted.get(1).getAs("probability"));
  }

  @Test
  void rareTokensAreUnknown() {
    SequenceClassificationModel model =
        Frames.classifier()
            .setMinCount(2)
            .fit(
                Frames.of(
                    "features ARRAY<STRING>, label STRING",
                    Frames.row(List.of("often", "once"), "a"),
                    Frames.row(List.of("often", "single"), "b")));
    assertThat(model.parameter("embedding.form.E").numRows()).isEqualTo(2);
  }
}
