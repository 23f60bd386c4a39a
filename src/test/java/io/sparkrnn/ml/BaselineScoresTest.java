package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Baselines score what a person would work out, and refuse what they are not made for. */
class BaselineScoresTest {
  private static final double EXACT = 1e-12;

  @Test
  void mostFrequentClassIsPredictedForEveryRowAndValidationRowsAreNotCounted() {
    Dataset<Row> training =
        rows(
            "(array('x'), 'a', false), (array('x', 'y'), 'b', false), (array('y'), 'b', false),"
                + " (array('z'), 'a', true), (array('z'), 'a', true)",
            "features, label, isValidation");
    Dataset<Row> test =
        rows("(array('x'), 'a'), (array('y'), 'b'), (array('z'), 'c')", "features, label");
    SequenceClassifier classifier =
        new SequenceClassifier().setValidationIndicatorCol("isValidation");

    Metrics scores = score("most-frequent", classifier, training, test);

    assertThat(scores.value("accuracy")).isEqualTo(1.0 / 3);
    assertThat(scores.count()).isEqualTo(3);
  }

  @Test
  void firstInTheAlphabetWinsAmongEquallyFrequentClasses() {
    Dataset<Row> training =
        rows("(array('x'), 'b'), (array('x'), 'a'), (array('x'), 'c')", "features, label");
    Dataset<Row> test = rows("(array('x'), 'a')", "features, label");

    assertThat(score("most-frequent", new SequenceClassifier(), training, test).value("accuracy"))
        .isEqualTo(1);
  }

  @Test
  void mostFrequentLabelOfEachTokenIsPredictedAndThatOfAllForUnknownTokens() {
    Dataset<Row> training =
        rows(
            "(array('the', 'can', 'the'), array('D', 'N', 'D')),"
                + " (array('can', 'can', 'the'), array('V', 'V', 'D'))",
            "features, label");
    Dataset<Row> test =
        rows(
            "(array('the', 'can', 'can', 'new', 'new'), array('D', 'V', 'N', 'D', null))",
            "features, label");

    Metrics scores = score("most-frequent", new SequenceLabeler(), training, test);

    assertThat(scores.value("accuracy")).isEqualTo(3.0 / 4);
    assertThat(scores.count()).isEqualTo(4);
  }

  @Test
  void lastValueIsRepeated() {
    Dataset<Row> test =
        rows("(array(1D, 2D, 4D), array(2D, 4D, 3D)), (array(5D), array(5D))", "features, label");

    Metrics scores = score("repeat-last", new SequenceRegressor(), test, test);

    assertThat(scores.value("mse")).isCloseTo((1.0 + 4 + 1 + 0) / 4, within(EXACT));
    assertThat(scores.value("mae")).isCloseTo((1.0 + 2 + 1 + 0) / 4, within(EXACT));
  }

  @Test
  void meanOfTheTrainingTargetsIsPredictedForEachOutput() {
    Dataset<Row> training =
        rows(
            "(array(0D, 0D), array(array(1D, 10D), array(3D, 20D))),"
                + " (array(0D), array(array(5D, 60D)))",
            "features, label");
    Dataset<Row> test =
        rows("(array(0D, 0D), array(array(4D, 30D), array(3D, 32D)))", "features, label");

    Metrics scores = score("mean", new SequenceRegressor(), training, test);

    assertThat(scores.value("mse")).isCloseTo(((1.0 + 0) / 2 + (0 + 4.0) / 2) / 2, within(EXACT));
  }

  @Test
  void misfitIsRefusedWithWhatFitsInstead() {
    Dataset<Row> numbers = rows("(array(1D), array(1D))", "features, label");
    Dataset<Row> wide = rows("(array(array(1D, 2D)), array(1D))", "features, label");
    Dataset<Row> classes = rows("(array(1D), 'a'), (array(2D), 'b')", "features, label");

    assertThatThrownBy(() -> baseline("naive-bayes", new SequenceRegressor(), numbers))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("job.baselines: naive-bayes does not fit")
        .hasMessageContaining("what fits here: mean, repeat-last");
    assertThatThrownBy(() -> baseline("naive-bayes", new SequenceClassifier(), classes))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("what fits here: most-frequent");
    assertThatThrownBy(() -> baseline("repeat-last", new SequenceRegressor(), wide))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("what fits here: mean");
  }

  @Test
  void rowThatCannotBeUsedIsToldUnlessItMayBeSkipped() {
    Dataset<Row> training = rows("(array('x'), 'a'), (array('y'), 'b')", "features, label");
    Dataset<Row> test = rows("(array('x'), 'a'), (array(), 'b')", "features, label");

    assertThatThrownBy(() -> score("most-frequent", new SequenceClassifier(), training, test))
        .hasRootCauseInstanceOf(DataException.class)
        .hasStackTraceContaining("column features is an empty sequence");
    SequenceClassifier skipping = new SequenceClassifier().setHandleInvalid("skip");
    assertThat(score("most-frequent", skipping, training, test).count()).isEqualTo(1);
  }

  private static Metrics score(
      String name, SequenceEstimator<?, ?> estimator, Dataset<Row> training, Dataset<Row> test) {
    Map<String, Metrics> scores = baseline(name, estimator, training).score(training, test);
    assertThat(scores).containsOnlyKeys(name);
    return scores.get(name);
  }

  private static Baselines baseline(
      String name, SequenceEstimator<?, ?> estimator, Dataset<Row> training) {
    return new Baselines(List.of(name), estimator, training);
  }

  private static Dataset<Row> rows(String values, String columns) {
    return TestSpark.session()
        .sql("SELECT * FROM VALUES %s AS rows(%s)".formatted(values, columns))
        .repartition(2);
  }
}
