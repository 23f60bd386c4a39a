package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.TranslationMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;

/**
 * Simple methods to compare a translator with, scored on the rows it is.
 *
 * <pre>
 * copy-source   the tokens of the source as they are
 * </pre>
 */
public final class TranslationBaselines {

  private static final String COPY_SOURCE = "copy-source";

  /** All names. */
  public static final List<String> NAMES = List.of(COPY_SOURCE);

  private final List<String> names;
  private final SequenceTranslator estimator;

  /**
   * Chooses baselines.
   *
   * @throws ConfigurationException naming a baseline that is not for translations
   */
  public TranslationBaselines(List<String> names, SequenceTranslator estimator) {
    for (String name : names) {
      if (!NAMES.contains(name)) {
        throw new ConfigurationException(
            "job.baselines: %s does not fit; what fits a translation: %s"
                .formatted(name, String.join(", ", NAMES)));
      }
    }
    this.names = List.copyOf(names);
    this.estimator = estimator;
  }

  /**
   * Scores all of them.
   *
   * @param test rows to score
   * @throws DataException if a row cannot be used and may not be skipped, or sources are numbers
   */
  public Map<String, Metrics> score(Dataset<?> test) {
    Map<String, Metrics> scores = new LinkedHashMap<>();
    for (String name : names) {
      scores.put(name, copies(test));
    }
    return scores;
  }

  private Metrics copies(Dataset<?> test) {
    ColumnSettings columns = ColumnSettings.from(estimator.values()).withoutValidation();
    ExampleReader reader = ExampleReader.labelled(test.schema(), columns, TargetKind.TOKENS);
    if (reader.form() != CellReader.Form.TOKENS) {
      throw new DataException("job.baselines: copy-source needs sources of tokens, found numbers");
    }
    JavaRDD<Translated> pairs =
        Translated.together(
            test.toDF().javaRDD().flatMap(row -> reader.read(row).example().stream().iterator()));
    return Baseline.sum(
        pairs,
        new TranslationMetrics(),
        (metrics, pair) -> {
          metrics.add(((Features.Tokens) pair.source()).tokens(), pair.references());
          return metrics;
        });
  }
}
