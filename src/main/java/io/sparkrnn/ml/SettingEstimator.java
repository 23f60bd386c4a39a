package io.sparkrnn.ml;

import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;

/**
 * An estimator whose params are derived from settings: {@code explainParams()} lists them, {@code
 * set(name, value)} and the setters set them.
 *
 * @param <E> the estimator itself
 * @param <M> its model
 */
public abstract class SettingEstimator<E extends SettingEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SettingParams params;
  private transient TrainingListener listener = TrainingListener.NONE;

  /** Makes the params and sets their defaults. */
  SettingEstimator(String uid) {
    this.uid = uid;
    this.params = new SettingParams(this, settings());
  }

  /** All settings of this estimator. */
  public abstract Settings settings();

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return params.all();
  }

  /** The values of all settings. */
  public Values values() {
    return params.values(this, settings());
  }

  /** Sets one setting. Fails with what was expected if the value does not fit. */
  public E set(Setting<?> setting, Object value) {
    params.set(this, setting, value);
    return self();
  }

  /** Sets all settings that differ from their defaults. */
  public E set(Values values) {
    values.changed().forEach((key, value) -> params.set(this, settings().require(key), value));
    return self();
  }

  /** Hears of each epoch as it ends. */
  public E setListener(TrainingListener trainingListener) {
    listener = trainingListener;
    return self();
  }

  TrainingListener listener() {
    return listener == null ? TrainingListener.NONE : listener;
  }

  @Override
  public E copy(ParamMap extra) {
    E copy = defaultCopy(extra);
    copy.setListener(listener());
    return copy;
  }

  @SuppressWarnings("unchecked") // E is the class itself by declaration.
  private E self() {
    return (E) this;
  }

  /** Sets the column that names rows in messages. */
  public E setIdCol(String value) {
    return set(ColumnSettings.ID, value);
  }

  /** Sets the hidden layers of the head. */
  public E setHeadSizes(int... values) {
    return set(NetworkSettings.HEAD_SIZES, values);
  }

  /** Sets the units of each recurrent layer. */
  public E setHiddenSizes(int... values) {
    return set(NetworkSettings.HIDDEN_SIZES, values);
  }

  /** Sets the optimizer. */
  public E setOptimizer(String value) {
    return set(OptimizerSettings.NAME, value);
  }

  /** Sets the learning rate. */
  public E setLearningRate(double value) {
    return set(OptimizerSettings.LEARNING_RATE, value);
  }

  /** Sets L2. */
  public E setWeightDecay(double value) {
    return set(OptimizerSettings.WEIGHT_DECAY, value);
  }

  /** Sets the largest norm of a gradient. */
  public E setClipNorm(double value) {
    return set(OptimizerSettings.CLIP_NORM, value);
  }

  /** Sets the mini-batches a round, or epoch. */
  public E setAveragingPeriod(String value) {
    return set(AveragingSettings.PERIOD, value);
  }

  /** Sets the number of epochs. */
  public E setMaxIter(int value) {
    return set(TrainingSettings.EPOCHS, value);
  }

  /** Sets the sequences a mini-batch. */
  public E setBatchSize(int value) {
    return set(TrainingSettings.BATCH_SIZE, value);
  }

  /** Sets the seed. */
  public E setSeed(long value) {
    return set(TrainingSettings.SEED, value);
  }

  /** Sets P. */
  public E setPartitions(int value) {
    return set(TrainingSettings.PARTITIONS, value);
  }

  /** Sets the epochs without improvement before training ends. */
  public E setPatience(int value) {
    return set(TrainingSettings.PATIENCE, value);
  }

  /** Sets the validation score that epochs are compared by. */
  public E setMetric(String value) {
    return set(TrainingSettings.METRIC, value);
  }

  /** Sets the folder of checkpoints, on any Hadoop file system. */
  public E setCheckpointFolder(String value) {
    return set(CheckpointSettings.FOLDER, value);
  }

  /** Sets the rounds between two checkpoints. */
  public E setCheckpointInterval(int value) {
    return set(CheckpointSettings.ROUNDS, value);
  }

  /** Sets whether training goes on from the newest checkpoint. */
  public E setCheckpointResume(boolean value) {
    return set(CheckpointSettings.RESUME, value);
  }

  /** Sets the precision of the factors of products: float32 or bf16. */
  public E setPrecision(String value) {
    return set(TrainingSettings.PRECISION, value);
  }

  /** Sets the arithmetic. */
  public E setBackend(String value) {
    return set(TrainingSettings.BACKEND, value);
  }
}
