package io.sparkrnn.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.reader.SeededSplit;
import io.sparkrnn.reader.SequenceReaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The data of a job: its blocks, each read once and not before it is needed, and cut into parts
 * where the job says so.
 */
final class JobData {

  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";
  static final String PREDICT = "predict";

  /** Column that marks rows that validate. */
  static final String INDICATOR = "isValidation";

  private final SparkSession spark;
  private final JobFile job;
  private final JobParts cuts;
  private final ColumnSettings columns;
  private final Map<String, Dataset<Row>> parts = new LinkedHashMap<>();

  /** Checks the blocks of a job; reads nothing yet. */
  JobData(SparkSession spark, JobFile job) {
    require(job);
    this.spark = spark;
    this.job = job;
    this.cuts = JobParts.of(job);
    this.columns = ColumnSettings.from(job.values());
  }

  /** Checks the data blocks of a job, and how they go together, without reading anything. */
  static void require(JobFile job) {
    for (String block : JobSettings.DATA_BLOCKS) {
      configured(job, block);
    }
    JobParts.of(job);
  }

  /** A part of the data: train, validation, test or predict. */
  Optional<Dataset<Row>> part(String name) {
    if (!parts.containsKey(name)) {
      if (cuts.areCutFromTrain(name)) {
        read(TRAIN).ifPresent(rows -> parts.putAll(cut(rows)));
      } else {
        read(name).ifPresent(rows -> parts.put(name, rows));
      }
    }
    return Optional.ofNullable(parts.get(name));
  }

  /** A part that must be there. */
  Dataset<Row> require(String name) {
    return part(name)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "data.%s: this command needs it; add the block to the job file"
                        .formatted(name)));
  }

  /**
   * What an estimator is fitted to: the columns it needs, with the rows that validate marked. The
   * indicator column is added only if there is validation data.
   */
  Dataset<Row> training() {
    Dataset<Row> train = marked(needed(require(TRAIN)), false);
    return part(VALIDATION)
        .map(rows -> needed(rows))
        .map(rows -> train.unionByName(marked(sameColumns(train, rows), true)))
        .orElse(train);
  }

  /** The test rows in the form of {@link #training}, to be looked at before anything is trained. */
  Optional<Dataset<Row>> testing() {
    return part(TEST).map(rows -> marked(needed(rows), false));
  }

  /** Whether there is validation data. */
  boolean validates() {
    return part(VALIDATION).isPresent();
  }

  private Dataset<Row> marked(Dataset<Row> rows, boolean validation) {
    return validates() ? rows.withColumn(INDICATOR, lit(validation)) : rows;
  }

  /**
   * The columns a training reads, so far as they are there: the estimator tells what is missing.
   */
  private Dataset<Row> needed(Dataset<Row> rows) {
    List<String> present = List.of(rows.columns());
    Column[] selected =
        Stream.of(columns.id(), columns.features(), columns.label(), columns.weight())
            .filter(present::contains)
            .distinct()
            .map(JobData::named)
            .toArray(Column[]::new);
    return selected.length == 0 ? rows : rows.select(selected);
  }

  private Dataset<Row> sameColumns(Dataset<Row> train, Dataset<Row> validation) {
    StructType expected = train.drop(INDICATOR).schema();
    if (!types(expected).equals(types(validation.schema()))) {
      throw new ConfigurationException(
          "data.validation: expected the columns of data.train, %s, found %s"
              .formatted(expected.simpleString(), validation.schema().simpleString()));
    }
    return validation;
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new LinkedHashMap<>();
    Stream.of(schema.fields())
        .forEach(field -> types.put(field.name(), field.dataType().simpleString()));
    return types;
  }

  private Map<String, Dataset<Row>> cut(Dataset<Row> rows) {
    Map<String, Dataset<Row>> made = new LinkedHashMap<>();
    if (cuts.shares().size() > 1) {
      String label = columns.label();
      if (cuts.isStratified()) {
        requireColumn(rows, "columns.label", label);
      }
      SeededSplit split =
          cuts.isStratified()
              ? SeededSplit.stratified(cuts.seed(), cuts.shares(), label)
              : SeededSplit.byId(cuts.seed(), cuts.shares());
      made.putAll(split.of(rows));
      made.forEach(JobData::requireRows);
    } else {
      made.put(TRAIN, rows);
    }
    String indicator = columns.validationIndicator();
    if (!indicator.isEmpty()) {
      requireColumn(rows, "columns.validationIndicator", indicator);
      Dataset<Row> train = made.get(TRAIN);
      Column validates = coalesce(named(indicator), lit(false));
      made.put(VALIDATION, train.where(validates));
      made.put(TRAIN, train.where(not(validates)));
    }
    return made;
  }

  private static void requireRows(String part, Dataset<Row> rows) {
    if (rows.isEmpty()) {
      throw new DataException(
          "data.%s: no row of data.train falls into this part; make its share of the split larger"
              .formatted(part));
    }
  }

  private static void requireColumn(Dataset<Row> rows, String setting, String column) {
    StructType schema = rows.schema();
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw new ConfigurationException(
          "%s: there is no column %s; the data have %s"
              .formatted(setting, column, List.of(schema.fieldNames())));
    }
    if (setting.equals("columns.validationIndicator")
        && !schema.apply(column).dataType().equals(DataTypes.BooleanType)) {
      throw new ConfigurationException(
          "%s: column %s must be a boolean, found %s"
              .formatted(setting, column, schema.apply(column).dataType().simpleString()));
    }
  }

  private static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  private Optional<Dataset<Row>> read(String name) {
    String block = "data." + name;
    return configured(job, block)
        .map(
            reader -> {
              try {
                return reader.read(spark);
              } catch (ConfigurationException failure) {
                throw new ConfigurationException(block + "." + failure.getMessage(), failure);
              }
            });
  }

  private static Optional<SequenceReaders.Configured> configured(JobFile job, String block) {
    return job.block(block).map(found -> SequenceReaders.configure(block, found.toMap()));
  }
}
