package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Simple methods to compare a network with, fitted to and scored on the rows it is.
 *
 * <pre>
 * most-frequent   classes: the most frequent one; labels: the most frequent of each token
 * naive-bayes     classes of token sequences: multinomial, on runs of 1 to 4 tokens
 * mean            values: the mean of the training targets
 * repeat-last     values: the features of the same step, as many as there are targets
 * </pre>
 */
public final class Baselines {

  private static final String MOST_FREQUENT = "most-frequent";
  private static final String NAIVE_BAYES = "naive-bayes";
  private static final String MEAN = "mean";
  private static final String REPEAT_LAST = "repeat-last";

  /** All names. */
  public static final List<String> NAMES = List.of(MOST_FREQUENT, NAIVE_BAYES, MEAN, REPEAT_LAST);

  private final ColumnSettings columns;
  private final TargetKind kind;
  private final Map<String, Baseline> baselines = new LinkedHashMap<>();

  /**
   * Chooses baselines for what an estimator learns.
   *
   * @param names among {@link #NAMES}; the same order in the scores
   * @param estimator whose columns and task they share
   * @param training rows that the estimator will be fitted to; one may be looked at
   * @throws ConfigurationException naming the baseline that does not fit the task or the data, and
   *     those that do
   */
  public Baselines(List<String> names, SequenceEstimator<?, ?> estimator, Dataset<?> training) {
    columns = ColumnSettings.from(estimator.values());
    kind = estimator.targetKind();
    List<String> fitting = names.isEmpty() ? List.of() : fitting(training);
    for (String name : names) {
      if (!fitting.contains(name)) {
        throw new ConfigurationException(
            "job.baselines: %s does not fit: it is for %s; what fits here: %s"
                .formatted(name, purpose(name), String.join(", ", fitting)));
      }
      baselines.put(name, baseline(name));
    }
  }

  /** Names of the chosen ones, in their order. */
  public List<String> names() {
    return List.copyOf(baselines.keySet());
  }

  /**
   * Fits all of them and scores them.
   *
   * @param training as the estimator is fitted to, with the rows that validate marked
   * @param test rows to score
   * @return the scores by name
   * @throws DataException if rows of the test data cannot be used and may not be skipped
   */
  public Map<String, Metrics> score(Dataset<?> training, Dataset<?> test) {
    Map<String, Metrics> scores = new LinkedHashMap<>();
    JavaRDD<Example> known = examples(training, columns);
    JavaRDD<Example> unseen = examples(test, columns.withoutValidation());
    baselines.forEach((name, baseline) -> scores.put(name, baseline.score(known, unseen)));
    return scores;
  }

  private List<String> fitting(Dataset<?> training) {
    List<String> fitting = new ArrayList<>();
    StructType schema = training.schema();
    switch (kind) {
      case CLASS -> {
        fitting.add(MOST_FREQUENT);
        if (ExampleReader.labelled(schema, columns, kind).form() == CellReader.Form.TOKENS) {
          fitting.add(NAIVE_BAYES);
        }
      }
      case STEP_LABELS -> fitting.add(MOST_FREQUENT);
      case TOKENS -> {}
      case STEP_VALUES -> {
        fitting.add(MEAN);
        if (examples(training, columns).take(1).stream().anyMatch(RepeatLastBaseline::fits)) {
          fitting.add(REPEAT_LAST);
        }
      }
    }
    return fitting;
  }

  private Baseline baseline(String name) {
    return switch (name) {
      case MOST_FREQUENT -> new MostFrequentBaseline(kind);
      case NAIVE_BAYES -> new NaiveBayesBaseline();
      case MEAN -> new MeanBaseline();
      default -> new RepeatLastBaseline();
    };
  }

  private static String purpose(String name) {
    return switch (name) {
      case MOST_FREQUENT -> "classes and labels";
      case NAIVE_BAYES -> "classes of sequences of tokens";
      case MEAN -> "values";
      case REPEAT_LAST -> "values where each step has as many features as targets";
      default -> "nothing: there is no such baseline";
    };
  }

  private JavaRDD<Example> examples(Dataset<?> rows, ColumnSettings read) {
    ExampleReader reader = ExampleReader.labelled(rows.schema(), read, kind);
    boolean refused = read.invalid().refused();
    return rows.toDF()
        .javaRDD()
        .flatMap(
            row -> {
              ExampleReader.Read found = reader.read(row);
              if (refused && !found.problem().isEmpty()) {
                throw new DataException(found.problem());
              }
              return found.example().stream().iterator();
            });
  }
}
