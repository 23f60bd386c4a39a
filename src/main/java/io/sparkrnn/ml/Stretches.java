package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.SeriesColumns;
import io.sparkrnn.statistics.AutoregressiveSums;
import io.sparkrnn.statistics.LagSegment;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/**
 * One series that may be longer than a machine: cut into stretches of equal time, a partition each,
 * whose sums join in the order of time. Times are numbers, at equal distances.
 *
 * @param columns time and target
 * @param partitions P
 */
record Stretches(SeriesColumns columns, int partitions) implements Serializable {

  /** Share of a step that a time may miss its place by: times are written with few digits. */
  private static final double TOLERANCE = 0.1;

  /**
   * The sums of one stretch, and where it begins and ends.
   *
   * @param segment its sums
   * @param first time
   * @param last time
   */
  private record Stretch(LagSegment segment, double first, double last) implements Serializable {}

  /** The sums of the series; {@code kind} says of which order. */
  AutoregressiveSums sums(Dataset<?> dataset, AutoregressiveSums kind) {
    Dataset<Row> rows =
        dataset
            .toDF()
            .select(
                col("`" + columns.time() + "`").cast(DataTypes.DoubleType).as("time"),
                col("`" + columns.target() + "`").cast(DataTypes.DoubleType).as("value"));
    Row span = rows.agg(min("time"), max("time"), count(lit(1)), count("time")).head();
    if (span.getLong(2) == 0) {
      return kind;
    }
    if (span.getLong(3) < span.getLong(2)) {
      throw new DataException(
          "column %s: expected a time in every row, found a null".formatted(columns.time()));
    }
    double start = span.getDouble(0);
    double step = (span.getDouble(1) - start) / Math.max(1, span.getLong(2) - 1);
    List<Stretch> stretches =
        rows.javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(row.getDouble(0), row.isNullAt(1) ? Double.NaN : row.getDouble(1)))
            .repartitionAndSortWithinPartitions(new ByTime(start, span.getDouble(1), partitions))
            .mapPartitions(sorted -> stretch(sorted, kind, step))
            .collect();
    return joined(stretches, kind, step);
  }

  private Iterator<Stretch> stretch(
      Iterator<Tuple2<Double, Double>> sorted, AutoregressiveSums kind, double step) {
    if (!sorted.hasNext()) {
      return List.<Stretch>of().iterator();
    }
    LagSegment segment = new LagSegment(kind);
    Tuple2<Double, Double> row = sorted.next();
    double first = row._1;
    segment.append(value(row));
    double last = first;
    while (sorted.hasNext()) {
      row = sorted.next();
      requireStep(last, row._1, step);
      last = row._1;
      segment.append(value(row));
    }
    return List.of(new Stretch(segment, first, last)).iterator();
  }

  private AutoregressiveSums joined(List<Stretch> stretches, AutoregressiveSums kind, double step) {
    LagSegment all = new LagSegment(kind);
    double last = Double.NaN;
    for (Stretch stretch : stretches) {
      if (all.length() > 0) {
        requireStep(last, stretch.first(), step);
      }
      all.append(stretch.segment());
      last = stretch.last();
    }
    return all.close();
  }

  private double value(Tuple2<Double, Double> row) {
    if (Double.isFinite(row._2)) {
      return row._2;
    }
    throw new DataException(
        "time %s: expected a finite value of column %s, found a null, NaN or infinity"
            .formatted(row._1, columns.target()));
  }

  private static void requireStep(double from, double to, double step) {
    if (Math.abs(to - from - step) > TOLERANCE * step || to == from) {
      throw new DataException(
          "time %s: expected the next time about %s, as rows are %s apart on average, found %s; set %s and %s"
              .formatted(
                  from,
                  from + step,
                  step,
                  to,
                  SeriesSettings.GAPS.key(),
                  SeriesSettings.DUPLICATES.key()));
    }
  }

  /** Equal shares of time. */
  private static final class ByTime extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final double start;
    private final double end;
    private final int partitions;

    ByTime(double start, double end, int partitions) {
      this.start = start;
      this.end = end;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      double share = end > start ? ((Double) key - start) / (end - start) : 0;
      return Math.min(partitions - 1, (int) (share * partitions));
    }
  }
}
