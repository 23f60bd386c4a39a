package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Learns one or more values for every step: synchronous regression (squared error at every step).
 */
public final class SequenceRegressor
    extends SequenceEstimator<SequenceRegressor, SequenceRegressionModel> {
  private static final long serialVersionUID = 1L;

  /** All settings. */
  public static final Settings SETTINGS =
      settingsOf(
          List.of(
              NetworkSettings.READOUT, TrainingSettings.CLASS_WEIGHTS, ColumnSettings.PROBABILITY));

  /** Takes a uid. */
  public SequenceRegressor(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public SequenceRegressor() {
    this(Identifiable$.MODULE$.randomUID("sequenceRegressor"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<SequenceRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static SequenceRegressor load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  TargetKind targetKind() {
    return TargetKind.STEP_VALUES;
  }

  @Override
  SequenceRegressionModel model(String modelUid, ModelContent content) {
    return new SequenceRegressionModel(modelUid, content);
  }
}
