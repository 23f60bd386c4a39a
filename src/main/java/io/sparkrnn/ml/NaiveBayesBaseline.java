package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;

import io.sparkrnn.metric.ClassificationMetrics;
import io.sparkrnn.metric.Metrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.NGram;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Multinomial naive Bayes over the counts of all runs of 1 to 4 tokens, a mark standing at both
 * ends of a sequence; all of it Spark ML's. The smoothing is the one of {@link #SMOOTHING} with the
 * largest sum of accuracy and macro F1 on the rows that validate (much smoothing is good for the
 * first and bad for the second), the larger of two as good; without such rows it is {@link
 * #UNTUNED}. Class weights and weights of rows play no part.
 */
final class NaiveBayesBaseline implements Baseline, Serializable {
  private static final long serialVersionUID = 1L;

  /** Smoothing tried, largest first. */
  private static final List<Double> SMOOTHING = List.of(1.0, 0.3, 0.1, 0.03, 0.01);

  /** Smoothing where nothing can be tried: below 1, as nearly all long runs are rare. */
  private static final double UNTUNED = 0.1;

  private static final int LONGEST = 4;

  /** Mark at both ends; no token of a text is a line break. */
  private static final String EDGE = "\n";

  /** Stands for a label that training never saw. */
  private static final int UNKNOWN = -1;

  private static final String CLASS = "class";
  private static final String TOKENS = "tokens";
  private static final String RUNS = "runs";
  private static final String COUNTS = "counts";

  private static final StructType SCHEMA =
      new StructType()
          .add(CLASS, DataTypes.DoubleType, false)
          .add(TOKENS, DataTypes.createArrayType(DataTypes.StringType, false), false);

  @Override
  public Metrics score(JavaRDD<Example> known, JavaRDD<Example> test) {
    JavaRDD<Example> training = known.filter(example -> !example.validation());
    JavaRDD<Example> validation = known.filter(Example::validation);
    List<String> classes =
        training.map(NaiveBayesBaseline::label).distinct().collect().stream().sorted().toList();
    PipelineModel runs = runs().fit(frame(training, classes));
    Dataset<Row> counted = runs.transform(frame(training, classes)).cache();
    try {
      NaiveBayesModel model =
          validation.isEmpty()
              ? fit(counted, UNTUNED)
              : best(counted, runs.transform(frame(validation, classes)), classes);
      return score(model, runs.transform(frame(test, classes)), classes);
    } finally {
      counted.unpersist();
    }
  }

  /** Counts of runs of tokens. */
  private static Pipeline runs() {
    List<PipelineStage> stages = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int n = 1; n <= LONGEST; n++) {
      String column = RUNS + n;
      stages.add(new NGram().setN(n).setInputCol(TOKENS).setOutputCol(column));
      columns.add(column);
    }
    String all = "SELECT *, concat(%s) AS %s FROM __THIS__";
    stages.add(new SQLTransformer().setStatement(all.formatted(String.join(", ", columns), RUNS)));
    stages.add(new CountVectorizer().setInputCol(RUNS).setOutputCol(COUNTS));
    return new Pipeline().setStages(stages.toArray(PipelineStage[]::new));
  }

  private static NaiveBayesModel best(
      Dataset<Row> counted, Dataset<Row> validation, List<String> classes) {
    Dataset<Row> cached = validation.cache();
    try {
      NaiveBayesModel best = fit(counted, SMOOTHING.get(0));
      double highest = goodness(score(best, cached, classes));
      for (double smoothing : SMOOTHING.subList(1, SMOOTHING.size())) {
        NaiveBayesModel model = fit(counted, smoothing);
        double found = goodness(score(model, cached, classes));
        if (found > highest) {
          best = model;
          highest = found;
        }
      }
      return best;
    } finally {
      cached.unpersist();
    }
  }

  private static double goodness(Metrics scores) {
    return scores.value("accuracy") + scores.value("macroF1");
  }

  private static NaiveBayesModel fit(Dataset<Row> counted, double smoothing) {
    return new NaiveBayes()
        .setFeaturesCol(COUNTS)
        .setLabelCol(CLASS)
        .setSmoothing(smoothing)
        .fit(counted);
  }

  private static Metrics score(NaiveBayesModel model, Dataset<Row> rows, List<String> classes) {
    JavaRDD<Row> scored =
        model.transform(rows).select(col(CLASS), col(model.getPredictionCol())).javaRDD();
    return Baseline.sum(
        scored,
        new ClassificationMetrics(classes.size()),
        (metrics, row) -> {
          int actual = (int) row.getDouble(0);
          int predicted = (int) row.getDouble(1);
          if (actual == UNKNOWN) {
            metrics.addUnknown(predicted);
          } else {
            metrics.add(actual, predicted);
          }
          return metrics;
        });
  }

  private static Dataset<Row> frame(JavaRDD<Example> examples, List<String> classes) {
    return SparkSession.active()
        .createDataFrame(
            examples.map(
                example ->
                    RowFactory.create((double) classes.indexOf(label(example)), tokens(example))),
            SCHEMA);
  }

  private static String label(Example example) {
    return example.labels().get(0);
  }

  private static String[] tokens(Example example) {
    List<String> tokens = ((Features.Tokens) example.features()).tokens();
    return Stream.of(List.of(EDGE), tokens, List.of(EDGE))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}
