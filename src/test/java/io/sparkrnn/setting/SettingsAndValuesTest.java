package io.sparkrnn.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.sparkrnn.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsAndValuesTest {
  private static final Setting<Integer> EPOCHS =
      Setting.integer("training.epochs", "maxIter", 10, Range.atLeast(1), "Passes over the data.");
  private static final Setting<Long> SEED =
      Setting.longInteger("training.seed", "seed", 1L, Range.any(), "Source of randomness.");
  private static final Setting<Double> RATE =
      Setting.decimal(
          "optimizer.learningRate", "learningRate", 0.001, Range.above(0), "Size of a step.");
  private static final Setting<List<String>> NAMES =
      Setting.texts("network.names", "names", List.of("a \"b\"", "c"), "Names.");
  private static final Settings TRAINING = Settings.of(EPOCHS, SEED);
  private static final Settings ALL =
      Settings.union(TRAINING, Settings.of(RATE, EPOCHS), Settings.of(NAMES));

  @Test
  void aUnionKeepsTheOrderAndTakesASharedSettingOnce() {
    assertThat(ALL).containsExactly(EPOCHS, SEED, RATE, NAMES);
    assertThat(ALL.byKey("training.seed")).containsSame(SEED);
    assertThat(ALL.byParam("learningRate")).containsSame(RATE);
    assertThat(ALL.byKey("learningRate")).isEmpty();
  }

  @Test
  void twoSettingsOfOneKeyOrOneParamCannotStandTogether() {
    Setting<Boolean> sameKey = Setting.bool("training.seed", "other", true, "m");
    Setting<Boolean> sameParam = Setting.bool("training.other", "seed", true, "m");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.union(TRAINING, Settings.of(sameKey)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.union(TRAINING, Settings.of(sameParam)));
  }

  @ParameterizedTest
  @CsvSource({
    "optimizer.learningrate, optimizer.learningRate",
    "optimizer.learnignRate, optimizer.learningRate",
    "optimiser.learningRate, optimizer.learningRate",
    "optimizer.learning_rate, optimizer.learningRate",
    "learningRate, optimizer.learningRate",
    "training.learningRate, optimizer.learningRate",
    "training.epoch, training.epochs",
    "epochs, training.epochs",
    "trainng.sede, training.seed"
  })
  void theNearestKeyIsFoundForATypoAWrongBlockAndAMissingBlock(String unknown, String nearest) {
    assertThat(ALL.nearest(unknown)).contains(nearest);
  }

  @Test
  void nothingIsSuggestedForWhatResemblesNothing() {
    assertThat(ALL.nearest("colour.of.background")).isEmpty();
  }

  @Test
  void aSwapOfNeighboursIsOneChange() {
    assertThat(NearestName.distance("ltsm", "lstm")).isEqualTo(1);
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void valuesAreDefaultsUntilGivenAndNeverChangeInPlace() {
    Values defaults = Values.defaults(ALL);
    Values changed = defaults.with(EPOCHS, 3).with(SEED, 1L);

    assertThat(defaults.get(EPOCHS)).isEqualTo(10);
    assertThat(changed.get(EPOCHS)).isEqualTo(3);
    assertThat(defaults.isSet(SEED)).isFalse();
    assertThat(changed.isSet(SEED)).isTrue();
    assertThat(changed.changed()).containsExactly(entry("training.epochs", 3));
    assertThat(changed).isNotEqualTo(defaults);
    assertThat(changed.with(EPOCHS, 10)).isEqualTo(defaults).hasSameHashCodeAs(defaults);
  }

  @Test
  void aFlatMapGivesTheSameValuesBackInTheOrderOfTheSettings() {
    Values values = Values.defaults(ALL).with(RATE, 0.5).with(EPOCHS, 3).with(NAMES, List.of());

    assertThat(values.toMap())
        .containsExactly(
            entry("training.epochs", 3),
            entry("training.seed", 1L),
            entry("optimizer.learningRate", 0.5),
            entry("network.names", List.of()));
    assertThat(Values.of(ALL, values.toMap())).isEqualTo(values);
  }

  @Test
  void everyProblemOfAMapIsReportedOneALine() {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("training.epochs", 0);
    found.put("training.seeds", 5);
    found.put("optimizer.learningRate", 0.5);

    assertThatThrownBy(() -> Values.of(ALL, found))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "training.epochs: expected an integer >= 1, found 0\n"
                + "unknown key training.seeds; did you mean training.seed?");
    assertThatThrownBy(() -> Values.of(ALL, found, "block."))
        .hasMessage(
            "block.training.epochs: expected an integer >= 1, found 0\n"
                + "unknown key block.training.seeds; did you mean block.training.seed?");
  }

  @Test
  void aSettingFromOutsideTheGroupIsRefused() {
    Values values = Values.defaults(TRAINING);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.get(RATE))
        .withMessageContaining("optimizer.learningRate");
    assertThatIllegalArgumentException().isThrownBy(() -> values.with(RATE, 1.0));
  }

  @Test
  void aSettingWithoutMeaningHereCanBeTakenAtItsDefault() {
    Values values = Values.defaults(TRAINING).with(EPOCHS, 3);
    assertThat(values.getOrDefault(EPOCHS)).isEqualTo(3);
    assertThat(values.getOrDefault(RATE)).isEqualTo(RATE.defaultValue());
  }

  @Test
  void theReferenceNamesMeaningExpectationParamAndDefaultOfEachKey() {
    String text =
        ReferenceText.render(
            List.of(
                new ReferenceText.Group("Training", TRAINING),
                new ReferenceText.Group("Network", Settings.of(NAMES))));

    assertThat(text)
        .isEqualTo(
            """
            # Training
            # ========

            # Passes over the data.
            # Expected: an integer >= 1. Param: maxIter.
            training.epochs = 10

            # Source of randomness.
            # Expected: an integer. Param: seed.
            training.seed = 1

            # Network
            # =======

            # Names.
            # Expected: a list of texts. Param: names.
            network.names = ["a \\"b\\"", "c"]
            """);
  }
}
