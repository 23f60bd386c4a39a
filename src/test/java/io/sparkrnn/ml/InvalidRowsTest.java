package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row that cannot be used is told with its id and the reason, or left out on demand. */
class InvalidRowsTest {

  private static final String TOKENS = "id STRING, features ARRAY<STRING>, label STRING";
  private static final String NUMBERS = "id STRING, features ARRAY<DOUBLE>, label DOUBLE";
  private static final String ROWS = "id STRING, features ARRAY<ARRAY<DOUBLE>>, label STRING";

  private static final Map<String, SequenceClassificationModel> GOOD = new HashMap<>();

  static Stream<Arguments> badRows() {
    List<String> ab = List.of("a", "b");
    return Stream.of(
        bad(TOKENS, null, "x", "column features is null"),
        bad(TOKENS, ab, null, "column label is null"),
        bad(TOKENS, List.of(), "x", "column features is an empty sequence"),
        bad(TOKENS, Arrays.asList("a", null), "x", "expected a token at step 2, found null"),
        bad(
            NUMBERS,
            List.of(1.0, 2.0, Double.NaN),
            1.0,
            "finite number at step 3, value 1, found NaN"),
        bad(NUMBERS, List.of(Double.NEGATIVE_INFINITY), 1.0, "step 1", "found -Infinity"),
        bad(NUMBERS, List.of(1e300), 1.0, "finite number at step 1", "1.0E300"),
        bad(NUMBERS, Arrays.asList(1.0, null), 1.0, "expected numbers at step 2, found null"),
        bad(NUMBERS, List.of(1.0), Double.NaN, "column label", "NaN"),
        bad(ROWS, List.of(List.of(1.0, 2.0), List.of(1.0)), "x", "2 values at step 2", "found 1"),
        bad(ROWS, List.of(List.of()), "x", "step 1 has no values"),
        bad(ROWS, List.of(List.of(1.0, Double.NaN)), "x", "step 1, value 2, found NaN"),
        bad(
            ROWS,
            List.of(List.of(1.0, 2.0), Arrays.asList(null, 1.0)),
            "x",
            "step 2, value 1, found null"),
        bad(ROWS, Arrays.asList(List.of(1.0, 2.0), null), "x", "numbers at step 2, found null"));
  }

