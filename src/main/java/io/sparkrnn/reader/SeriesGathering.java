package io.sparkrnn.reader;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Gathers the rows of a DataFrame in long format into series, on executors: rows are dealt by the
 * hash of the series' name, sorted by name, time and values, and read in one pass that holds one
 * series at a time. So what comes out does not depend on how the source was partitioned. Timestamps
 * count by the time of day that they show in the session's zone, so that days are always as long.
 */
public final class SeriesGathering implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the one series where no column names them. */
  private static final String ONLY = "series";

  private final SeriesColumns columns;
  private final SeriesAssembly assembly;
  private final TimeAxis axis = new TimeAxis("");

  /** Hears of series that cannot be used, and ends the work unless they are left out. */
  @FunctionalInterface
  public interface Unusable extends Serializable {

    /** Refuses them. */
    Unusable REFUSED =
        (series, problem) -> {
          throw problem;
        };

    /**
     * Called once a series, where it was gathered.
     *
     * @param series its name, or {@link #UNNAMED}
     * @param problem what is wrong with it
     */
    void found(String series, DataException problem);
  }

  /** What rows without the name of a series are called together. */
  public static final String UNNAMED = "null";

  /** Gathers as a policy says. */
  public SeriesGathering(SeriesAssembly assembly) {
    this.columns = assembly.columns();
    this.assembly = assembly;
  }

  /**
   * The series in {@code partitions} partitions, each in the order of names.
   *
   * @throws DataException when they are computed, if rows break a policy
   */
  public JavaRDD<TimeSeries> of(Dataset<?> rows, int partitions) {
    return of(rows, partitions, Unusable.REFUSED);
  }

  /** The same without those series that break a policy, of which somebody is told. */
  public JavaRDD<TimeSeries> of(Dataset<?> rows, int partitions, Unusable unusable) {
    return sorted(rows, partitions)
        .mapPartitions(sorted -> new Groups(sorted, unusable))
        .setName("series");
  }

  /** The names of the series that break a policy. */
  public JavaRDD<String> unusable(Dataset<?> rows, int partitions) {
    return sorted(rows, partitions)
        .mapPartitions(
            sorted -> {
              List<String> names = new ArrayList<>();
              new Groups(sorted, (series, problem) -> names.add(series))
                  .forEachRemaining(usable -> {});
              return names.iterator();
            });
  }

  private JavaRDD<Row> sorted(Dataset<?> rows, int partitions) {
    List<Column> selected = new ArrayList<>();
    selected.add(
        (columns.id().isEmpty() ? lit(ONLY) : named(columns.id()).cast(DataTypes.StringType))
            .as("_1"));
    Column time = named(columns.time());
    boolean zoned = columns.timeType(rows.schema()).equals(DataTypes.TimestampType);
    selected.add((zoned ? time.cast(DataTypes.TimestampNTZType) : time).as("_2"));
    for (String number : columns.numbers()) {
      selected.add(named(number).cast(DataTypes.DoubleType).as("_" + (selected.size() + 1)));
    }
    Column[] order = new Column[selected.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = col("_" + (i + 1));
    }
    return rows.toDF()
        .select(selected.toArray(Column[]::new))
        .repartition(partitions, order[0])
        .sortWithinPartitions(order)
        .javaRDD();
  }

  private static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  /** Reads sorted rows series by series. */
  private final class Groups implements Iterator<TimeSeries> {
    private final Iterator<Row> rows;
    private final Unusable unusable;
    private Row next;
    private Optional<TimeSeries> ready = Optional.empty();

    Groups(Iterator<Row> rows, Unusable unusable) {
      this.rows = rows;
      this.unusable = unusable;
      this.next = advance();
    }

    private Row advance() {
      return rows.hasNext() ? rows.next() : org.apache.spark.sql.Row$.MODULE$.empty();
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && next.size() > 0) {
        ready = series();
      }
      return ready.isPresent();
    }

    @Override
    public TimeSeries next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      TimeSeries series = ready.orElseThrow();
      ready = Optional.empty();
      return series;
    }

    /** Reads the rows of one series to its end, whatever is wrong with them. */
    private Optional<TimeSeries> series() {
      boolean unnamed = next.isNullAt(0);
      String name = unnamed ? UNNAMED : next.getString(0);
      List<double[]> group = new ArrayList<>();
      Optional<DataException> problem = Optional.empty();
      while (next.size() > 0 && (unnamed ? next.isNullAt(0) : name.equals(next.get(0)))) {
        try {
          if (problem.isEmpty()) {
            group.add(numbers(id(next), next));
          }
        } catch (DataException e) {
          problem = Optional.of(e);
        }
        next = advance();
      }
      try {
        problem.ifPresent(
            found -> {
              throw found;
            });
        return Optional.of(assembly.of(name, group));
      } catch (DataException e) {
        unusable.found(name, e);
        return Optional.empty();
      }
    }

    private String id(Row row) {
      if (row.isNullAt(0)) {
        throw new DataException(
            "column %s: expected the name of a series, found null at time %s"
                .formatted(columns.id(), row.get(1)));
      }
      return row.getString(0);
    }

    private double[] numbers(String id, Row row) {
      double[] numbers = new double[row.size() - 1];
      numbers[0] =
          Observation.require(
              axis.of(row.get(1)), "series " + id, columns.time(), "a time", row.get(1));
      for (int i = 1; i < numbers.length; i++) {
        numbers[i] = row.isNullAt(i + 1) ? Double.NaN : row.getDouble(i + 1);
        if (Double.isInfinite(numbers[i])) {
          throw new DataException(
              "series %s, time %s: expected a finite value of column %s, found %s"
                  .formatted(id, row.get(1), columns.numbers().get(i - 1), numbers[i]));
        }
        if (Math.abs(numbers[i]) > Float.MAX_VALUE) {
          throw new DataException(
              "series %s, time %s: expected a value of column %s between -3.4e38 and 3.4e38, found %s"
                  .formatted(id, row.get(1), columns.numbers().get(i - 1), numbers[i]));
        }
      }
      return numbers;
    }
  }
}
