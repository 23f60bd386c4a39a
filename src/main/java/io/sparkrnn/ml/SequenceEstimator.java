package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network on the sequences of a DataFrame, in P shards with synchronous
 * averaging. The params are derived from the settings of network, optimizer, averaging and
 * training: {@code explainParams()} lists them, {@code set(name, value)} and the setters set them.
 *
 * @param <E> the estimator itself
 * @param <M> its model
 */
public abstract class SequenceEstimator<
        E extends SequenceEstimator<E, M>, M extends SequenceModel<M>>
    extends Estimator<M> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SettingParams params;
  private transient TrainingListener listener = TrainingListener.NONE;

  /** Makes the params and sets their defaults. */
  SequenceEstimator(String uid) {
    this.uid = uid;
    this.params = new SettingParams(this, settings());
  }

  /** The settings of a task: its columns, features, network, optimizer, averaging and training. */
  static Settings settingsOf(List<Setting<?>> without) {
    Settings all =
        Settings.union(
            ColumnSettings.SETTINGS,
            FeatureSettings.SETTINGS,
            NetworkSettings.SETTINGS,
            OptimizerSettings.SETTINGS,
            AveragingSettings.SETTINGS,
            TrainingSettings.SETTINGS);
    return Settings.of(
        all.stream().filter(setting -> !without.contains(setting)).toArray(Setting<?>[]::new));
  }

  /** All settings of this estimator. */
  public abstract Settings settings();

  /** What its label column holds. */
  abstract TargetKind targetKind();

  /** Makes the model. */
  abstract M model(String modelUid, ModelContent content);

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

  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Values values = values();
    String backend = TrainingSettings.backend(values);
    ModelContent content =
        new Fit(values, targetKind(), backend, listener == null ? TrainingListener.NONE : listener)
            .on(dataset);
    M model = model(uid, content);
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  /**
   * Looks at all rows as {@link #fit} would, and trains nothing.
   *
   * @return what it found, in words
   * @throws DataException if rows cannot be used and may not be skipped
   */
  public String check(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    ColumnSettings columns = ColumnSettings.from(values());
    Survey survey =
        Survey.of(
            dataset.toDF().javaRDD(),
            ExampleReader.labelled(dataset.schema(), columns, targetKind()));
    survey.require(columns, "train on");
    return survey.summary();
  }

  /** Checks the settings together, and the columns against the schema. Trains nothing. */
  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    ColumnSettings columns = ColumnSettings.from(values);
    ExampleReader reader = ExampleReader.labelled(schema, columns, targetKind());
    Consistency.require(values, targetKind(), reader.form());
    boolean numeric =
        targetKind() == TargetKind.STEP_VALUES
            || ExampleReader.numericLabels(schema, columns.label(), targetKind());
    return OutputColumns.of(
            columns, targetKind(), numeric, OutputColumns.plain(schema, columns, targetKind()))
        .appendTo(schema);
  }

  @Override
  public E copy(ParamMap extra) {
    E copy = defaultCopy(extra);
    copy.setListener(listener);
    return copy;
  }

  @SuppressWarnings("unchecked") // E is the class itself by declaration.
  private E self() {
    return (E) this;
  }

  /** Sets the column of sequences. */
  public E setFeaturesCol(String value) {
    return set(ColumnSettings.FEATURES, value);
  }

  /** Sets the column of targets. */
  public E setLabelCol(String value) {
    return set(ColumnSettings.LABEL, value);
  }

  /** Sets the column that predictions are written to. */
  public E setPredictionCol(String value) {
    return set(ColumnSettings.PREDICTION, value);
  }

  /** Sets the column of weights. */
  public E setWeightCol(String value) {
    return set(ColumnSettings.WEIGHT, value);
  }

  /** Sets the boolean column of rows that only validate. */
  public E setValidationIndicatorCol(String value) {
    return set(ColumnSettings.VALIDATION_INDICATOR, value);
  }

  /** Sets the column that names rows in messages. */
  public E setIdCol(String value) {
    return set(ColumnSettings.ID, value);
  }

  /** Sets what happens to rows that cannot be used: error or skip. */
  public E setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  /** Sets what of each token is looked up. */
  public E setTokenViews(String... values) {
    return set(FeatureSettings.TOKEN_VIEWS, List.of(values));
  }

  /** Sets the count below which a token is unknown. */
  public E setMinCount(int value) {
    return set(FeatureSettings.MIN_COUNT, value);
  }

  /** Sets whether numbers are scaled. */
  public E setStandardize(boolean value) {
    return set(FeatureSettings.STANDARDIZE, value);
  }

  /** Sets the cell. */
  public E setCell(String value) {
    return set(NetworkSettings.CELL, value);
  }

  /** Sets the units of each recurrent layer. */
  public E setHiddenSizes(int... values) {
    return set(NetworkSettings.HIDDEN_SIZES, values);
  }

  /** Sets whether layers run in both directions. */
  public E setBidirectional(boolean value) {
    return set(NetworkSettings.BIDIRECTIONAL, value);
  }

  /** Sets the hidden layers of the head. */
  public E setHeadSizes(int... values) {
    return set(NetworkSettings.HEAD_SIZES, values);
  }

  /** Sets the widths of embeddings. */
  public E setEmbeddingSizes(int... values) {
    return set(NetworkSettings.EMBEDDING_SIZES, values);
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

  /** Sets the arithmetic. */
  public E setBackend(String value) {
    return set(TrainingSettings.BACKEND, value);
  }

  /** Sets the precision of the factors of products: float32 or bf16. */
  public E setPrecision(String value) {
    return set(TrainingSettings.PRECISION, value);
  }
}
