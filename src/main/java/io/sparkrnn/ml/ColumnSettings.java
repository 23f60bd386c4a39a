package io.sparkrnn.ml;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.List;

/**
 * Which columns of a DataFrame are read and written. An empty name stands for no column.
 *
 * @param features tokens, numbers, arrays of numbers or vectors, one a step
 * @param label class, labels or values
 * @param prediction written
 * @param probability written
 * @param weight weight of a sequence in the loss
 * @param validationIndicator true for rows that are scored and not trained on
 * @param id named in messages
 * @param invalid what happens to rows that cannot be used
 */
public record ColumnSettings(
    String features,
    String label,
    String prediction,
    String probability,
    String weight,
    String validationIndicator,
    String id,
    InvalidRows invalid)
    implements Serializable {

  /** {@link #features}. */
  public static final Setting<String> FEATURES =
      Setting.text(
          "columns.features",
          "featuresCol",
          "features",
          "column of sequences: an array of tokens, numbers, arrays of numbers, or vectors");

  /** {@link #label}. */
  public static final Setting<String> LABEL =
      Setting.text(
          "columns.label",
          "labelCol",
          "label",
          "column of targets: a class; or an array with a label or a value for every step");

  /** {@link #prediction}. */
  public static final Setting<String> PREDICTION =
      Setting.text(
          "columns.prediction",
          "predictionCol",
          "prediction",
          "column that predictions are written to");

  /** {@link #probability}. */
  public static final Setting<String> PROBABILITY =
      Setting.text(
          "columns.probability",
          "probabilityCol",
          "probability",
          "column for the probabilities of all classes; empty for none");

  /** {@link #weight}. */
  public static final Setting<String> WEIGHT =
      Setting.text(
          "columns.weight",
          "weightCol",
          "",
          "column with the weight of a sequence in the loss; empty for 1 each");

  /** {@link #validationIndicator}. */
  public static final Setting<String> VALIDATION_INDICATOR =
      Setting.text(
          "columns.validationIndicator",
          "validationIndicatorCol",
          "",
          "boolean column: true for rows that only validate; empty for no validation");

  /** {@link #id}. */
  public static final Setting<String> ID =
      Setting.text(
          "columns.id", "idCol", "", "column that names a row in messages; empty for none");

  /** What happens to rows that cannot be used. */
  public static final Setting<String> HANDLE_INVALID =
      Setting.choice(
          "columns.handleInvalid",
          "handleInvalid",
          "error",
          List.of("error", "skip", "keep"),
          "rows with nulls, NaN or no steps: refuse them with an error, leave them out, or keep them"
              + " with a null prediction (null tokens count as unknown); a training leaves out what it"
              + " cannot use in both latter ways");

  /** All settings of columns. */
  public static final Settings SETTINGS =
      Settings.of(
          FEATURES,
          LABEL,
          PREDICTION,
          PROBABILITY,
          WEIGHT,
          VALIDATION_INDICATOR,
          ID,
          HANDLE_INVALID);

  /** Reads the settings out of values; those a task does not have are empty. */
  public static ColumnSettings from(Values values) {
    return new ColumnSettings(
        values.get(FEATURES),
        values.get(LABEL),
        values.get(PREDICTION),
        values.settings().contains(PROBABILITY) ? values.get(PROBABILITY) : "",
        values.get(WEIGHT),
        values.get(VALIDATION_INDICATOR),
        values.get(ID),
        InvalidRows.of(values.get(HANDLE_INVALID)));
  }

  /** The same without the indicator: for rows that are all of one kind. */
  ColumnSettings withoutValidation() {
    return new ColumnSettings(features, label, prediction, probability, weight, "", id, invalid);
  }
}
