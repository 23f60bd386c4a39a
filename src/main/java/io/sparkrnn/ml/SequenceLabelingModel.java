package io.sparkrnn.ml;

import io.sparkrnn.setting.Settings;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
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

  /**
   * The labels of the steps of one sequence, each a String or a Double as in the column of
   * predictions; without a job of Spark.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @throws io.sparkrnn.error.DataException if a row with this sequence could not be used
   */
  public List<Object> predict(List<?> steps) {
    return single(
        steps,
        rows -> List.of((Object[]) Prediction.prediction(content().encoding().targets(), rows)));
  }

  /**
   * Probabilities of all labels for each step of one sequence, in the order of {@link #labels()}.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @throws io.sparkrnn.error.DataException if a row with this sequence could not be used
   */
  public List<Vector> predictProbability(List<?> steps) {
    return single(steps, rows -> List.of(Prediction.vectors(rows)));
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
