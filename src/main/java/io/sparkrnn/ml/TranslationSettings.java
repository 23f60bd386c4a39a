package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;

/** What translators have beside the settings of other tasks. */
public final class TranslationSettings {

  /** ε. */
  public static final Setting<Double> LABEL_SMOOTHING =
      Setting.decimal(
          "training.labelSmoothing",
          "labelSmoothing",
          0,
          Range.closedOpen(0, 1),
          "share of a target token that the loss spreads evenly over all tokens");

  /** Column of scores. */
  public static final Setting<String> SCORE =
      Setting.text(
          "columns.score",
          "scoreCol",
          "score",
          "column for the log-probability of a translation, normalised for length as the search"
              + " does; empty for none");

  /** Column of the best hypotheses. */
  public static final Setting<String> HYPOTHESES =
      Setting.text(
          "columns.hypotheses",
          "hypothesesCol",
          "",
          "column for the search.best hypotheses, an array of tokens and score; empty for none");

  /** The settings that only translators have. */
  public static final Settings SETTINGS = Settings.of(LABEL_SMOOTHING, SCORE, HYPOTHESES);

  /** All settings of a translator. */
  static final Settings ALL =
      without(
          Settings.union(
              ColumnSettings.SETTINGS,
              FeatureSettings.SETTINGS,
              NetworkSettings.SETTINGS,
              DecoderSettings.SETTINGS,
              SearchSettings.SETTINGS,
              SETTINGS,
              OptimizerSettings.SETTINGS,
              AveragingSettings.SETTINGS,
              TrainingSettings.SETTINGS,
              CheckpointSettings.SETTINGS),
          List.of(
              ColumnSettings.PROBABILITY,
              NetworkSettings.READOUT,
              NetworkSettings.DELAYS,
              NetworkSettings.SKIP,
              TrainingSettings.CLASS_WEIGHTS));

  private TranslationSettings() {}

  private static Settings without(Settings all, List<Setting<?>> none) {
    return Settings.of(
        all.stream().filter(setting -> !none.contains(setting)).toArray(Setting<?>[]::new));
  }

  /** Checks settings that are only wrong together; reads no row. */
  static void require(Values values, CellReader.Form form) {
    Consistency.require(values, TargetKind.TOKENS, form);
    DecoderSettings decoder = DecoderSettings.from(values);
    SearchSettings.from(values);
    if (decoder.sharedVocabulary()
        && (form != CellReader.Form.TOKENS
            || values.get(FeatureSettings.TOKEN_VIEWS).size() != 1)) {
      throw new ConfigurationException(
          "decoder.sharedVocabulary: needs sources of tokens in one view, found features.tokenViews "
              + values.get(FeatureSettings.TOKEN_VIEWS));
    }
  }
}
