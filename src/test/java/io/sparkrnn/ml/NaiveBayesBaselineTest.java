package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.TestSpark;
import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The pipeline of Spark ML against multinomial naive Bayes written out: log P(c) + Σ log((n_cr + λ)
 * / (n_c + λR)) over the runs r of 1 to 4 characters of "⏎word⏎" that training saw.
 */
class NaiveBayesBaselineTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("features", DataTypes.createArrayType(DataTypes.StringType))
          .add("label", DataTypes.StringType)
          .add("isValidation", DataTypes.BooleanType);

  /** Words over a few letters, more c in "low", so that neither all nor none are told apart. */
  private static List<Row> words(long seed, int count, boolean validation) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean low = random.nextInt(3) == 0;
      String[] letters = new String[2 + random.nextInt(4)];
      for (int t = 0; t < letters.length; t++) {
        letters[t] = String.valueOf("aabcd".charAt(random.nextInt(low ? 5 : 4)));
      }
      rows.add(RowFactory.create(letters, low ? "low" : "high", validation));
    }
    return rows;
  }

  @Test
  void agreesWithTheFormulaWrittenOut() {
    List<Row> training = words(1, 200, false);
    List<Row> test = words(2, 300, false);

    Metrics scores = baseline(frame(training), new SequenceClassifier(), frame(test));

    Metrics expected = scores(new Formula(training, 0.1), test);
    assertThat(expected.value("accuracy")).isBetween(0.6, 0.95);
    assertThat(scores.values()).isEqualTo(expected.values());
  }

  @Test
  void smoothingIsChosenOnTheRowsThatValidate() {
    List<Row> training = words(1, 60, false);
    List<Row> validation = words(5, 400, true);
    List<Row> test = words(3, 1000, false);
    List<Row> known = new ArrayList<>(training);
    known.addAll(validation);

    Metrics scores =
        baseline(
            frame(known),
            new SequenceClassifier().setValidationIndicatorCol("isValidation"),
            frame(test));

    double chosen = 0;
    double best = -1;
    for (double smoothing : new double[] {1, 0.3, 0.1, 0.03, 0.01}) {
      Metrics found = scores(new Formula(training, smoothing), validation);
      double goodness = found.value("accuracy") + found.value("macroF1");
      if (goodness > best) {
        best = goodness;
        chosen = smoothing;
      }
    }
    assertThat(chosen).as("another smoothing than without validation").isNotEqualTo(0.1);
    assertThat(scores.values())
        .isEqualTo(scores(new Formula(training, chosen), test).values())
        .isNotEqualTo(scores(new Formula(training, 0.1), test).values());
  }

  private static Metrics scores(Formula formula, List<Row> rows) {
    List<String> labels = List.of("high", "low");
    ClassificationMetrics metrics = new ClassificationMetrics(labels.size());
    rows.forEach(
        row -> metrics.add(labels.indexOf(row.getString(1)), labels.indexOf(formula.predict(row))));
    return metrics;
  }

  private static Metrics baseline(
      Dataset<Row> known, SequenceClassifier classifier, Dataset<Row> test) {
    return new Baselines(List.of("naive-bayes"), classifier, known)
        .score(known, test)
        .get("naive-bayes");
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  /** The formula. */
  private static final class Formula {
    private final double smoothing;
    private final TreeMap<String, Integer> rowsOf = new TreeMap<>();
    private final Map<String, Map<String, Integer>> runsOf = new HashMap<>();
    private final Set<String> vocabulary = new HashSet<>();

    Formula(List<Row> rows, double smoothing) {
      this.smoothing = smoothing;
      for (Row row : rows) {
        rowsOf.merge(row.getString(1), 1, Integer::sum);
        Map<String, Integer> counts =
            runsOf.computeIfAbsent(row.getString(1), c -> new HashMap<>());
        for (String run : runs(row)) {
          counts.merge(run, 1, Integer::sum);
          vocabulary.add(run);
        }
      }
    }

    String predict(Row row) {
      String best = "";
      double highest = Double.NEGATIVE_INFINITY;
      double total = rowsOf.values().stream().mapToInt(Integer::intValue).sum();
      for (String label : rowsOf.keySet()) {
        Map<String, Integer> counts = runsOf.get(label);
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        double score = Math.log(rowsOf.get(label) / total);
        for (String run : runs(row)) {
          if (vocabulary.contains(run)) {
            score +=
                Math.log(counts.getOrDefault(run, 0) + smoothing)
                    - Math.log(all + smoothing * vocabulary.size());
          }
        }
        if (score > highest) {
          highest = score;
          best = label;
        }
      }
      return best;
    }

    private static List<String> runs(Row row) {
      String word = "\n" + String.join("", (String[]) row.get(0)) + "\n";
      List<String> runs = new ArrayList<>();
      for (int n = 1; n <= 4; n++) {
        for (int start = 0; start + n <= word.length(); start++) {
          runs.add(word.substring(start, start + n));
        }
      }
      return runs;
    }
  }
}
