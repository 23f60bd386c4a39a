package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.TestSpark;
import io.sparkrnn.network.NetworkSettings;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The classic experiment (Cleeremans, Servan-Schreiber and McClelland 1989): a simple recurrent
 * network that learns only to predict the next symbol of Reber strings knows, at every step, which
 * symbols are legal. Of the legal ones none is rarer than one in two, so the {@link #THRESHOLD} is
 * half of that.
 */
@Tag("slow")
class ReberGrammarTest {
  private static final double THRESHOLD = 0.25;

  @Test
  void simpleRecurrentNetworkKnowsTheLegalSuccessorsAtEveryStepOfUnseenAndOfLongStrings() {
    SequenceLabelingModel model = labeler("srn").fit(strings("train"));

    assertThat(stepsWithOtherSuccessors(model, strings("test"))).isZero();
    assertThat(stepsWithOtherSuccessors(model, strings("long"))).isZero();
  }

  @Test
  void networkWithoutRecurrenceDoesNot() {
    SequenceLabelingModel model = labeler(NetworkSettings.NO_CELL).fit(strings("train"));

    Dataset<Row> test = strings("test");
    long steps = test.collectAsList().stream().mapToLong(row -> row.getList(1).size()).sum();
    assertThat(stepsWithOtherSuccessors(model, test)).isGreaterThan(steps / 4);
  }

  private static SequenceLabeler labeler(String cell) {
    return new SequenceLabeler()
        .setFeaturesCol("tokens")
        .setLabelCol("labels")
        .setCell(cell)
        .setHiddenSizes(8)
        .setEmbeddingSizes(7)
        .setLearningRate(0.02)
        .setBatchSize(8)
        .setMaxIter(15)
        .setPartitions(2)
        .setSeed(1);
  }

  private static Dataset<Row> strings(String part) {
    return TestSpark.session()
        .read()
        .json("data/reber/" + part + ".jsonl")
        .select("id", "tokens", "labels", "successors");
  }

  private static long stepsWithOtherSuccessors(SequenceLabelingModel model, Dataset<Row> strings) {
    List<String> symbols = model.labels();
    long others = 0;
    for (Row row : model.transform(strings).select("successors", "probability").collectAsList()) {
      List<String> legal = row.getList(0);
      List<Vector> probabilities = row.getList(1);
      for (int t = 0; t < legal.size(); t++) {
        Vector step = probabilities.get(t);
        TreeSet<String> predicted = new TreeSet<>();
        IntStream.range(0, symbols.size())
            .filter(c -> step.apply(c) > THRESHOLD)
            .forEach(c -> predicted.add(symbols.get(c)));
        others += String.join("", predicted).equals(legal.get(t)) ? 0 : 1;
      }
    }
    return others;
  }
}
