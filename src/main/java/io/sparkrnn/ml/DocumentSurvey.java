package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** What is known of all documents before anything is trained: counts that merge in any order. */
final class DocumentSurvey implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int PROBLEMS_TOLD = 3;

  private final Map<String, Long> counts = new HashMap<>();
  private final TreeSet<String> problems = new TreeSet<>();
  private long training;
  private long trainingTokens;
  private long validation;
  private long validationTokens;
  private long invalid;

  /** Looks at all rows. */
  static DocumentSurvey of(JavaRDD<Row> rows, DocumentReader reader) {
    return rows.treeAggregate(
        new DocumentSurvey(),
        (survey, row) -> {
          survey.add(reader.read(row));
          return survey;
        },
        (a, b) -> {
          a.merge(b);
          return a;
        });
  }

  private void add(DocumentReader.Read read) {
    if (read.document().isEmpty()) {
      invalid++;
      tell(read.problem());
      return;
    }
    DocumentReader.Document document = read.document().get();
    if (document.validation()) {
      validation++;
      validationTokens += document.tokens().size();
      return;
    }
    training++;
    trainingTokens += document.tokens().size();
    document.tokens().forEach(token -> counts.merge(token, 1L, Long::sum));
  }

  private void merge(DocumentSurvey other) {
    other.counts.forEach((token, count) -> counts.merge(token, count, Long::sum));
    other.problems.forEach(this::tell);
    training += other.training;
    trainingTokens += other.trainingTokens;
    validation += other.validation;
    validationTokens += other.validationTokens;
    invalid += other.invalid;
  }

  private void tell(String problem) {
    problems.add(problem);
    if (problems.size() > PROBLEMS_TOLD) {
      problems.pollLast();
    }
  }

  /**
   * Fails if rows are invalid and may not be skipped, or if nothing is left.
   *
   * @param purpose what is then told to be impossible: train on, evaluate
   */
  void require(LanguageColumns columns, String purpose) {
    if (invalid > 0 && columns.invalid().refused()) {
      throw new DataException(
          "%d of %d rows cannot be used: %s; mend them, or set columns.handleInvalid = skip"
              .formatted(invalid, invalid + training + validation, String.join("; ", problems)));
    }
    if (training == 0) {
      throw new DataException(
          "there is no document to %s (%d only validate, %d cannot be used)"
              .formatted(purpose, validation, invalid));
    }
    if (!columns.validationIndicator().isEmpty() && validation == 0) {
      throw new DataException(
          "column %s marks no row for validation".formatted(columns.validationIndicator()));
    }
  }

  /** Counts in words. */
  String summary() {
    return "%d documents to train on, %d tokens, %d different%s%s"
        .formatted(
            training,
            trainingTokens,
            counts.size(),
            validation > 0
                ? "; %d to validate on, %d tokens".formatted(validation, validationTokens)
                : "",
            invalid > 0 ? "; %d rows left out".formatted(invalid) : "");
  }

  /** How often each token occurs in the documents that train. */
  Map<String, Long> counts() {
    return counts;
  }

  /** Tokens of the documents that train. */
  long trainingTokens() {
    return trainingTokens;
  }

  /** Tokens of the documents that validate. */
  long validationTokens() {
    return validationTokens;
  }

  /** Documents that train. */
  long training() {
    return training;
  }

  /** Documents that validate. */
  long validation() {
    return validation;
  }

  /** Rows that cannot be used. */
  long invalid() {
    return invalid;
  }
}
