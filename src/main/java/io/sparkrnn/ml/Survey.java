package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at all rows before anything is trained: problems, widths, labels and sums. What it finds
 * does not depend on the order of rows.
 */
final class Survey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int PROBLEMS_TOLD = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

  private final TreeSet<String> problems = new TreeSet<>();
  private final TreeMap<String, BigDecimal> labels = new TreeMap<>();
  private final TreeMap<Integer, Long> featureWidths = new TreeMap<>();
  private final TreeMap<Integer, Long> targetWidths = new TreeMap<>();
  private final ExactSums features = new ExactSums();
  private final ExactSums targets = new ExactSums();
  private long invalid;
  private long training;
  private long validation;
  private long steps;

  /** Looks at all rows. */
  static Survey of(JavaRDD<Row> rows, ExampleReader reader) {
    return rows.aggregate(
        new Survey(),
        (survey, row) -> {
          survey.add(reader.read(row));
          return survey;
        },
        (a, b) -> {
          a.merge(b);
          return a;
        });
  }

  private void add(ExampleReader.Read read) {
    if (read.example().isEmpty()) {
      invalid++;
      tell(read.problem());
      return;
    }
    Example example = read.example().get();
    if (example.features() instanceof Features.Numbers numbers) {
      featureWidths.merge(numbers.width(), 1L, Long::sum);
    }
    if (example.values().length() > 0) {
      targetWidths.merge(example.values().width(), 1L, Long::sum);
    }
    if (example.validation()) {
      validation++;
      return;
    }
    training++;
    steps += example.features().length();
    BigDecimal weight = new BigDecimal(example.weight());
    example.labels().stream()
        .filter(label -> !label.equals(Example.NOT_COUNTED))
        .forEach(label -> labels.merge(label, weight, BigDecimal::add));
    if (example.features() instanceof Features.Numbers numbers) {
      features.add(numbers, example.weight());
    }
    if (example.values().length() > 0) {
      targets.add(example.values(), example.weight());
    }
  }

  private void merge(Survey other) {
    invalid += other.invalid;
    training += other.training;
    validation += other.validation;
    steps += other.steps;
    other.problems.forEach(this::tell);
    other.labels.forEach((label, count) -> labels.merge(label, count, BigDecimal::add));
    other.featureWidths.forEach((width, count) -> featureWidths.merge(width, count, Long::sum));
    other.targetWidths.forEach((width, count) -> targetWidths.merge(width, count, Long::sum));
    features.merge(other.features);
    targets.merge(other.targets);
  }

  private void tell(String problem) {
    problems.add(problem);
    if (problems.size() > PROBLEMS_TOLD) {
      problems.pollLast();
    }
  }

  /**
   * Fails if rows are invalid and may not be skipped, if widths differ, or if nothing is left.
   *
   * @param purpose what is then told to be impossible: train on, evaluate
   */
  void require(ColumnSettings columns, String purpose) {
    if (invalid > 0 && columns.invalid().refused()) {
      throw new DataException(
          "%d of %d rows cannot be used: %s; mend them, or set columns.handleInvalid = skip"
              .formatted(invalid, invalid + training + validation, problems()));
    }
    if (invalid > 0) {
      LOG.warn(
          "{} of {} rows cannot be used to {} and are left out: {}",
          invalid,
          invalid + training + validation,
          purpose,
          problems());
    }
    requireOneWidth(columns.features(), featureWidths);
    requireOneWidth(columns.label(), targetWidths);
    if (training == 0) {
      throw new DataException(
          "there is no row to %s (%d only validate, %d cannot be used%s)"
              .formatted(
                  purpose,
                  validation,
                  invalid,
                  problems.isEmpty() ? "" : ", such as: " + problems.first()));
    }
  }

  /** The first of them in the order of their texts. */
  private String problems() {
    return String.join("; ", problems) + (invalid > problems.size() ? "; …" : "");
  }

  private static void requireOneWidth(String column, Map<Integer, Long> widths) {
    if (widths.size() > 1) {
      throw new DataException(
          "column %s: every step must have the same number of values, found (values=rows) %s"
              .formatted(column, widths));
    }
  }

  /** Counts in words. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append("%d rows to train on, %d time steps".formatted(training, steps));
    if (validation > 0) {
      text.append(", %d rows to validate on".formatted(validation));
    }
    if (invalid > 0) {
      text.append(", %d rows left out".formatted(invalid));
    }
    if (!labels.isEmpty()) {
      text.append(", %d labels".formatted(labels.size()));
    }
    return text.toString();
  }

  /** Rows that cannot be used. */
  long invalid() {
    return invalid;
  }

  /** Time steps of the features of the training rows. */
  long steps() {
    return steps;
  }

  /** Rows that validate. */
  long validation() {
    return validation;
  }

  /** Labels of the training rows and how often each occurs, a row of weight 2 counting twice. */
  Map<String, BigDecimal> labels() {
    return labels;
  }

  /** Sums of the features of the training rows. */
  ExactSums features() {
    return features;
  }

  /** Sums of the targets of the training rows. */
  ExactSums targets() {
    return targets;
  }
}
