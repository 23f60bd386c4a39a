package io.sparkrnn.ml;

import java.util.Locale;

/**
 * What happens to rows that cannot be used, with Spark ML's meaning of {@code handleInvalid}. What
 * is invalid: a null, empty or ragged sequence, a null, NaN or infinite number in it, a width other
 * than in training, and (where targets are needed) a null label, targets of another length, a
 * weight that is no weight. Valid in every mode: a token that training never saw (the unknown
 * token), a label that training never saw (counted as wrong), a step without a label or value (not
 * counted).
 *
 * <table>
 * <caption>By what is done with the rows</caption>
 * <tr><th></th><th>error</th><th>skip</th><th>keep</th></tr>
 * <tr><td>fit, evaluate</td><td>refuse</td><td>leave out</td><td>leave out, and read null tokens as
 * the unknown one</td></tr>
 * <tr><td>transform</td><td>refuse</td><td>leave out</td><td>keep, with null predictions; read null
 * tokens as the unknown one</td></tr>
 * </table>
 */
enum InvalidRows {
  /** Refuse them all together, the first ones by name. */
  ERROR,
  /** Leave them out, counted. */
  SKIP,
  /** Use what can be used of them, and predict null for the others, counted. */
  KEEP;

  /** The mode that a setting says. */
  static InvalidRows of(String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }

  /** Whether they end the work. */
  boolean refused() {
    return this == ERROR;
  }
}
