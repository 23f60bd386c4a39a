package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.training.AveragingSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be trained is refused by schema and settings alone, before any row is read. */
class SchemaTest {

  private static final String TOKENS = "features ARRAY<STRING>, ";
  private static SequenceClassificationModel model;

  @BeforeAll
  static void train() {
    model = Frames.classifier().setMaxIter(1).fit(Frames.sentences(8));
  }

  static Stream<Arguments> wrongSchemas() {
    return Stream.of(
        wrong(
            "text STRING, label STRING", "columns.features", "no column features", "[text, label]"),
        wrong("features STRING, label STRING", "columns.features", "array of strings", "string"),
        wrong("features ARRAY<BOOLEAN>, label STRING", "column features", "array<boolean>"),
        wrong("features ARRAY<ARRAY<STRING>>, label STRING", "array<array<string>>"),
        wrong("features MAP<STRING, INT>, label STRING", "column features", "map<string,int>"),
        wrong("features ARRAY<STRING>", "columns.label", "no column label", "[features]"),
        wrong(TOKENS + "label ARRAY<STRING>", "columns.label", "class of the sequence", "array"),
        wrong(TOKENS + "label STRING, prediction INT", "columns.prediction", "column prediction"),
        wrong(TOKENS + "label STRING, probability INT", "columns.probability", "drop it"));
  }

  private static Arguments wrong(String ddl, String... parts) {
    return Arguments.of(ddl, List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("wrongSchemas")
  void aWrongSchemaIsRefusedByNames(String ddl, List<String> parts) {
    assertThatThrownBy(() -> new SequenceClassifier().transformSchema(StructType.fromDDL(ddl)))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(parts);
  }

  @Test
  void wrongHelpersAreRefusedByNames() {
    StructType schema = StructType.fromDDL(TOKENS + "label STRING, w STRING, v INT");
    assertThatThrownBy(() -> new SequenceClassifier().setWeightCol("w").transformSchema(schema))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.weight: column w must be a number, found string");
    assertThatThrownBy(
            () -> new SequenceClassifier().setValidationIndicatorCol("v").transformSchema(schema))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.validationIndicator: column v must be a boolean, found int");
    assertThatThrownBy(() -> new SequenceClassifier().setIdCol("key").transformSchema(schema))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.id: there is no column key");
  }

  @Test
  void labelsOfEveryStepAreArrays() {
    StructType plain = StructType.fromDDL(TOKENS + "label STRING");
    assertThatThrownBy(() -> new SequenceLabeler().transformSchema(plain))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.label")
        .hasMessageContaining("found string");
    StructType texts = StructType.fromDDL(TOKENS + "label ARRAY<STRING>");
    assertThatThrownBy(() -> new SequenceRegressor().transformSchema(texts))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("numbers or vectors, one for every step, found array<string>");
    StructType rows = StructType.fromDDL(TOKENS + "label ARRAY<ARRAY<DOUBLE>>");
    assertThatThrownBy(() -> new SequenceLabeler().transformSchema(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("labels, one for every step, found array<array<double>>");
  }

  static Stream<Arguments> impossibleSettings() {
    return Stream.of(
        impossible(
            e ->
                e.set(AveragingSettings.OF, "gradients").set(AveragingSettings.BLOCK_MOMENTUM, 0.5),
            "averaging.blockMomentum"),
        impossible(e -> e.setCell("none").setBidirectional(true), "network.bidirectional"),
        impossible(e -> e.set(NetworkSettings.LAYER_DROPOUT, 0.5), "network.layerDropout"),
        impossible(e -> e.setMetric("acuracy"), "training.metric", "acuracy", "accuracy, macroF1"),
        impossible(e -> e.setMetric("rmse"), "training.metric", "rmse"),
        impossible(e -> e.setPatience(2), "training.patience", "validation"),
        impossible(
            e -> e.setTokenViews("form", "lower", "shape").setEmbeddingSizes(4, 5),
            "network.embeddingSizes",
            "3 features.tokenViews",
            "found 2"),
        impossible(e -> e.setCell("no.such.Cell"), "network.cell", "no.such.Cell", "--jars"),
        impossible(
            e -> e.setCell("java.lang.String"),
            "network.cell",
            "java.lang.String",
            "io.sparkrnn.cell.RecurrentCell",
            "constructor of one int"));
  }

  private static Arguments impossible(UnaryOperator<SequenceClassifier> settings, String... parts) {
    return Arguments.of(settings, List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("impossibleSettings")
  void impossibleSettingsAreRefusedWithoutReadingARow(
      UnaryOperator<SequenceClassifier> settings, List<String> parts) {
    SequenceClassifier classifier = settings.apply(new SequenceClassifier());
    assertThatThrownBy(() -> classifier.transformSchema(Frames.sentences(1).schema()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(parts);
  }

  @Test
  void aRegressionHasItsOwnMetrics() {
    SequenceRegressor regressor = new SequenceRegressor().setMetric("accuracy");
    assertThatThrownBy(() -> regressor.transformSchema(Frames.series(1).schema()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.metric")
        .hasMessageContaining("rmse, mae, r2");
    assertThat(new SequenceRegressor().setMetric("rmse").transformSchema(Frames.series(1).schema()))
        .isNotNull();
  }

  @Test
  void theSchemaOfAnEstimatorIsThatOfItsModel() {
    assertThat(model.transformSchema(Frames.sentences(1).schema()))
        .isEqualTo(Frames.classifier().transformSchema(Frames.sentences(1).schema()))
        .isEqualTo(model.transform(Frames.sentences(1)).schema());
  }

  @Test
  void aModelRefusesWhatItWasNotTrainedOn() {
    assertThatThrownBy(() -> model.transform(Frames.series(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.features")
        .hasMessageContaining("tokens as in training");
    assertThatThrownBy(() -> model.transform(Frames.sentences(2).drop("features")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.features: there is no column features");
    assertThatThrownBy(() -> model.transform(model.transform(Frames.sentences(2))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.prediction")
        .hasMessageContaining("already have a column prediction");
    assertThatThrownBy(() -> model.evaluate(Frames.sentences(2).drop("label")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.label: there is no column label");
  }

  @Test
  void aModelNeedsNoLabelToPredictAndWritesOnlyTheColumnsThatHaveNames() {
    SequenceClassificationModel quiet =
        Frames.classifier().setMaxIter(1).setProbabilityCol("").fit(Frames.sentences(8));
    assertThat(quiet.transform(Frames.sentences(2).drop("label")).columns())
        .containsExactly("id", "features", "prediction");
    assertThat(quiet.transform(Frames.sentences(2).drop("label")).collectAsList()).hasSize(2);
  }
}
