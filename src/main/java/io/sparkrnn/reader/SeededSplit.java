package io.sparkrnn.reader;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import io.sparkrnn.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Splits rows into named parts by a hash of (seed, id): the same rows whatever the partitions, the
 * order and the number of executors.
 *
 * <p>Without a label a row falls into a part by its own hash, u in [0, 1): the sizes are those of a
 * random draw, and a row stays where it is when others come or go. With a label the rows of each
 * class are put in the order of their hashes and cut at the cumulated fractions, each cut at the
 * nearest whole row: every part has its exact share of every class.
 */
public final class SeededSplit {
  private static final double TWO_TO_MINUS_53 = 0x1p-53;
  private static final double TOLERANCE = 1e-9;
  private static final String POSITION = "__position";

  private final long seed;
  private final Map<String, Double> fractions;
  private final Optional<String> label;

  private SeededSplit(long seed, Map<String, Double> fractions, Optional<String> label) {
    double sum = 0;
    for (Map.Entry<String, Double> part : fractions.entrySet()) {
      double fraction = part.getValue();
      if (!(fraction > 0 && fraction <= 1)) {
        throw new ConfigurationException(
            "split, " + part.getKey() + ": expected a fraction in (0, 1], found " + fraction);
      }
      sum += fraction;
    }
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new ConfigurationException(
          "split: expected fractions that add up to 1, found " + fractions);
    }
    this.seed = seed;
    this.fractions = new LinkedHashMap<>(fractions);
    this.label = label;
  }

  /**
   * A split by the hash of each row alone.
   *
   * @param seed another seed gives another split
   * @param fractions of the parts by their names; they add up to 1
   */
  public static SeededSplit byId(long seed, Map<String, Double> fractions) {
    return new SeededSplit(seed, fractions, Optional.empty());
  }

  /**
   * A split with the exact share of every class.
   *
   * @param label column of the class
   */
  public static SeededSplit stratified(long seed, Map<String, Double> fractions, String label) {
    return new SeededSplit(seed, fractions, Optional.of(label));
  }

  /**
   * The parts by their names, in the order of the fractions; every row is in exactly one.
   *
   * @param rows with a column {@code id} that is different for every row
   */
  public Map<String, Dataset<Row>> of(Dataset<Row> rows) {
    Dataset<Row> positioned = rows.withColumn(POSITION, position());
    Map<String, Dataset<Row>> parts = new LinkedHashMap<>();
    double begin = 0;
    int left = fractions.size();
    for (Map.Entry<String, Double> part : fractions.entrySet()) {
      left--;
      double end = left == 0 ? 1 : begin + part.getValue();
      Column inside = col(POSITION).geq(lit(begin)).and(col(POSITION).lt(lit(end)));
      parts.put(part.getKey(), positioned.where(inside).drop(POSITION));
      begin = end;
    }
    return parts;
  }

  /** A number in [0, 1) whose comparison with the cumulated fractions tells the part. */
  private Column position() {
    Column hash = xxhash64(lit(seed), col(Columns.ID).cast("string"));
    if (label.isEmpty()) {
      return shiftrightunsigned(hash, 11).cast("double").multiply(TWO_TO_MINUS_53);
    }
    WindowSpec ofClass = Window.partitionBy(col(label.get()));
    Column rank = row_number().over(ofClass.orderBy(hash, col(Columns.ID)));
    return rank.minus(0.5).divide(count(lit(1)).over(ofClass));
  }
}
