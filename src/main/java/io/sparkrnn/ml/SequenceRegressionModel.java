package io.sparkrnn.ml;

import io.sparkrnn.math.Rows;
import io.sparkrnn.setting.Settings;
import java.util.List;
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

  /**
   * The values of the steps of one sequence: a row a step, a column an output; without a job of
   * Spark.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @throws io.sparkrnn.error.DataException if a row with this sequence could not be used
   */
  public double[][] predict(List<?> steps) {
    return single(steps, SequenceRegressionModel::values);
  }

  private static double[][] values(Rows rows) {
    double[][] values = new double[rows.count()][rows.width()];
    for (int t = 0; t < values.length; t++) {
      for (int k = 0; k < values[t].length; k++) {
        values[t][k] = rows.get(t, k);
      }
    }
    return values;
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
