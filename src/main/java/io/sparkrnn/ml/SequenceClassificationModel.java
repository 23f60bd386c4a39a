package io.sparkrnn.ml;

import io.sparkrnn.setting.Settings;
import org.apache.spark.ml.util.MLReader;

/** Predicts a class for the whole sequence. */
public final class SequenceClassificationModel extends SequenceModel<SequenceClassificationModel> {
  private static final long serialVersionUID = 1L;

  SequenceClassificationModel(String uid, ModelContent content) {
    super(uid, content);
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<SequenceClassificationModel> read() {
    return new ModelFolder.Reader<>(
        SequenceClassificationModel.class, SequenceClassificationModel::new);
  }

  /** Reads a model from its folder. */
  public static SequenceClassificationModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SequenceClassifier.SETTINGS;
  }

  @Override
  SequenceClassificationModel with(ModelContent same) {
    return new SequenceClassificationModel(uid(), same);
  }
}
