package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.SeriesGathering;
import io.sparkrnn.setting.Values;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * What happens to series that cannot be used: those that break the policies of gaps and duplicates,
 * hold infinities or nulls where none may be, or are too short. A training leaves them out unless
 * they are refused; a model's {@code transform} leaves them out (skip) or gives them null forecasts
 * (keep).
 *
 * @param invalid what happens
 * @param leftOut counts them, where {@link #invalid} leaves them out
 */
record SeriesPolicy(InvalidRows invalid, LongAccumulator leftOut)
    implements SeriesGathering.Unusable {

  /** The policy that settings say, with a counter of its own. */
  static SeriesPolicy of(SparkSession spark, Values values) {
    return new SeriesPolicy(
        InvalidRows.of(values.get(ColumnSettings.HANDLE_INVALID)),
        spark.sparkContext().longAccumulator("series left out"));
  }

  @Override
  public void found(String series, DataException problem) {
    if (invalid.refused()) {
      throw new DataException(
          "%s; %s = skip leaves such series out"
              .formatted(problem.getMessage(), ColumnSettings.HANDLE_INVALID.key()),
          problem);
    }
    leftOut.add(1);
  }

  /** The same for a problem that does not name its series. */
  void found(String series, String problem) {
    found(series, new DataException("series %s: %s".formatted(series, problem)));
  }
}