  private static Arguments bad(String ddl, Object features, Object label, String... parts) {
    return Arguments.of(ddl, RowFactory.create("bad one", features, label), List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void aBadRowIsToldWithIdAndReasonOrSkipped(String ddl, Row bad, List<String> parts) {
    Dataset<Row> rows = goodAnd(ddl, bad);
    SequenceClassifier classifier = Frames.classifier().setIdCol("id");
    assertThatThrownBy(() -> classifier.fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 of 5 rows cannot be used")
        .hasMessageContaining("row with id bad one: ")
        .hasMessageContaining("columns.handleInvalid = skip")
        .message()
        .contains(parts);
    assertThatThrownBy(() -> classifier.check(rows)).isInstanceOf(DataException.class);

    SequenceClassificationModel skipping =
        Frames.classifier().setMaxIter(1).setIdCol("id").setHandleInvalid("skip").fit(rows);
    assertThat(skipping.content().parameters()).isEqualTo(good(ddl).content().parameters());
    assertThat(skipping.summary().provenanceTree().path("sequences").asInt()).isEqualTo(4);
    assertThat(Frames.classifier().setHandleInvalid("skip").check(rows))
        .contains("4 rows to train on", "1 rows left out");
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void aModelRefusesOrSkipsBadFeaturesAndNeverLooksAtLabels(
      String ddl, Row bad, List<String> parts) {
    boolean badLabel = parts.get(0).contains("column label");
    Dataset<Row> rows = goodAnd(ddl, bad);
    SequenceClassificationModel model = good(ddl);
    SequenceClassificationModel skipping = model.copy(new ParamMap());
    skipping.set(skipping.getParam("handleInvalid"), "skip");
    assertThat(skipping.transform(rows).collectAsList()).hasSize(badLabel ? 5 : 4);
    if (badLabel) {
      assertThat(model.transform(rows).collectAsList()).hasSize(5);
    } else {
      assertThatThrownBy(() -> model.transform(rows).collectAsList())
          .rootCause()
          .isInstanceOf(DataException.class)
          .hasMessageContaining("row with id bad one: ")
          .hasMessageContaining("columns.handleInvalid = skip")
          .message()
          .contains(parts);
    }
  }

  @Test
  void scoresRefuseOrSkipBadFeaturesAndBadLabels() {
    Row noLabel = RowFactory.create("bad one", List.of("a"), null);
    Row noFeatures = RowFactory.create("bad two", null, "x");
    Dataset<Row> rows = goodAnd(TOKENS, noLabel, noFeatures);
    assertThatThrownBy(() -> good(TOKENS).evaluate(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 of 6 rows cannot be used")
        .hasMessageContaining("row with id bad one: column label is null")
        .hasMessageContaining("row with id bad two: column features is null");
    SequenceClassificationModel skipping = good(TOKENS).copy(new ParamMap());
    skipping.set(skipping.getParam("handleInvalid"), "skip");
    assertThat(skipping.evaluate(rows).count()).isEqualTo(4);
  }

  @Test
  void manyBadRowsAreCountedAndTheFirstToldInTheSameOrderEveryTime() {
    List<Row> bad = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bad.add(RowFactory.create("n" + i, null, "x"));
    }
    Dataset<Row> rows = goodAnd(TOKENS, bad.toArray(Row[]::new));
    String first = message(rows.repartition(1));
    assertThat(first).startsWith("20 of 24 rows cannot be used").contains("n0", "n1", "; …");
    assertThat(message(rows.repartition(7))).isEqualTo(first);
    assertThat(first.length()).isLessThan(600);
  }

  private static String message(Dataset<Row> rows) {
    try {
      Frames.classifier().setIdCol("id").fit(rows);
      return "trained";
    } catch (DataException e) {
      return e.getMessage();
    }
  }

  @Test
  void withoutIdARowIsToldByItsContent() {
    Dataset<Row> rows = goodAnd(TOKENS, RowFactory.create("bad one", List.of(), "x"));
    assertThatThrownBy(() -> Frames.classifier().fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row [bad one,");
  }

  @Test
  void rowsOfDifferentWidthsAreRefusedTogether() {
    Dataset<Row> rows =
        goodAnd(ROWS, RowFactory.create("wide", List.of(List.of(1.0, 2.0, 3.0)), "x"));
    assertThatThrownBy(() -> Frames.classifier().fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column features")
        .hasMessageContaining("same number of values")
        .hasMessageContaining("{2=4, 3=1}");
  }

  @Test
  void aModelToldOtherWidthsNamesTheRow() {
    SequenceClassificationModel model = good(ROWS);
    Dataset<Row> wide =
        goodAnd(ROWS, RowFactory.create("wide", List.of(List.of(1.0, 2.0, 3.0)), "x"));
    assertThatThrownBy(() -> model.transform(wide).collectAsList())
        .rootCause()
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row with id wide: column features")
        .hasMessageContaining("expected 2 values a step as in training, found 3");
    assertThatThrownBy(() -> model.evaluate(wide))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row with id wide")
        .hasMessageContaining("expected 2 values a step as in training, found 3");
  }

  @Test
  void targetsOfOtherWidthsThanInTrainingAreToldToo() {
    SequenceRegressionModel model = Frames.regressor().setMaxIter(1).fit(Frames.series(6));
    Dataset<Row> two = Frames.series(6).withColumn("label", col("features"));
    assertThatThrownBy(() -> model.evaluate(two))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column label")
        .hasMessageContaining("expected 1 values a step as in training, found 2");
  }

  @Test
  void targetsMustCoverEveryStep() {
    Dataset<Row> labels =
        Frames.of(
            "id INT, features ARRAY<STRING>, label ARRAY<STRING>",
            Frames.row(7, List.of("a", "b"), List.of("x")),
            Frames.row(8, List.of("a"), null));
    assertThatThrownBy(() -> Frames.labeler().setIdCol("id").fit(labels))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row with id 7: column label: expected 2 targets")
        .hasMessageContaining("every step of column features, found 1")
        .hasMessageContaining("row with id 8: column label is null");
    Dataset<Row> values =
        Frames.of(
            "id INT, features ARRAY<DOUBLE>, label ARRAY<DOUBLE>",
            Frames.row(7, List.of(1.0), List.of(1.0, 2.0)),
            Frames.row(8, List.of(1.0), List.of(Double.POSITIVE_INFINITY)),
            Frames.row(9, List.of(1.0), null));
    assertThatThrownBy(() -> Frames.regressor().setIdCol("id").fit(values))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row with id 7: column label: expected 1 targets")
        .hasMessageContaining("row with id 8: column label: expected finite numbers")
        .hasMessageContaining("Infinity")
        .hasMessageContaining("row with id 9: column label is null");
  }

  @Test
  void weightsMustBeFiniteAndNotNegative() {
    // 1e39 is finite, and infinite where weights are kept
    for (Object weight : Arrays.asList(-1.0, Double.NaN, Double.POSITIVE_INFINITY, 1e39, null)) {
      Dataset<Row> rows =
          Frames.of(
              TOKENS + ", w DOUBLE",
              Frames.row("g", List.of("a"), "x", 1.0),
              Frames.row("b", List.of("a"), "y", weight));
      assertThatThrownBy(() -> Frames.classifier().setIdCol("id").setWeightCol("w").fit(rows))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("row with id b: ")
          .hasMessageContaining("finite number of at least 0, found " + weight);
      Dataset<Row> others =
          Frames.of(
              TOKENS + ", w DOUBLE",
              Frames.row("g", List.of("a"), "x", 1.0),
              Frames.row("h", List.of("b"), "y", 3.0),
              Frames.row("b", List.of("a"), "y", weight));
      SequenceClassificationModel model =
          Frames.classifier().setIdCol("id").setWeightCol("w").setHandleInvalid("skip").fit(others);
      assertThat(model.summary().invalidRows()).isEqualTo(1);
      assertThat(Arrays.stream(model.summary().objectiveHistory())).allMatch(Double::isFinite);
      assertThat(model.evaluate(others).value("loss")).isFinite();
      model.setHandleInvalid("error");
      assertThatThrownBy(() -> model.evaluate(others))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("finite number of at least 0, found " + weight);
    }
  }

  @Test
  void oneClassNoRowAndOnlyValidationAreRefused() {
    Dataset<Row> one =
        Frames.of(TOKENS, Frames.row("1", List.of("a"), "x"), Frames.row("2", List.of("b"), "x"));
    assertThatThrownBy(() -> Frames.classifier().fit(one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 2 different labels, found [x]");
    assertThatThrownBy(() -> Frames.classifier().fit(Frames.of(TOKENS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no row to train on");
    Dataset<Row> validation = Frames.sentences(4).selectExpr("*", "true as held");
    assertThatThrownBy(() -> Frames.classifier().setValidationIndicatorCol("held").fit(validation))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no row to train on (4 only validate");
    Dataset<Row> none = Frames.sentences(4).selectExpr("*", "false as held");
    assertThatThrownBy(() -> Frames.classifier().setValidationIndicatorCol("held").fit(none))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column held marks no row for validation");
    Dataset<Row> onlyBad = Frames.of(TOKENS, Frames.row("1", null, "x"));
    assertThatThrownBy(() -> Frames.classifier().setHandleInvalid("skip").fit(onlyBad))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no row to train on")
        .hasMessageContaining("such as: ")
        .hasMessageContaining("column features is null");
  }

  @Test
  void nothingToEvaluateIsSaidInThoseWords() {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(1).fit(Frames.sentences(8));
    assertThatThrownBy(() -> model.evaluate(Frames.sentences(8).limit(0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no row to evaluate");
    assertThat(model.transform(Frames.sentences(8).limit(0)).collectAsList()).isEmpty();
  }

  @Test
  void anUnseenLabelCountsAsWrong() {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(1).fit(Frames.sentences(8));
    Dataset<Row> seen = model.transform(Frames.sentences(8)).drop("label", "probability");
    Dataset<Row> right = seen.withColumnRenamed("prediction", "label");
    assertThat(model.evaluate(right).value("accuracy")).isEqualTo(1);
    Dataset<Row> unseen =
        right.drop("label").selectExpr("*", "'hurricane' as label").unionByName(right);
    assertThat(model.evaluate(unseen).value("accuracy")).isEqualTo(0.5);
    assertThat(model.evaluate(unseen).count()).isEqualTo(16);
    assertThat(model.evaluate(unseen).toJson(model.labels()).path("unknown").asInt()).isEqualTo(8);
    assertThat(model.evaluate(unseen).value("loss")).isEqualTo(model.evaluate(right).value("loss"));
  }

  /** Trained on the good rows alone. */
  private static SequenceClassificationModel good(String ddl) {
    return GOOD.computeIfAbsent(
        ddl, schema -> Frames.classifier().setMaxIter(1).setIdCol("id").fit(goodAnd(schema)));
  }

  private static Dataset<Row> goodAnd(String ddl, Row... bad) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double sign = i % 2 == 0 ? 1 : -1;
      Object features =
          switch (ddl) {
            case TOKENS -> List.of(i % 2 == 0 ? "a" : "b", "c");
            case NUMBERS -> List.of(sign, 2.0 * i);
            default -> List.of(List.of(sign, 2.0 * i), List.of(0.5, sign));
          };
      Object label = ddl.equals(NUMBERS) ? (Object) sign : i % 2 == 0 ? "x" : "y";
      rows.add(RowFactory.create("good " + i, features, label));
    }
    rows.addAll(List.of(bad));
    return Frames.of(StructType.fromDDL(ddl), rows);
  }
}
