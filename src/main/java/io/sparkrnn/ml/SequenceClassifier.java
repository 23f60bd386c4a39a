package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Learns a class for the whole sequence: sequence to class (softmax over the last state or the mean
 * of states).
 */
public final class SequenceClassifier
    extends SequenceEstimator<SequenceClassifier, SequenceClassificationModel> {
  private static final long serialVersionUID = 1L;

  /** All settings. */
  public static final Settings SETTINGS = settingsOf(List.of());

  /** Takes a uid. */
  public SequenceClassifier(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public SequenceClassifier() {
    this(Identifiable$.MODULE$.randomUID("sequenceClassifier"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<SequenceClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static SequenceClassifier load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  TargetKind targetKind() {
    return TargetKind.CLASS;
  }

  @Override
  SequenceClassificationModel model(String modelUid, ModelContent content) {
    return new SequenceClassificationModel(modelUid, content);
  }

  /** Sets the readout: last or mean. */
  public SequenceClassifier setReadout(String value) {
    return set(NetworkSettings.READOUT, value);
  }

  /** Sets the column of probabilities. */
  public SequenceClassifier setProbabilityCol(String value) {
    return set(ColumnSettings.PROBABILITY, value);
  }

  /** Sets the class weights: none, balanced, or a number for each class. */
  public SequenceClassifier setClassWeights(String... values) {
    return set(TrainingSettings.CLASS_WEIGHTS, List.of(values));
  }
}
