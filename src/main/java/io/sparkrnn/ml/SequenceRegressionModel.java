package io.sparkrnn.ml;

import io.sparkrnn.setting.Settings;
import org.apache.spark.ml.util.MLReader;

/** Predicts one or more values for every step. */
public final class SequenceRegressionModel extends SequenceModel<SequenceRegressionModel> {
  private static final long serialVersionUID = 1L;

  SequenceRegressionModel(String uid, ModelContent content) {
    super(uid, content);
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<SequenceRegressionModel> read() {
    return new ModelFolder.Reader<>(SequenceRegressionModel.class, SequenceRegressionModel::new);
  }

  /** Reads a model from its folder. */
  public static SequenceRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SequenceRegressor.SETTINGS;
  }

  @Override
  SequenceRegressionModel with(ModelContent same) {
    return new SequenceRegressionModel(uid(), same);
  }
}
