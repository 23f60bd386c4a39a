package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.format.DecimalText;
import io.sparkrnn.format.DelimitedTextParser;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads the long format, one row a series and time, and gives one row a series: {@code id}, {@code
 * times} ({@code array<double>}, rising) and {@code features} (time steps by value columns, {@code
 * array<array<double>>}). Without a series column each file is one series, named after the file.
 * Files are text with a header and a separator; a DataFrame in long format goes to {@link #gather}.
 */
public final class LongFormatReader implements SequenceReader {
  /** Column that names the series. */
  public static final Setting<String> SERIES =
      Setting.text(
          "series", "series", "", "Column that names the series; empty: each file is one series");

  /** Column of the time. */
  public static final Setting<String> TIME =
      Setting.text("time", "time", "time", "Column of the time, by which a series is sorted");

  /** Pattern of the time. */
  public static final Setting<String> TIME_FORMAT =
      Setting.text(
          "timeFormat",
          "timeFormat",
          "",
          "Pattern of the time, such as yyyy-MM-dd HH:mm:ss (taken as UTC); empty: a number");

  /** Columns of the values. */
  public static final Setting<List<String>> VALUES =
      Setting.texts(
          "values",
          "values",
          List.of("value"),
          Rule.of("at least one column", columns -> !columns.isEmpty()),
          "Columns of numbers: the features of a time step, in this order");

  /** Separator of fields. */
  public static final Setting<String> SEPARATOR =
      Setting.text(
          "separator",
          "separator",
          ",",
          Rule.of("one character", text -> text.length() == 1),
          "Character between the fields of a line");

  static final Settings SETTINGS =
      Settings.of(SourceFiles.PATH, SERIES, TIME, TIME_FORMAT, VALUES, SEPARATOR);

  private static final String A_NUMBER = "a finite number";

  @Override
  public String format() {
    return "long";
  }

  @Override
  public String purpose() {
    return "Text in long format (series, time, values): id, times, features, one row a series";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    SourceFiles files = SourceFiles.find(spark, values.get(SourceFiles.PATH));
    Shape shape = Shape.of(values);
    char separator = values.get(SEPARATOR).charAt(0);
    return DataFailure.requireRows(
        gather(spark, files.parse((file, in) -> observations(file, in, shape, separator))),
        () -> files.shown() + ": expected a row after the header, found none");
  }

  /**
   * One row a series out of a DataFrame in long format.
   *
   * @param observations rows with the columns named in {@code values}; the series column must be
   *     given; a time is a number, a date, a timestamp, or a text in the time format
   * @param values of {@link #settings}; the settings of files are not used
   * @return columns {@code id}, {@code times}, {@code features}; what is wrong in a row surfaces
   *     when they are computed
   */
  public static Dataset<Row> gather(Dataset<Row> observations, Values values) {
    Shape shape = Shape.of(values);
    if (shape.series().isEmpty()) {
      throw new ConfigurationException("series: expected a column of the DataFrame, found none");
    }
    List<String> columns = new ArrayList<>(List.of(shape.series(), shape.time()));
    columns.addAll(shape.values());
    List<String> present = List.of(observations.columns());
    for (String column : columns) {
      if (!present.contains(column)) {
        throw new DataException(
            "expected a column \"" + column + "\", found the columns " + present);
      }
    }
    return gather(
        observations.sparkSession(),
        observations
            .select(columns.stream().map(observations::col).toArray(Column[]::new))
            .javaRDD()
            .map(row -> observation(row, shape)));
  }

  /** Which columns hold what. */
  private record Shape(String series, String time, TimeAxis axis, List<String> values)
      implements Serializable {
    static Shape of(Values values) {
      return new Shape(
          values.get(SERIES),
          values.get(TIME),
          new TimeAxis(values.get(TIME_FORMAT)),
          new ArrayList<>(values.get(VALUES)));
    }
  }

  private static Iterator<Observation> observations(
      SourceFile file, InputStream in, Shape shape, char separator) {
    DelimitedTextParser parser = new DelimitedTextParser(file.shown(), in, separator);
    int series = shape.series().isEmpty() ? -1 : parser.column(shape.series());
    int time = parser.column(shape.time());
    int[] values = shape.values().stream().mapToInt(parser::column).toArray();
    Iterable<List<String>> rows = () -> parser;
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            fields -> {
              String place = file.shown() + ", line " + parser.line();
              double[] numbers = new double[values.length];
              for (int m = 0; m < values.length; m++) {
                String field = fields.get(values[m]);
                numbers[m] =
                    Observation.require(
                        DecimalText.parse(field), place, shape.values().get(m), A_NUMBER, field);
              }
              String at = fields.get(time);
              return new Observation(
                  series < 0 ? file.name() : fields.get(series),
                  Observation.require(
                      shape.axis().parse(at), place, shape.time(), shape.axis().expected(), at),
                  numbers,
                  place);
            })
        .iterator();
  }

  private static Observation observation(Row row, Shape shape) {
    String place = "series " + row.get(0) + ", time " + row.get(1);
    if (row.isNullAt(0)) {
      throw new DataException(
          place + ", column \"" + shape.series() + "\": expected the name of a series, found null");
    }
    double[] numbers = new double[shape.values().size()];
    for (int m = 0; m < numbers.length; m++) {
      Object value = row.get(m + 2);
      numbers[m] =
          Observation.require(number(value), place, shape.values().get(m), A_NUMBER, value);
    }
    Object at = row.get(1);
    return new Observation(
        row.get(0).toString(),
        Observation.require(shape.axis().of(at), place, shape.time(), shape.axis().expected(), at),
        numbers,
        place);
  }

  private static OptionalDouble number(Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return OptionalDouble.of(number.doubleValue());
    }
    return value instanceof String text ? DecimalText.parse(text) : OptionalDouble.empty();
  }

  private static Dataset<Row> gather(SparkSession spark, JavaRDD<Observation> observations) {
    JavaRDD<Row> series =
        observations
            .groupBy(Observation::series)
            .map(group -> series(group._1(), group._2()))
            .setName("series");
    return spark.createDataFrame(
        series,
        Columns.schema(
            column(Columns.ID, DataTypes.StringType),
            column(Columns.TIMES, Columns.NUMBERS),
            column(Columns.FEATURES, Columns.STEPS)));
  }

  private static Row series(String id, Iterable<Observation> observations) {
    List<Observation> sorted =
        Stream.of(observations)
            .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
            .sorted(Comparator.comparingDouble(Observation::time).thenComparing(Observation::place))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      Observation earlier = sorted.get(i - 1);
      Observation later = sorted.get(i);
      if (earlier.time() == later.time()) {
        throw new DataException(
            "series "
                + id
                + ": expected one row at each time, found two at time "
                + later.time()
                + " ("
                + earlier.place()
                + "; "
                + later.place()
                + "); remove one, or name the column that tells the series apart");
      }
    }
    return RowFactory.create(
        id,
        sorted.stream().mapToDouble(Observation::time).toArray(),
        sorted.stream().map(Observation::values).toArray(double[][]::new));
  }
}
