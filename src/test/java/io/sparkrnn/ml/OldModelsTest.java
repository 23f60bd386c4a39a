package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.TestSpark;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that earlier versions wrote stay readable, and predict what they predicted then. */
class OldModelsTest {

  @Test
  void aClassifierOfVersion01() throws URISyntaxException {
    SequenceModel<?> model = load("0.1/weather");
    assertThat(model).isInstanceOf(SequenceClassificationModel.class);
    assertThat(model.description())
        .isEqualTo("gru 3 2, bidirectional, mean state, head [3], 2 outputs");
    assertThat(model.labels()).containsExactly("dry", "wet");
    assertThat(model.values().toMap())
        .containsEntry("features.tokenViews", List.of("form", "suffix1"))
        .containsEntry("network.embeddingSizes", List.of(3, 2))
        .containsEntry("training.epochs", 12);
    assertThat(model.summary().objectiveHistory()).hasSize(12);
    assertThat(model.summary().bestEpoch()).isEqualTo(12);

    List<Row> rows = predicted(model, Frames.sentences(4));
    assertThat(rows)
        .extracting(row -> row.<String>getAs("prediction"))
        .containsExactly("dry", "wet", "wet", "dry");
    assertThat(
            rows.stream().mapToDouble(row -> row.<Vector>getAs("probability").apply(0)).toArray())
        .containsExactly(
            new double[] {0.9174913764, 0.0061919014, 0.0066371001, 0.9971247315}, within(1e-6));
  }

  @Test
  void aRegressionOfVersion01() throws URISyntaxException {
    SequenceModel<?> model = load("0.1/running-sums");
    assertThat(model).isInstanceOf(SequenceRegressionModel.class);
    assertThat(model.labels()).isEmpty();
    List<Row> rows = predicted(model, Frames.series(4));
    double[][] expected = {
      {0.0353717729},
      {0.2332940847, -0.8311574459},
      {-0.6451753974, 0.4386897385, 1.4073017836},
      {0.6054785848, -0.2928864658, -1.1063913107, -1.4339857101}
    };
    for (int i = 0; i < expected.length; i++) {
      List<Double> steps = rows.get(i).getList(3);
      assertThat(steps.stream().mapToDouble(Double::doubleValue).toArray())
          .containsExactly(expected[i], within(1e-5));
    }
  }

  @Test
  void aLabelerOfVersion01() throws URISyntaxException {
    SequenceModel<?> model = load("0.1/word-lengths");
    assertThat(model).isInstanceOf(SequenceLabelingModel.class);
    assertThat(model.labels()).containsExactly("four", "three");
    List<Row> rows = predicted(model, Frames.tagged(3));
    assertThat(rows.get(2).<String>getList(3)).containsExactly("four", "four", "four");
    List<Vector> probabilities = rows.get(1).getList(4);
    assertThat(probabilities.stream().mapToDouble(vector -> vector.apply(0)).toArray())
        .containsExactly(new double[] {0.9935839176, 0.0169965308}, within(1e-6));
    assertThat(model.evaluate(Frames.tagged(3)).value("accuracy")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"waves-gru", "waves-narx", "waves-ar"})
  void aForecasterOfVersion01(String name) throws Exception {
    SequenceForecastModel model = SequenceForecastModel.load(folder("0.1/" + name).toString());
    assertThat(model.values().toMap()).containsEntry("forecast.horizon", 3);
    assertForecasts(model, name, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"waves-autoregressions", "waves-common-autoregression"})
  void autoregressionsOfVersion01(String name) throws Exception {
    AutoregressorModel model = AutoregressorModel.load(folder("0.1/" + name).toString());
    assertThat(model.models()).isEqualTo(name.contains("common") ? 1 : 3);
    assertThat(model.fits().count()).isEqualTo(model.models());
    assertForecasts(model, name, 1e-9);
  }

  /** Forecasts as they were when the model was written. */
  private static void assertForecasts(Transformer model, String name, double tolerance)
      throws Exception {
    List<Row> rows =
        model.transform(LongFrames.of(LongFrames.waves())).orderBy("id", "step").collectAsList();
    List<String> lines = Files.readAllLines(folder("0.1/" + name + ".csv"));
    assertThat(lines.get(0)).isEqualTo("id,time,step,forecast,lower,upper");
    assertThat(rows).hasSameSizeAs(lines.subList(1, lines.size()));
    for (int i = 0; i < rows.size(); i++) {
      String[] expected = lines.get(i + 1).split(",", -1);
      Row found = rows.get(i);
      assertThat(found.get(0) + "," + found.get(1) + "," + found.get(2))
          .isEqualTo(expected[0] + "," + expected[1] + "," + expected[2]);
      for (int j = 3; j < 6; j++) {
        assertThat(found.getDouble(j))
            .isCloseTo(Double.parseDouble(expected[j]), within(tolerance));
      }
    }
  }

  private static SequenceModel<?> load(String name) throws URISyntaxException {
    return ModelFolder.load(
        folder(name).toString(), TestSpark.session().sparkContext().hadoopConfiguration());
  }

  private static Path folder(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(OldModelsTest.class.getResource("/models/" + name), name).toURI());
  }

  private static List<Row> predicted(SequenceModel<?> model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("id").collectAsList();
  }
}
