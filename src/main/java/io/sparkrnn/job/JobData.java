package io.sparkrnn.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.reader.SeededSplit;
import io.sparkrnn.reader.SequenceReaders;
import io.sparkrnn.setting.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The data of a job: its blocks read, and split where it says so. */
final class JobData {

  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  static final String TEST = "test";

  /** Column that marks rows that validate. */
  static final String INDICATOR = "isValidation";

  private final SparkSession spark;
  private final JobFile job;
  private final Map<String, Dataset<Row>> parts = new LinkedHashMap<>();

  JobData(SparkSession spark, JobFile job) {
    this.spark = spark;
    this.job = job;
    split();
  }

  /** Checks the data blocks of a job without reading anything. */
  static void require(JobFile job) {
    for (String block : JobSettings.DATA_BLOCKS) {
      configured(job, block);
    }
  }

  /** A part of the data: train, validation, test or predict. */
  Optional<Dataset<Row>> part(String name) {
    return parts.containsKey(name) ? Optional.of(parts.get(name)) : read(name);
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
    Dataset<Row> train = needed(require(TRAIN));
    Optional<Dataset<Row>> validation = part(VALIDATION);
    if (validation.isEmpty()) {
      return train;
    }
    return train
        .withColumn(INDICATOR, lit(false))
        .unionByName(needed(validation.get()).withColumn(INDICATOR, lit(true)));
  }

  /** Whether there is validation data. */
  boolean validates() {
    return part(VALIDATION).isPresent();
  }

  private Dataset<Row> needed(Dataset<Row> rows) {
    ColumnSettings columns = ColumnSettings.from(job.values());
    Set<String> names = new LinkedHashSet<>();
    for (String name :
        List.of(
            columns.id(),
            columns.features(),
            columns.label(),
            columns.weight(),
            columns.validationIndicator())) {
      if (!name.isEmpty() && List.of(rows.columns()).contains(name)) {
        names.add(name);
      }
    }
    List<Column> selected = new ArrayList<>();
    names.forEach(name -> selected.add(col(name)));
    return selected.isEmpty() ? rows : rows.select(selected.toArray(new Column[0]));
  }

  private void split() {
    Values values = job.values();
    double validation = values.get(JobSettings.SPLIT_VALIDATION);
    double test = values.get(JobSettings.SPLIT_TEST);
    if (validation == 0 && test == 0) {
      return;
    }
    if (validation + test >= 1) {
      throw new ConfigurationException(
          "split.validation: with split.test it takes %s of data.train, which leaves nothing to train on"
              .formatted(validation + test));
    }
    Map<String, Double> fractions = new LinkedHashMap<>();
    fractions.put(TRAIN, 1 - validation - test);
    addShare(fractions, VALIDATION, validation);
    addShare(fractions, TEST, test);
    long seed = values.get(JobSettings.SPLIT_SEED);
    SeededSplit split =
        values.get(JobSettings.SPLIT_STRATIFIED)
            ? SeededSplit.stratified(seed, fractions, values.get(ColumnSettings.LABEL))
            : SeededSplit.byId(seed, fractions);
    read(TRAIN).ifPresent(rows -> parts.putAll(split.of(rows)));
  }

  private void addShare(Map<String, Double> fractions, String part, double share) {
    if (share == 0) {
      return;
    }
    if (job.block("data." + part).isPresent()) {
      throw new ConfigurationException(
          "split.%s: there is a block data.%s too; keep one of them".formatted(part, part));
    }
    fractions.put(part, share);
  }

  private Optional<Dataset<Row>> read(String name) {
    return configured(job, "data." + name).map(reader -> reader.read(spark));
  }

  private static Optional<SequenceReaders.Configured> configured(JobFile job, String block) {
    return job.block(block).map(found -> SequenceReaders.configure(block, found.toMap()));
  }
}
