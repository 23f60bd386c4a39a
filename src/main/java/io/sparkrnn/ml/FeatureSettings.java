package io.sparkrnn.ml;

import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How features become numbers.
 *
 * @param tokenViews what of a token is looked up
 * @param minCount occurrences in the training data below which a token is unknown
 * @param standardize whether numbers are scaled to mean 0 and variance 1
 */
public record FeatureSettings(List<String> tokenViews, int minCount, boolean standardize)
    implements Serializable {

  /** {@link #tokenViews}. */
  public static final Setting<List<String>> TOKEN_VIEWS =
      Setting.texts(
          "features.tokenViews",
          "tokenViews",
          List.of("form"),
          Rule.of(
              "a list of form, lower, shape, prefix1, prefix2, …, suffix1, suffix2, …, each once",
              FeatureSettings::areViews),
          "what of each token is looked up in an embedding; several stand side by side");

  /** {@link #minCount}. */
  public static final Setting<Integer> MIN_COUNT =
      Setting.integer(
          "features.minCount",
          "minCount",
          1,
          Range.atLeast(1),
          "a view of a token seen less often in training is unknown");

  /** {@link #standardize}. */
  public static final Setting<Boolean> STANDARDIZE =
      Setting.bool(
          "features.standardize",
          "standardize",
          true,
          "whether numbers, and targets of regressions, are scaled to mean 0 and variance 1");

  /** All settings of features. */
  public static final Settings SETTINGS = Settings.of(TOKEN_VIEWS, MIN_COUNT, STANDARDIZE);

  /** Copies the list. */
  public FeatureSettings {
    tokenViews = new ArrayList<>(tokenViews);
  }

  /** Reads the settings out of values. */
  public static FeatureSettings from(Values values) {
    return new FeatureSettings(
        values.get(TOKEN_VIEWS), values.get(MIN_COUNT), values.get(STANDARDIZE));
  }

  private static boolean areViews(List<String> names) {
    return !names.isEmpty()
        && names.stream().distinct().count() == names.size()
        && names.stream().allMatch(TokenView::exists);
  }
}
