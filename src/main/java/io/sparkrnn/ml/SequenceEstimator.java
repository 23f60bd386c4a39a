package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
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
    extends SettingEstimator<E, M> {
  private static final long serialVersionUID = 1L;

  SequenceEstimator(String uid) {
    super(uid);
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
            TrainingSettings.SETTINGS,
            CheckpointSettings.SETTINGS);
    return Settings.of(
        all.stream().filter(setting -> !without.contains(setting)).toArray(Setting<?>[]::new));
  }

  /** What its label column holds. */
  abstract TargetKind targetKind();

  /** Makes the model. */
  abstract M model(String modelUid, ModelContent content);

  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Values values = values();
    String backend = TrainingSettings.backend(values);
    ModelContent content = new Fit(values, targetKind(), backend, listener()).on(dataset);
    M model = model(uid(), content);
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

  /** Sets what happens to rows that cannot be used: error, skip or keep. */
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

  /** Sets whether layers run in both directions. */
  public E setBidirectional(boolean value) {
    return set(NetworkSettings.BIDIRECTIONAL, value);
  }

  /** Sets the widths of embeddings. */
  public E setEmbeddingSizes(int... values) {
    return set(NetworkSettings.EMBEDDING_SIZES, values);
  }
}
