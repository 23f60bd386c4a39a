package io.sparkrnn.reader;

import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes a DataFrame with a row a sequence out of one format. A user's own reader has a public
 * constructor without arguments; a job names its class as the format.
 */
public interface SequenceReader {
  /** Name of the format in a job file. */
  String format();

  /** What it reads and which columns it gives, in one line. */
  String purpose();

  /** The settings it takes: keys of the data block, with meaning and default. */
  Settings settings();

  /**
   * Reads. Rows are computed when they are needed, and what is wrong in a file may surface only
   * then: see {@link DataFailure}.
   *
   * @param values of exactly {@link #settings}
   * @return at least one row; a column {@code id} of different texts that depend on the data alone
   * @throws io.sparkrnn.error.DataException if a file is missing or wrong, or there are no rows
   * @throws io.sparkrnn.error.ConfigurationException if settings are impossible together
   */
  Dataset<Row> read(SparkSession spark, Values values);
}
