package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Backend;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.metric.TranslationMetrics;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;

/** What settings must fulfil together; told before any row is looked at. */
final class Consistency {

  private Consistency() {}

  /**
   * Accepts settings that can train.
   *
   * @throws ConfigurationException naming the setting, what was expected and what was found
   */
  static void require(Values values, TargetKind kind, CellReader.Form features) {
    NetworkSettings network = NetworkSettings.from(values);
    if (!network.cell().equals(NetworkSettings.NO_CELL)) {
      Cells.of(network.cell(), network.hiddenSizes().get(0));
    }
    if (features == CellReader.Form.TOKENS) {
      requireEmbeddings(network, FeatureSettings.from(values));
    }
    TrainingSettings training = TrainingSettings.from(values, Backend.JAVA);
    CheckpointSettings.from(values);
    requireMetric(training.metric(), kind);
    if (training.patience() > 0 && values.get(ColumnSettings.VALIDATION_INDICATOR).isEmpty()) {
      throw new ConfigurationException(
          "training.patience: early stopping needs validation data, found none; name them (columns.validationIndicator marks their rows) or set patience = 0");
    }
  }

  private static void requireEmbeddings(NetworkSettings network, FeatureSettings features) {
    int views = features.tokenViews().size();
    int widths = network.embeddingSizes().size();
    if (widths != 1 && widths != views) {
      throw new ConfigurationException(
          "network.embeddingSizes: expected one number, or one for each of the %d features.tokenViews, found %d"
              .formatted(views, widths));
    }
  }

  private static void requireMetric(String name, TargetKind kind) {
    Metrics none =
        switch (kind) {
          case STEP_VALUES -> new RegressionMetrics(1);
          case TOKENS -> new TranslationMetrics();
          default -> new ClassificationMetrics(1);
        };
    try {
      none.requireName(name);
    } catch (ConfigurationException e) {
      throw new ConfigurationException("training.metric: " + e.getMessage(), e);
    }
  }
}
