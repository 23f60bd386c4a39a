package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark ML asks of an estimator and its model, in one place: a new estimator extends this,
 * says how it is made and what it learns, and inherits every test.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EstimatorContract<E extends Estimator<M>, M extends Model<M>> {

  private static final String TEST_FOLD = "fold";

  @TempDir Path folder;
  private M fitted;

  /** An estimator with its defaults. */
  abstract E plain();

  /** One that learns {@link #rows()} in no time, with a uid of its own. */
  abstract E fast();

  /** Rows to learn, with a column {@code id}. */
  abstract Dataset<Row> rows();

  /** Columns of {@link #rows()} that the estimator cannot do without. */
  abstract List<String> needed();

  /** Scores what the model makes of rows. */
  abstract Evaluator evaluator();

  /** Two settings to choose among. */
  abstract ParamMap[] candidates(E estimator);

  /** Predicts one sequence alone, as text; the sequence of a row as the model gives it back. */
  abstract void assertSingleIsBatch(M model, Row predicted);

  /** Losses of the epochs of a model, and then what it learnt. */
  double[] learnt(M model) {
    throw new UnsupportedOperationException("no loss is weighted");
  }

  /** The same with all sequences in one mini-batch of plain gradient descent, for one epoch. */
  E oneStep() {
    throw new UnsupportedOperationException("no loss is weighted");
  }

  /** Whether the model hands the columns of its input on. */
  boolean handsColumnsOn() {
    return true;
  }

  /** Gives back what the model holds in Spark. */
  void release(M model) {}

  private M model() {
    if (fitted == null) {
      fitted = fast().fit(rows());
    }
    return fitted;
  }

  @Test
  void paramsAreDiscoveredExplainedAndHaveDefaults() {
    E estimator = plain();
    assertThat(estimator.params()).isNotEmpty().doesNotHaveDuplicates();
    for (Param<?> param : estimator.params()) {
      assertThat(param.parent()).isEqualTo(estimator.uid());
      assertThat((Object) estimator.getParam(param.name())).isSameAs(param);
      assertThat(param.doc()).isNotBlank();
      assertThat(estimator.hasDefault(param)).as("default of %s", param.name()).isTrue();
      assertThat(estimator.isSet(param)).as("%s is set", param.name()).isFalse();
      assertThat(estimator.explainParam(param)).contains(param.name(), param.doc(), "default: ");
    }
    assertThat(names(model())).isEqualTo(names(estimator));
    assertThat(texts(plain())).isEqualTo(texts(estimator));
    assertThat(plain().uid()).as("a uid is drawn").isNotEqualTo(estimator.uid());
  }

  @Test
  void whatPipelinesLookForByNameIsPublic() throws ReflectiveOperationException {
    for (Class<?> type : List.of(plain().getClass(), model().getClass())) {
      assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
      assertThat(Modifier.isStatic(type.getMethod("read").getModifiers())).isTrue();
      assertThat(Modifier.isStatic(type.getMethod("load", String.class).getModifiers())).isTrue();
    }
    Estimator<?> made =
        (Estimator<?>) plain().getClass().getConstructor(String.class).newInstance("mine");
    assertThat(made.uid()).isEqualTo("mine");
    assertThat(plain().getClass().getConstructor()).isNotNull();
  }

  @Test
  void aCopyHasTheValuesAndTakesExtraOnesWithoutTouchingTheOriginal() {
    E estimator = fast();
    List<String> before = texts(estimator);
    ParamMap extra = candidates(estimator)[0];
    Estimator<M> copy = estimator.copy(extra);
    assertThat(copy).hasSameClassAs(estimator);
    assertThat(copy.uid()).isEqualTo(estimator.uid());
    for (ParamPair<?> pair : CollectionConverters.asJava(extra.toSeq())) {
      assertThat((Object) copy.getOrDefault(copy.getParam(pair.param().name())))
          .isEqualTo(pair.value());
    }
    assertThat(texts(estimator)).isEqualTo(before);
    assertThat(texts(estimator.copy(new ParamMap()))).isEqualTo(before);
    M copied = model().copy(new ParamMap());
    assertThat(texts(copied)).isEqualTo(texts(model()));
    assertThat(copied.parent()).isSameAs(model().parent());
  }

  @Test
  void aModelHasParentUidAndParamsOfItsEstimator() {
    E estimator = fast();
    M model = estimator.fit(rows());
    assertThat(model.parent()).isSameAs(estimator);
    assertThat(model.uid()).isEqualTo(estimator.uid());
    assertThat(texts(model)).isEqualTo(texts(estimator));
    release(model);
  }

  @Test
  void estimatorAndModelComeBackFromDiskToTheBit() throws Exception {
    E estimator = fast();
    Object read = written((MLWritable) estimator, "estimator");
    assertThat(texts((Params) read)).isEqualTo(texts(estimator));
    assertThat(((Params) read).uid()).isEqualTo(estimator.uid());
    Model<?> model = (Model<?>) written((MLWritable) model(), "model");
    assertThat(texts(model)).isEqualTo(texts(model()));
    assertThat(lines(model.transform(rows()))).isEqualTo(lines(model().transform(rows())));
  }

  @Test
  void theSchemaIsToldBeforeAnythingIsRead() {
    StructType schema = rows().schema();
    StructType told = fast().transformSchema(schema);
    assertThat(model().transformSchema(schema)).isEqualTo(told);
    assertThat(model().transform(rows()).schema()).isEqualTo(told);
  }

  @Test
  void metadataOfColumnsSurvive() {
    assumeTrue(handsColumnsOn(), "the model makes rows of its own");
    Metadata said = new MetadataBuilder().putString("unit", "mm").putLong("of", 7).build();
    Dataset<Row> rows = rows().withColumn("noted", functions.lit(1));
    for (String column : rows.columns()) {
      rows = rows.withColumn(column, functions.col(column).as(column, said));
    }
    Dataset<Row> predicted = model().transform(rows);
    for (String column : rows.columns()) {
      assertThat(predicted.schema().apply(column).metadata()).as(column).isEqualTo(said);
      assertThat(model().transformSchema(rows.schema()).apply(column).metadata()).isEqualTo(said);
    }
    assertThat(predicted.select("noted").first().getInt(0)).isEqualTo(1);
  }

  @Test
  void aPipelineFitsSavesAndLoads() throws Exception {
    SQLTransformer before = new SQLTransformer().setStatement("SELECT * FROM __THIS__");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {before, fast()});
    PipelineModel model = ((Pipeline) written(pipeline, "pipeline")).fit(rows());
    PipelineModel read = (PipelineModel) written(model, "pipelineModel");
    assertThat(read.stages()[1]).hasSameClassAs(model());
    assertThat(lines(read.transform(rows())))
        .isEqualTo(lines(model.transform(rows())))
        .isEqualTo(lines(model().transform(rows())));
  }

  @Test
  void crossValidationOnGivenFoldsIsTheSameInParallelAndComesBackFromDisk() throws Exception {
    E estimator = fast();
    Dataset<Row> folded =
        rows()
            .withColumn(
                TEST_FOLD, functions.pmod(functions.hash(functions.col("id")), functions.lit(2)));
    CrossValidator validator =
        new CrossValidator("cross")
            .setEstimator(estimator)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(candidates(estimator))
            .setFoldCol(TEST_FOLD)
            .setNumFolds(2)
            .setCollectSubModels(true)
            .setParallelism(2);
    CrossValidatorModel parallel = ((CrossValidator) written(validator, "cross")).fit(folded);
    CrossValidatorModel serial = validator.setParallelism(1).fit(folded);
    assertThat(parallel.avgMetrics()).hasSize(2).isEqualTo(serial.avgMetrics());
    assertThat(parallel.subModels()).hasDimensions(2, 2);
    parallel
        .write()
        .option("persistsubmodels", "true")
        .save(folder.resolve("crossModel").toString());
    CrossValidatorModel read = CrossValidatorModel.load(folder.resolve("crossModel").toString());
    assertThat(read.avgMetrics()).isEqualTo(parallel.avgMetrics());
    assertThat(lines(read.transform(folded)))
        .isEqualTo(lines(parallel.transform(folded)))
        .isEqualTo(lines(serial.transform(folded)));
    for (int fold = 0; fold < 2; fold++) {
      for (int candidate = 0; candidate < 2; candidate++) {
        assertThat(lines(read.subModels()[fold][candidate].transform(folded)))
            .isEqualTo(lines(serial.subModels()[fold][candidate].transform(folded)));
      }
    }
  }

  @Test
  void rowsMarkedForValidationAreScoredAndNotLearnt() {
    E estimator = oneStepWith("validationIndicatorCol", "held");
    Dataset<Row> marked =
        rows()
            .withColumn("held", functions.lit(false))
            .union(rows().withColumn("held", functions.lit(true)));
    assertThat(learnt(estimator.fit(marked))).isEqualTo(learnt(oneStep().fit(rows())));
  }

  /** Not words that are numbered by how often they occur: weights do not change that number. */
  Dataset<Row> rowsToWeigh() {
    return rows();
  }

  /** Scaling included: the sums behind it are weighted exactly. */
  @Test
  void aRowOfWeightTwoIsTwoRowsAndOneOfWeightZeroIsNone() {
    E estimator = oneStepWith("weightCol", "w");
    Dataset<Row> times =
        rowsToWeigh()
            .withColumn("w", functions.pmod(functions.hash(functions.col("id")), functions.lit(3)));
    assertThat(times.select("w").distinct().count()).as("weights 0, 1 and 2").isEqualTo(3);
    Dataset<Row> repeated = times.where("w > 0").unionAll(times.where("w = 2"));
    double[] weighted = learnt(estimator.fit(times));
    assertThat(weighted)
        .containsExactly(learnt(oneStep().fit(repeated)), within(2e-6))
        .isNotEqualTo(learnt(oneStep().fit(rowsToWeigh())));
  }

  @SuppressWarnings("unchecked") // both are columns
  private E oneStepWith(String param, String column) {
    assumeTrue(
        plain().hasParam(param), () -> plain().getClass().getSimpleName() + " has no " + param);
    E estimator = oneStep();
    estimator.set((Param<Object>) (Param<?>) estimator.getParam(param), column);
    return estimator;
  }

  @Test
  void oneSequenceAloneIsPredictedAsAmongOthers() {
    Dataset<Row> predicted = model().transform(rows());
    List<Row> some = predicted.limit(8).collectAsList();
    assertThat(some).isNotEmpty();
    JobCount jobs = new JobCount();
    some.forEach(row -> assertSingleIsBatch(model(), row));
    assertThat(jobs.stopped()).isLessThanOrEqualTo(jobsOfSinglePredictions());
  }

  /** Jobs that eight predictions of one sequence each may start. */
  int jobsOfSinglePredictions() {
    return 0;
  }

  @Test
  void aWrongSchemaIsRefusedBeforeAnyJobStarts() {
    assertThat(model()).isNotNull();
    JobCount jobs = new JobCount();
    for (String column : needed()) {
      Dataset<Row> without = rows().drop(column);
      assertThatThrownBy(() -> fast().fit(without))
          .as("without %s", column)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(column);
      Dataset<Row> strange =
          without.withColumn(column, functions.map(functions.lit(1), functions.lit(2)));
      assertThatThrownBy(() -> fast().fit(strange))
          .as("a map as %s", column)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(column);
    }
    Dataset<Row> nothing = rows().select(functions.lit(1).as("other"));
    assertThatThrownBy(() -> model().transform(nothing)).isInstanceOf(ConfigurationException.class);
    assertThat(jobs.stopped()).isZero();
  }

  @Test
  void nothingStaysInSparkAndWhatTheUserCachedStays() {
    Set<Object> before = cached();
    M model = fast().fit(rows());
    lines(model.transform(rows()));
    release(model);
    assertThat(cached()).isEqualTo(before);
    Dataset<Row> mine = rows().cache();
    assertThat(mine.count()).isPositive();
    Set<Object> with = cached();
    release(fast().fit(mine));
    assertThat(cached()).isEqualTo(with);
    mine.unpersist(true);
  }

  private static Set<Object> cached() {
    return new TreeSet<>(
        CollectionConverters.asJava(TestSpark.session().sparkContext().getPersistentRDDs())
            .keySet());
  }

  private Object written(MLWritable stage, String name) throws Exception {
    String path = folder.resolve(name).toString();
    stage.write().overwrite().save(path);
    return stage.getClass().getMethod("load", String.class).invoke(null, path);
  }

  /** Rows in an order of their own, with every double as its exact text. */
  static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Frames::text).sorted().toList();
  }

  private static List<String> names(Params params) {
    return Arrays.stream(params.params()).map(Param::name).toList();
  }

  /** Names and values of all params. */
  private static List<String> texts(Params params) {
    return Arrays.stream(params.params())
        .map(param -> param.name() + "=" + text(params.getOrDefault(param)))
        .toList();
  }

  private static String text(Object value) {
    return Arrays.deepToString(new Object[] {value});
  }
}
