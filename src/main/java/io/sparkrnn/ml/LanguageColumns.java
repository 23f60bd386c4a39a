package io.sparkrnn.ml;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;

/**
 * Columns of documents. An empty name stands for no column.
 *
 * @param document text, or an array of tokens
 * @param validationIndicator true for rows that are scored and not trained on
 * @param id named in messages
 * @param invalid what becomes of rows that cannot be used
 * @param logProbability written: of the whole document, nats
 * @param perplexity written: of a token of the document
 * @param surprise written: of each token, nats
 */
record LanguageColumns(
    String document,
    String validationIndicator,
    String id,
    InvalidRows invalid,
    String logProbability,
    String perplexity,
    String surprise)
    implements Serializable {

  /** {@link #logProbability}. */
  static final Setting<String> LOG_PROBABILITY =
      Setting.text(
          "columns.logProbability",
          "logProbabilityCol",
          "logProbability",
          "column for ln p of a document; empty for none");

  /** {@link #perplexity}. */
  static final Setting<String> PERPLEXITY =
      Setting.text(
          "columns.perplexity",
          "perplexityCol",
          "perplexity",
          "column for the perplexity of a document; empty for none");

  /** {@link #surprise}. */
  static final Setting<String> SURPRISE =
      Setting.text(
          "columns.surprise",
          "surpriseCol",
          "",
          "column for -ln p of each token of a document, and of its end where boundaries are"
              + " learnt; empty for none");

  /** What is written. */
  static final Settings WRITTEN = Settings.of(LOG_PROBABILITY, PERPLEXITY, SURPRISE);

  static final Settings SETTINGS =
      Settings.union(
          Settings.of(
              ColumnSettings.FEATURES,
              ColumnSettings.VALIDATION_INDICATOR,
              ColumnSettings.ID,
              ColumnSettings.HANDLE_INVALID),
          WRITTEN);

  static LanguageColumns from(Values values) {
    return new LanguageColumns(
        values.get(ColumnSettings.FEATURES),
        values.get(ColumnSettings.VALIDATION_INDICATOR),
        values.get(ColumnSettings.ID),
        InvalidRows.of(values.get(ColumnSettings.HANDLE_INVALID)),
        values.get(LOG_PROBABILITY),
        values.get(PERPLEXITY),
        values.get(SURPRISE));
  }
}
