package io.sparkrnn.reader;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Reads whatever Spark reads, by a source and its options or by a query, and maps its columns with
 * SQL expressions. Where the rows have no column {@code id} they get one from their content: its
 * SHA-256 and, for equal rows, a number, so that it does not depend on partitions.
 */
public final class TableReader implements SequenceReader {
  static final Setting<String> SOURCE =
      Setting.text(
          "source", "source", "parquet", "Spark data source: parquet, json, csv, orc, jdbc, …");

  static final Setting<List<String>> OPTIONS =
      Setting.texts(
          "options",
          "options",
          List.of(),
          Rule.of(
              "a list of texts key=value",
              options -> options.stream().allMatch(option -> option.indexOf('=') > 0)),
          "Options of the source, each key=value, such as header=true");

  static final Setting<String> SCHEMA =
      Setting.text(
          "schema",
          "schema",
          "",
          "Schema as DDL, such as id STRING, x ARRAY<DOUBLE>; else inferred");

  static final Setting<String> QUERY =
      Setting.text("query", "query", "", "SQL query instead of source and path");

  static final Setting<String> WHERE =
      Setting.text("where", "where", "", "SQL condition on the rows to keep; empty: all");

  static final Setting<List<String>> COLUMNS =
      Setting.texts(
          "columns",
          "columns",
          List.of(),
          "SQL expressions of the columns to give, such as split(name, '') AS tokens; none: as"
              + " read");

  /** Sources of Spark that read nothing without a path. */
  private static final Set<String> OF_FILES = Set.of("parquet", "json", "csv", "orc", "text");

  private static final Settings SETTINGS =
      Settings.of(SourceFiles.PATH, SOURCE, OPTIONS, SCHEMA, QUERY, WHERE, COLUMNS);

  @Override
  public String format() {
    return "table";
  }

  @Override
  public String purpose() {
    return "Any Spark source or SQL query: its columns, or SQL expressions of them, and id";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    Dataset<Row> table = values.isSet(QUERY) ? query(spark, values) : load(spark, values);
    Dataset<Row> kept =
        !values.get(WHERE).isEmpty()
            ? configured(WHERE, values.get(WHERE), () -> table.where(values.get(WHERE)))
            : table;
    String[] columns = values.get(COLUMNS).toArray(String[]::new);
    Dataset<Row> mapped =
        columns.length == 0
            ? kept
            : configured(COLUMNS, values.get(COLUMNS), () -> kept.selectExpr(columns));
    return DataFailure.requireRows(
        identified(mapped), () -> shown(values) + ": expected rows, found none");
  }

  private static Dataset<Row> query(SparkSession spark, Values values) {
    for (Setting<?> other : List.of(SourceFiles.PATH, SOURCE, OPTIONS, SCHEMA)) {
      if (values.isSet(other)) {
        throw new ConfigurationException(
            "query: expected alone, found beside " + other.key() + "; remove one of them");
      }
    }
    return configured(QUERY, values.get(QUERY), () -> spark.sql(values.get(QUERY)));
  }

  private static Dataset<Row> load(SparkSession spark, Values values) {
    String[] paths = values.get(SourceFiles.PATH).toArray(String[]::new);
    if (paths.length == 0 && OF_FILES.contains(values.get(SOURCE))) {
      throw new ConfigurationException("path: expected a file, folder or pattern, found none");
    }
    SourceFiles.requireExisting(spark, values.get(SourceFiles.PATH));
    DataFrameReader reader = spark.read().format(values.get(SOURCE)).option("mode", "FAILFAST");
    for (String option : values.get(OPTIONS)) {
      int equals = option.indexOf('=');
      reader.option(option.substring(0, equals).strip(), option.substring(equals + 1).strip());
    }
    if (values.isSet(SCHEMA)) {
      configured(SCHEMA, values.get(SCHEMA), () -> reader.schema(values.get(SCHEMA)));
    }
    return loaded(reader, values, paths);
  }

  /**
   * Files that fail the tasks which look at them are wrong; anything else is the source's fault.
   */
  private static Dataset<Row> loaded(DataFrameReader reader, Values values, String... paths) {
    try {
      return configured(
          SOURCE, values.get(SOURCE), () -> paths.length == 0 ? reader.load() : reader.load(paths));
    } catch (ConfigurationException e) {
      if (DataFailure.isOfTask(e)) {
        throw new DataException(
            "%s: cannot be read as %s (%s); is it whole?"
                .formatted(
                    String.join(", ", paths), values.get(SOURCE), DataFailure.rootMessage(e)),
            e);
      }
      throw e;
    }
  }

  /**
   * What Spark refuses when it is told a setting is that setting's fault, unless it is the data's.
   */
  private static <T> T configured(Setting<?> setting, Object value, Supplier<T> action) {
    try {
      return DataFailure.unwrapped(action);
    } catch (DataFailure.OfSpark e) {
      throw unusable(setting, value, e);
    } catch (DataException e) {
      throw DataFailure.isOfExpression(e) ? unusable(setting, value, e) : e;
    }
  }

  private static ConfigurationException unusable(
      Setting<?> setting, Object value, RuntimeException refused) {
    return new ConfigurationException(
        setting.key()
            + ": Spark cannot use "
            + value
            + ": "
            + String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
        refused);
  }

  /** The rows with a text {@code id} as their first column. */
  private static Dataset<Row> identified(Dataset<Row> rows) {
    Column[] others =
        Stream.of(rows.columns())
            .filter(name -> !name.equals(Columns.ID))
            .map(name -> rows.col("`" + name.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    List<Column> all = new ArrayList<>(List.of(others));
    if (others.length < rows.columns().length) {
      all.add(0, rows.col(Columns.ID).cast("string").as(Columns.ID));
      return rows.select(all.toArray(Column[]::new));
    }
    Column content = sha2(to_json(struct(others)), 256);
    Column ordinal = row_number().over(Window.partitionBy(content).orderBy(content)).cast("string");
    all.add(0, concat(content, lit("#"), ordinal).as(Columns.ID));
    return rows.select(all.toArray(Column[]::new));
  }

  private static String shown(Values values) {
    return values.isSet(QUERY)
        ? values.get(QUERY)
        : values.get(SOURCE) + " " + values.get(SourceFiles.PATH);
  }
}
