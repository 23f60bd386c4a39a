package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParamsTest {

  static Stream<SequenceEstimator<?, ?>> estimators() {
    return Stream.of(new SequenceClassifier(), new SequenceLabeler(), new SequenceRegressor());
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void explainParamsListsEverySettingWithItsMeaningAndDefault(SequenceEstimator<?, ?> estimator) {
    String[] lines = estimator.explainParams().split("\n", -1);
    assertThat(lines).hasSize(estimator.settings().size());
    for (Setting<?> setting : estimator.settings()) {
      assertThat(lines)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(setting.param() + ": ")
                      .contains(setting.meaning())
                      .contains("default: "));
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void paramsAreTheSameObjectsAtEveryCallAndBelongToTheirOwner(SequenceEstimator<?, ?> estimator) {
    Param<?>[] first = estimator.params();
    Param<?>[] second = estimator.params();
    assertThat(first).hasSize(estimator.settings().size());
    for (int i = 0; i < first.length; i++) {
      assertThat(second[i]).isSameAs(first[i]);
      assertThat(first[i].parent()).isEqualTo(estimator.uid());
      assertThat((Object) estimator.getParam(first[i].name())).isSameAs(first[i]);
    }
    assertThat(Arrays.stream(first).map(Param::name))
        .containsExactlyElementsOf(estimator.settings().stream().map(Setting::param).toList());
  }

  @Test
  void estimatorsKnowOnlyWhatTheirTaskHas() {
    assertThat(new SequenceClassifier().hasParam("readout")).isTrue();
    assertThat(new SequenceLabeler().hasParam("readout")).isFalse();
    assertThat(new SequenceRegressor().hasParam("classWeights")).isFalse();
    assertThat(new SequenceRegressor().hasParam("probabilityCol")).isFalse();
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong(e -> e.setMaxIter(-1), "training.epochs", "-1"),
        wrong(e -> e.setLearningRate(0), "optimizer.learningRate", "> 0"),
        wrong(e -> e.setLearningRate(Double.NaN), "optimizer.learningRate", "NaN"),
        wrong(e -> e.setHiddenSizes(4, 0), "network.hiddenSizes", "0"),
        wrong(e -> e.setCell("lstn"), "network.cell", "did you mean lstm?"),
        wrong(e -> e.setReadout("first"), "network.readout", "last, mean"),
        wrong(e -> e.setHandleInvalid("drop"), "columns.handleInvalid", "error, skip, keep"),
        wrong(e -> e.setTokenViews("form", "form"), "features.tokenViews", "each once"),
        wrong(e -> e.setTokenViews("sufix2"), "features.tokenViews", "suffix1"),
        wrong(e -> e.setAveragingPeriod("0"), "averaging.period", "epoch"),
        wrong(e -> e.setClassWeights("1", "-2"), "training.classWeights", "-2"),
        wrong(e -> e.setOptimizer("adm"), "optimizer.name", "did you mean adam?"),
        wrong(e -> e.setBackend("gpu"), "math.backend", "openblas"),
        wrong(e -> e.setFeaturesCol(null), "columns.features", "null"),
        wrong(e -> e.setBatchSize(0), "training.batchSize", "1"));
  }

  private static Arguments wrong(Consumer<SequenceClassifier> setter, String... parts) {
    return Arguments.of(setter, List.of(parts));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void aSetterRefusesAtOnceAndNamesSettingExpectedAndFound(
      Consumer<SequenceClassifier> setter, List<String> parts) {
    SequenceClassifier classifier = new SequenceClassifier();
    Values before = classifier.values();
    assertThatThrownBy(() -> setter.accept(classifier))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(parts);
    assertThat(classifier.values()).isEqualTo(before);
  }

  @Test
  void aValueSetBehindTheSettersBackIsRefusedBeforeAnythingIsRead() {
    SequenceClassifier classifier = Frames.classifier();
    classifier.set(classifier.getParam("maxIter"), -3);
    assertThatThrownBy(() -> classifier.fit(Frames.sentences(4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.epochs")
        .hasMessageContaining("-3");
  }

  @Test
  void aSettingOfAnotherTaskIsRefused() {
    assertThatThrownBy(() -> new SequenceLabeler().set(NetworkSettings.READOUT, "mean"))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("readout");
  }

  @Test
  void aCopyHasItsOwnValues() {
    SequenceClassifier original = Frames.classifier().setMaxIter(3);
    SequenceClassifier copy = original.copy(new ParamMap());
    assertThat(copy.uid()).isEqualTo(original.uid());
    assertThat(copy.values()).isEqualTo(original.values());
    copy.setMaxIter(9);
    assertThat(original.values().get(TrainingSettings.EPOCHS)).isEqualTo(3);
    ParamMap extra = new ParamMap().put(original.getParam("maxIter"), 11);
    assertThat(original.copy(extra).values().get(TrainingSettings.EPOCHS)).isEqualTo(11);
  }

  @Test
  void settingsOfAJobAreParams() {
    SequenceClassifier classifier =
        new SequenceClassifier()
            .set(
                Values.of(
                    SequenceClassifier.SETTINGS,
                    Map.of("training.epochs", 7, "network.hiddenSizes", List.of(3, 2))));
    assertThat(classifier.getOrDefault(classifier.getParam("maxIter"))).isEqualTo(7);
    assertThat((int[]) classifier.getOrDefault(classifier.getParam("hiddenSizes")))
        .containsExactly(3, 2);
    assertThat(classifier.isSet(classifier.getParam("seed"))).isFalse();
  }

  @Test
  void aParamMapGivenToFitHoldsForThatFitAlone() {
    Dataset<Row> rows = Frames.sentences(12);
    SequenceClassifier classifier = Frames.classifier();
    ParamMap extra =
        new ParamMap()
            .put(classifier.getParam("maxIter"), 1)
            .put(classifier.getParam("hiddenSizes"), new int[] {2});
    SequenceClassificationModel model = classifier.fit(rows, extra);
    assertThat(model.summary().historyTrees()).hasSize(1);
    assertThat(model.values().get(NetworkSettings.HIDDEN_SIZES)).containsExactly(2);
    assertThat(classifier.values().get(TrainingSettings.EPOCHS)).isEqualTo(2);
    assertThat(model.content().parameters())
        .isEqualTo(
            Frames.classifier().setMaxIter(1).setHiddenSizes(2).fit(rows).content().parameters());
  }

  @Test
  void aModelKnowsItsParentAndTakesItsSettings() {
    SequenceClassifier classifier = Frames.classifier().setProbabilityCol("p");
    SequenceClassificationModel model = classifier.fit(Frames.sentences(12));
    assertThat(model.parent()).isSameAs(classifier);
    assertThat(model.uid()).isEqualTo(classifier.uid());
    assertThat(model.values()).isEqualTo(classifier.values());
    ParamMap extra = new ParamMap().put(model.getParam("predictionCol"), "said");
    assertThat(model.transform(Frames.sentences(3), extra).columns())
        .containsExactly("id", "features", "label", "said", "p");
    assertThat(model.transform(Frames.sentences(3)).columns())
        .containsExactly("id", "features", "label", "prediction", "p");
    assertThat(model.copy(new ParamMap()).parent()).isSameAs(classifier);
  }
}
