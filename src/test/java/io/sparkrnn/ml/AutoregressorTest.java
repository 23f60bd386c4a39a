package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.statistics.Autoregression;
import io.sparkrnn.statistics.AutoregressiveFit;
import io.sparkrnn.statistics.AutoregressiveSums;
import io.sparkrnn.statistics.Criterion;
import io.sparkrnn.statistics.EstimationMethod;
import io.sparkrnn.statistics.Forecast;
import io.sparkrnn.statistics.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Autoregressions on Spark are those of one machine, however the series are laid out. */
class AutoregressorTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "least-squares, none",
    "least-squares, aic",
    "yule-walker, none",
    "yule-walker, aic",
    "burg, none",
    "burg, bic"
  })
  void everySeriesHasTheModelThatItHasAlone(String method, String criterion) {
    Map<String, double[]> series = series(12);
    AutoregressorModel model =
        estimator().setOrder(4).setMethod(method).setCriterion(criterion).fit(arrays(series));
    assertThat(model.models()).isEqualTo(12);
    for (Row row : model.fits().collectAsList()) {
      double[] values = series.get(row.<String>getAs("series"));
      AutoregressiveFit alone =
          criterion.equals("none")
              ? Autoregression.fit(EstimationMethod.of(method), values, 4, true)
              : Autoregression.choose(
                  EstimationMethod.of(method),
                  values,
                  4,
                  true,
                  Criterion.valueOf(criterion.toUpperCase(java.util.Locale.ROOT)));
      assertThat(row.<Integer>getAs("order")).isEqualTo(alone.order());
      assertThat(row.<Long>getAs("observations")).isEqualTo(values.length);
      assertThat(row.<Long>getAs("degreesOfFreedom")).isEqualTo(alone.degreesOfFreedom());
      assertThat(row.<Double>getAs("intercept")).isCloseTo(alone.model().intercept(), CLOSE);
      assertThat(row.<Double>getAs("interceptError"))
          .isCloseTo(alone.terms().get(0).standardError(), CLOSE);
      assertThat(FitTable.doubles(row.getAs("coefficients")))
          .containsExactly(alone.model().coefficients(), CLOSE);
      assertThat(FitTable.doubles(row.getAs("standardErrors")))
          .containsExactly(
              alone.terms().stream().skip(1).mapToDouble(Term::standardError).toArray(), CLOSE);
      assertThat(row.<Double>getAs("variance")).isCloseTo(alone.model().variance(), CLOSE);
      assertThat(row.<Double>getAs("aicc")).isCloseTo(alone.likelihood().aicc(), CLOSE);
      assertThat(row.<Boolean>getAs("stationary")).isEqualTo(alone.model().stationary());
    }
    model.release();
  }

  @ParameterizedTest
  @ValueSource(strings = {"series", "all"})
  void bothFormsOfInputGiveTheSameModels(String scope) {
    Map<String, double[]> series = series(9);
    Autoregressor estimator = estimator().setOrder(3).setScope(scope);
    assertThat(texts(estimator.fit(arrays(series))))
        .isEqualTo(texts(estimator.fit(longFormat(series))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void oneModelForAllDoesNotDependOnPartitions(int partitions) {
    Map<String, double[]> series = series(40);
    AutoregressiveSums sums = new AutoregressiveSums(3, true, 0);
    series.values().forEach(sums::addSeries);
    AutoregressiveFit expected = sums.fit(3);
    AutoregressorModel found =
        estimator().setOrder(3).setScope("all").setPartitions(partitions).fit(arrays(series));
    assertSame(found, expected);
    assertThat(
            texts(
                estimator()
                    .setOrder(3)
                    .setScope("all")
                    .setPartitions(partitions)
                    .fit(arrays(series).repartition(5).orderBy("values"))))
        .isEqualTo(texts(found));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void oneLongSeriesIsCutInTimeAndFittedAsAWhole(int partitions) {
    Dataset<Row> rows =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("data/sunspots-yearly.csv");
    double[] values =
        rows.orderBy("time").collectAsList().stream()
            .mapToDouble(row -> ((Number) row.getAs("value")).doubleValue())
            .toArray();
    Autoregressor estimator =
        new Autoregressor().setOrder(9).setScope("all").setPartitions(partitions);
    AutoregressiveFit expected =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, values, 9, true);
    assertSame(estimator.fit(rows.repartition(3)), expected);
    assertThat(texts(estimator.fit(rows.repartition(3)))).isEqualTo(texts(estimator.fit(rows)));
    int chosen = estimator.setOrder(20).setCriterion("aic").fit(rows).of("all").order();
    assertThat(chosen)
        .isEqualTo(
            Autoregression.choose(EstimationMethod.LEAST_SQUARES, values, 20, true, Criterion.AIC)
                .order());
  }

  private static void assertSame(AutoregressorModel found, AutoregressiveFit expected) {
    Row row = found.fits().head();
    double[] errors = expected.terms().stream().skip(1).mapToDouble(Term::standardError).toArray();
    assertThat(found.models()).isEqualTo(1);
    assertThat(FitTable.doubles(row.getAs("coefficients")))
        .containsExactly(expected.model().coefficients(), Offset.offset(1e-11));
    assertThat(FitTable.doubles(row.getAs("standardErrors")))
        .containsExactly(errors, Offset.offset(1e-11));
    assertThat(row.<Double>getAs("intercept"))
        .isCloseTo(expected.model().intercept(), Offset.offset(1e-9));
    assertThat(row.<Double>getAs("variance") / expected.model().variance())
        .isCloseTo(1, Offset.offset(1e-11));
    assertThat(row.<Long>getAs("observations")).isEqualTo(expected.observations());
  }

  @Test
  void forecastsAreThoseOfTheSeriesModelWithItsInterval() {
    Map<String, double[]> series = series(6);
    AutoregressorModel model =
        estimator().setOrder(3).setHorizon(5).setLevel(0.8).fit(arrays(series));
    for (Row row : model.transform(arrays(series)).collectAsList()) {
      double[] values = series.get(row.<String>getAs("name"));
      Forecast expected =
          Autoregression.fit(EstimationMethod.LEAST_SQUARES, values, 3, true)
              .model()
              .forecast(values, 5);
      assertThat(FitTable.doubles(row.getAs("forecast"))).containsExactly(expected.mean(), CLOSE);
      assertThat(FitTable.doubles(row.getAs("lower"))).containsExactly(expected.lower(0.8), CLOSE);
      assertThat(FitTable.doubles(row.getAs("upper"))).containsExactly(expected.upper(0.8), CLOSE);
    }
    assertThat(model.transform(arrays(series)).columns())
        .containsExactly("name", "values", "forecast", "lower", "upper");
    assertThat(model.transform(arrays(series)).schema().fieldNames())
        .containsExactly(model.transformSchema(arrays(series).schema()).fieldNames());
  }

  @Test
  void forecastsOfLongFormatGoOnInTime() {
    Map<String, double[]> series = series(3);
    AutoregressorModel model = estimator().setOrder(2).setHorizon(4).fit(longFormat(series));
    Dataset<Row> forecasts = model.transform(longFormat(series));
    assertThat(forecasts.columns())
        .containsExactly("id", "time", "step", "forecast", "lower", "upper");
    List<Row> rows = forecasts.where("id = 's1'").orderBy("step").collectAsList();
    double[] values = series.get("s1");
    Forecast expected =
        Autoregression.fit(EstimationMethod.LEAST_SQUARES, values, 2, true)
            .model()
            .forecast(values, 4);
    assertThat(rows).hasSize(4);
    for (int h = 0; h < 4; h++) {
      assertThat(rows.get(h).<Long>getAs("time")).isEqualTo(1000L + values.length + h);
      assertThat(rows.get(h).<Integer>getAs("step")).isEqualTo(h + 1);
      assertThat(rows.get(h).<Double>getAs("forecast")).isCloseTo(expected.mean()[h], CLOSE);
      assertThat(rows.get(h).<Double>getAs("upper")).isCloseTo(expected.upper(0.9)[h], CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"series", "all"})
  void aModelComesBackAndTellsItsCoefficients(String scope) throws IOException {
    Map<String, double[]> series = series(5);
    AutoregressorModel model = estimator().setOrder(2).setScope(scope).fit(arrays(series));
    String path = folder.resolve("model").toString();
    model.write().save(path);
    AutoregressorModel read = AutoregressorModel.load(path);
    assertThat(read.uid()).isEqualTo(model.uid());
    assertThat(read.values()).isEqualTo(model.values());
    assertThat(read.models()).isEqualTo(model.models());
    assertThat(texts(read)).isEqualTo(texts(model));
    assertThat(Frames.texts(read.transform(arrays(series)), "name"))
        .isEqualTo(Frames.texts(model.transform(arrays(series)), "name"));
    List<String> lines = Files.readAllLines(folder.resolve("model/coefficients.csv"));
    assertThat(lines.get(0)).isEqualTo("series,term,coefficient,standardError");
    assertThat(lines).hasSize(1 + 3 * (int) model.models());
    String name = scope.equals("all") ? "all" : "s0";
    Row row = model.fits().where("series = '" + name + "'").head();
    List<Double> phi = row.getList(row.fieldIndex("coefficients"));
    List<Double> errors = row.getList(row.fieldIndex("standardErrors"));
    assertThat(lines.subList(1, 4))
        .containsExactly(
            name + ",intercept," + row.getAs("intercept") + "," + row.getAs("interceptError"),
            name + ",lag1," + phi.get(0) + "," + errors.get(0),
            name + ",lag2," + phi.get(1) + "," + errors.get(1));
    assertThatThrownBy(() -> model.write().save(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("exists");
    model.write().overwrite().save(path);
  }

  @Test
  void namesThatNeedQuotesAreQuotedAndTwoRowsOfOneNameRefused() throws IOException {
    Map<String, double[]> series = new HashMap<>();
    series.put("a \"b\", c", series(1).get("s0"));
    estimator().fit(arrays(series)).write().save(folder.resolve("quoted").toString());
    assertThat(Files.readAllLines(folder.resolve("quoted/coefficients.csv")).get(1))
        .startsWith("\"a \"\"b\"\", c\",intercept,");
    AutoregressorModel twice = estimator().fit(arrays(series).union(arrays(series)));
    assertThatThrownBy(() -> twice.write().save(folder.resolve("twice").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found several");
    assertThat(folder.resolve("twice")).doesNotExist();
  }

  @Test
  void seriesThatCannotBeFittedAreNamedOrLeftOut() {
    Map<String, double[]> series = series(3);
    series.put("flat", new double[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
    assertThatThrownBy(() -> estimator().setOrder(1).fit(arrays(series)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("series flat:")
        .hasMessageContaining("varies")
        .hasMessageContaining("columns.handleInvalid = skip");
    AutoregressorModel model = estimator().setOrder(1).setHandleInvalid("skip").fit(arrays(series));
    assertThat(model.models()).isEqualTo(3);
    assertThat(model.skipped()).isEqualTo(1);
    assertThat(model.transform(arrays(series)).where("name = 'flat'").isEmpty()).isTrue();
    AutoregressorModel kept = estimator().setOrder(1).setHandleInvalid("keep").fit(arrays(series));
    assertThat(kept.transform(arrays(series)).where("name = 'flat'").head().isNullAt(2)).isTrue();
    assertThatThrownBy(() -> model.of("flat"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no model of a series flat");
  }

  @Test
  void nullsAndGapsAreNamed() {
    StructType schema = arrays(series(1)).schema();
    Row broken = RowFactory.create("n", new Double[] {1.0, null, 3.0, 1.0, 2.0, 5.0});
    Dataset<Row> rows = TestSpark.session().createDataFrame(List.of(broken), schema);
    assertThatThrownBy(() -> estimator().fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("series n:")
        .hasMessageContaining("NaN at place 2 of 6");
    assertThatThrownBy(() -> estimator().setScope("all").fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("series n:")
        .hasMessageContaining("finite");
    Dataset<Row> gap =
        Frames.of(
            "time DOUBLE, value DOUBLE",
            Frames.row(1.0, 1.0),
            Frames.row(2.0, 3.0),
            Frames.row(3.0, 2.0),
            Frames.row(5.0, 2.5),
            Frames.row(6.0, 1.5));
    assertThatThrownBy(() -> new Autoregressor().setScope("all").setPartitions(2).fit(gap))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected the next time")
        .hasMessageContaining("series.gaps");
  }

  @Test
  void settingsAreParamsAndContradictionsAreTold() throws IOException {
    Autoregressor estimator = estimator().setOrder(7).setMethod("burg").setIntercept(false);
    String[] lines = estimator.explainParams().split("\n", -1);
    assertThat(lines).hasSize(Autoregressor.SETTINGS.size());
    for (Setting<?> setting : Autoregressor.SETTINGS) {
      Param<?> param = estimator.getParam(setting.param());
      assertThat(param.parent()).isEqualTo(estimator.uid());
    }
    estimator.write().save(folder.resolve("estimator").toString());
    Autoregressor read = Autoregressor.load(folder.resolve("estimator").toString());
    assertThat(read.values()).isEqualTo(estimator.values());
    assertThat(estimator.copy(new ParamMap()).values()).isEqualTo(estimator.values());
    assertThatThrownBy(() -> estimator.setScope("all").fit(arrays(series(2))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("least-squares");
    assertThatThrownBy(() -> estimator.setMethod("moments"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("yule-walker");
    assertThatThrownBy(() -> new Autoregressor().setTargetCol("values").fit(arrays(series(2))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.id");
    assertThatThrownBy(() -> estimator().setTargetCol("vales").fit(arrays(series(2))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no column vales");
  }

  @Test
  void anAutoregressorWorksInAPipeline() throws IOException {
    Map<String, double[]> series = series(3);
    var fitted =
        new Pipeline()
            .setStages(new PipelineStage[] {estimator().setOrder(2).setHorizon(2)})
            .fit(arrays(series));
    String path = folder.resolve("pipeline").toString();
    fitted.write().overwrite().save(path);
    assertThat(
            Frames.texts(
                org.apache.spark.ml.PipelineModel.load(path).transform(arrays(series)), "name"))
        .isEqualTo(Frames.texts(fitted.transform(arrays(series)), "name"));
  }

  private static Autoregressor estimator() {
    return new Autoregressor().setIdCol("name").setTargetCol("values");
  }

  private static List<String> texts(AutoregressorModel model) {
    return Frames.texts(model.fits(), "series");
  }

  private static Map<String, double[]> series(int count) {
    Map<String, double[]> series = new HashMap<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomKey.ofSeed(5).child("autoregressor").child(i).stream();
      double[] values = new double[30 + 5 * i];
      for (int t = 0; t < values.length; t++) {
        values[t] = 10 + (t == 0 ? 0 : 0.6 * (values[t - 1] - 10)) + random.nextGaussian();
      }
      series.put("s" + i, values);
    }
    return series;
  }

  private static Dataset<Row> arrays(Map<String, double[]> series) {
    StructType schema =
        new StructType()
            .add("name", DataTypes.StringType)
            .add("values", DataTypes.createArrayType(DataTypes.DoubleType));
    List<Row> rows = new ArrayList<>();
    series.forEach(
        (name, values) ->
            rows.add(
                RowFactory.create(name, Arrays.stream(values).boxed().toArray(Double[]::new))));
    return TestSpark.session().createDataFrame(rows, schema);
  }

  private static Dataset<Row> longFormat(Map<String, double[]> series) {
    StructType schema =
        new StructType()
            .add("name", DataTypes.StringType)
            .add("time", DataTypes.IntegerType)
            .add("values", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    series.forEach(
        (name, values) -> {
          for (int t = values.length - 1; t >= 0; t--) {
            rows.add(RowFactory.create(name, 1000 + t, values[t]));
          }
        });
    return TestSpark.session().createDataFrame(rows, schema);
  }
}
