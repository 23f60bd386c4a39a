package io.sparkrnn.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingValidationTest {
  private static final Setting<Integer> EPOCHS =
      Setting.integer("training.epochs", "maxIter", 10, Range.atLeast(1), "Passes over the data.");
  private static final Setting<Long> SEED =
      Setting.longInteger("training.seed", "seed", 1L, Range.any(), "Source of randomness.");
  private static final Setting<Double> RATE =
      Setting.decimal("optimizer.learningRate", "learningRate", 0.1, Range.above(0), "Step.");
  private static final Setting<Boolean> SHUFFLE =
      Setting.bool("training.shuffle", "shuffle", true, "Order of batches is drawn anew.");
  private static final Setting<String> CELL =
      Setting.choice("network.cell", "cell", "lstm", List.of("lstm", "gru", "srn"), "Cell.");
  private static final Setting<String> OWN_CELL =
      Setting.openChoice("network.own", "own", "lstm", List.of("lstm", "gru"), "Cell or class.");
  private static final Setting<List<Integer>> SIZES =
      Setting.integers("network.sizes", "sizes", List.of(64), Range.atLeast(1), "Units a layer.");
  private static final Setting<List<String>> WEIGHTS =
      Setting.namedOrDecimals(
          "training.classWeights",
          "classWeights",
          "none",
          List.of("auto", "none"),
          Range.above(0),
          "Weights of the classes.");

  @Test
  void aValueOutOfRangeIsNamedWithWhatWasExpectedAndFound() {
    assertRefused(RATE, -1, "optimizer.learningRate: expected a number > 0, found -1");
    assertRefused(EPOCHS, 0, "training.epochs: expected an integer >= 1, found 0");
    assertRefused(
        SIZES, List.of(3, 0), "network.sizes: expected a list of integers >= 1, found [3, 0]");
  }

  @Test
  void aValueOfTheWrongTypeIsNamedWithWhatWasExpectedAndFound() {
    assertRefused(EPOCHS, "many", "training.epochs: expected an integer >= 1, found \"many\"");
    assertRefused(EPOCHS, 2.5, "training.epochs: expected an integer >= 1, found 2.5");
    assertRefused(EPOCHS, null, "training.epochs: expected an integer >= 1, found null");
    assertRefused(SHUFFLE, 1, "training.shuffle: expected a boolean, found 1");
    assertRefused(
        RATE, Map.of("a", 1), "optimizer.learningRate: expected a number > 0, found a block");
    assertRefused(CELL, List.of("gru"), "network.cell: expected one of lstm, gru, srn, found [");
    assertRefused(SIZES, Arrays.asList(1, null), "network.sizes: expected a list of integers >= 1");
  }

  @Test
  void aMisspeltChoiceIsAnsweredWithTheNearestOne() {
    assertRefused(
        CELL,
        "ltsm",
        "network.cell: expected one of lstm, gru, srn, found \"ltsm\"; did you mean lstm?");
    assertRefused(CELL, "transformer", "found \"transformer\"");
  }

  @Test
  void wideningIsExactAndNarrowingIsRefused() {
    assertThat(EPOCHS.check(3.0)).isEqualTo(3);
    assertThat(SEED.check(3)).isEqualTo(3L);
    assertThat(RATE.check(3)).isEqualTo(3.0);
    assertThat(SEED.check(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(SEED.check("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertRefused(SEED, "9223372036854775808", "expected an integer");
    assertRefused(EPOCHS, 1L << 31, "expected an integer >= 1, found 2147483648");
    assertRefused(EPOCHS, "1e999999999", "expected an integer >= 1");
    assertRefused(RATE, (1L << 53) + 1, "expected a number > 0, found 9007199254740993");
    assertRefused(RATE, Double.NaN, "found NaN");
    assertRefused(RATE, Double.POSITIVE_INFINITY, "found Infinity");
  }

  @Test
  void aTextThatHoldsANumberOrABooleanCountsAsOne() {
    assertThat(EPOCHS.check("3")).isEqualTo(3);
    assertThat(RATE.check("1e-3")).isEqualTo(0.001);
    assertThat(SHUFFLE.check("off")).isFalse();
    assertThat(SHUFFLE.check("true")).isTrue();
  }

  @Test
  void aSingleValueOrAnArrayStandsForAList() {
    assertThat(SIZES.check(5)).containsExactly(5);
    assertThat(SIZES.check(new int[] {5, 6})).containsExactly(5, 6);
    assertThat(SIZES.check(List.of())).isEmpty();
  }

  @Test
  void anOpenChoiceTakesAListedNameOrAClassWithItsPackage() {
    assertThat(OWN_CELL.check("gru")).isEqualTo("gru");
    assertThat(OWN_CELL.check("org.example.MyCell$Inner")).isEqualTo("org.example.MyCell$Inner");
    assertRefused(
        OWN_CELL,
        "MyCell",
        "network.own: expected one of lstm, gru or a class name with its package, found"
            + " \"MyCell\"");
    assertRefused(OWN_CELL, "org..MyCell", "expected one of");
  }

  @Test
  void namedOrDecimalsTakesOneNameOrNumbersButNoMixture() {
    assertThat(WEIGHTS.check("auto")).containsExactly("auto");
    assertThat(WEIGHTS.check(List.of(1, 2.5))).containsExactly("1", "2.5");
    String expected = "training.classWeights: expected auto, none or a list of numbers > 0, found ";
    assertRefused(WEIGHTS, List.of("auto", 1), expected + "[\"auto\", 1]");
    assertRefused(WEIGHTS, List.of(1, 0), expected + "[1, 0]");
    assertRefused(WEIGHTS, "atuo", expected + "\"atuo\"; did you mean auto?");
  }

  @Test
  void theCallerMayNameTheSettingAsItsUserKnowsIt() {
    assertThatThrownBy(() -> EPOCHS.check("maxIter", 0))
        .hasMessage("maxIter: expected an integer >= 1, found 0");
  }

  @Test
  void aSettingWithAnInvalidDefaultOrNameCannotBeMade() {
    assertThatThrownBy(() -> Setting.integer("a.b", "b", 0, Range.atLeast(1), "m"))
        .isInstanceOf(ConfigurationException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Setting.bool("a..b", "b", true, "m"))
        .withMessageContaining("a..b");
    assertThatIllegalArgumentException().isThrownBy(() -> Setting.bool("a", "b.c", true, "m"));
    assertThatIllegalArgumentException().isThrownBy(() -> Setting.bool("a", "b", true, "m\nn"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|true|1|false|in [0, 1)|0;0.5|1;-1",
        "0|false|1|true|in (0, 1]|1;0.5|0;2",
        "0|false|Infinity|false|> 0|1e-300;1e300|0;NaN",
        "1|true|Infinity|false|>= 1|1;2|0.999;NaN",
        "-Infinity|false|0.25|true|<= 0.25|0.25;-9|0.26;NaN",
        "-Infinity|false|100|false|< 100|99|100;NaN"
      })
  void aRangeHoldsWhatItsDescriptionSays(
      double low,
      boolean lowIncluded,
      double high,
      boolean highIncluded,
      String description,
      String inside,
      String outside) {
    Range range = new Range(low, lowIncluded, high, highIncluded);
    assertThat(range.description()).isEqualTo(description);
    assertThat(inside.split(";")).allMatch(x -> range.contains(Double.parseDouble(x)));
    assertThat(outside.split(";")).noneMatch(x -> range.contains(Double.parseDouble(x)));
  }

  @Test
  void anEmptyRangeCannotBeMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> Range.closed(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Range.closedOpen(1, 1));
    assertThat(Range.closed(1, 1).contains(1)).isTrue();
  }

  private static void assertRefused(Setting<?> setting, Object value, String message) {
    assertThatThrownBy(() -> setting.check(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }
}
