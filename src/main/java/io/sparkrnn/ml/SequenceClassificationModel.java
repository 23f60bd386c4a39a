package io.sparkrnn.ml;

import io.sparkrnn.setting.Settings;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
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

  /**
   * The class of one sequence, a String or a Double as in the column of predictions; without a job
   * of Spark.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @throws io.sparkrnn.error.DataException if a row with this sequence could not be used
   */
  public Object predict(List<?> steps) {
    return single(steps, rows -> Prediction.prediction(content().encoding().targets(), rows));
  }

  /**
   * Probabilities of all classes for one sequence, in the order of {@link #labels()}.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @throws io.sparkrnn.error.DataException if a row with this sequence could not be used
   */
  public Vector predictProbability(List<?> steps) {
    return single(steps, rows -> Prediction.vectors(rows)[0]);
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
