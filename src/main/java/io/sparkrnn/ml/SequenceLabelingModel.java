package io.sparkrnn.ml;

import io.sparkrnn.setting.Settings;
import org.apache.spark.ml.util.MLReader;

/** Predicts a label for every step. */
public final class SequenceLabelingModel extends SequenceModel<SequenceLabelingModel> {
  private static final long serialVersionUID = 1L;

  SequenceLabelingModel(String uid, ModelContent content) {
    super(uid, content);
  }

  /** Reads a model written by {@code write()}. */
  public static MLReader<SequenceLabelingModel> read() {
    return new ModelFolder.Reader<>(SequenceLabelingModel.class, SequenceLabelingModel::new);
  }

  /** Reads a model from its folder. */
  public static SequenceLabelingModel load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SequenceLabeler.SETTINGS;
  }

  @Override
  SequenceLabelingModel with(ModelContent same) {
    return new SequenceLabelingModel(uid(), same);
  }
}
