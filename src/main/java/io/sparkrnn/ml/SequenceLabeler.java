package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/** Learns a label for every step: synchronous sequence to sequence (softmax at every step). */
public final class SequenceLabeler
    extends SequenceEstimator<SequenceLabeler, SequenceLabelingModel> {
  private static final long serialVersionUID = 1L;

  /** All settings. */
  public static final Settings SETTINGS = settingsOf(List.of(NetworkSettings.READOUT));

  /** Takes a uid. */
  public SequenceLabeler(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public SequenceLabeler() {
    this(Identifiable$.MODULE$.randomUID("sequenceLabeler"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<SequenceLabeler> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static SequenceLabeler load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  TargetKind targetKind() {
    return TargetKind.STEP_LABELS;
  }

  @Override
  SequenceLabelingModel model(String modelUid, ModelContent content) {
    return new SequenceLabelingModel(modelUid, content);
  }

  /** Sets the column of probabilities. */
  public SequenceLabeler setProbabilityCol(String value) {
    return set(ColumnSettings.PROBABILITY, value);
  }

  /** Sets the class weights: none, balanced, or a number for each class. */
  public SequenceLabeler setClassWeights(String... values) {
    return set(TrainingSettings.CLASS_WEIGHTS, List.of(values));
  }
}
