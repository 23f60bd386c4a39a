package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.network.Feedback;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.objective.ForecastDescription;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.objective.ValueLoss;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The universal approximation of dynamical systems, shown on the pendulum: h_t = f(U h_{t−1} + W
 * x_t + b), y_t = V h_t comes nearer to s_t = g(s_{t−1}, x_t), y_t = o(s_t) the more units D it
 * has.
 */
class UniversalApproximationTest {

  @Test
  void moreUnitsComeNearerToThePendulum() throws IOException {
    double two = error(2);
    double eight = error(8);
    double thirtyTwo = error(32);
    assertThat(eight).as("D = 8, from %.3f", two).isLessThan(0.9 * two);
    assertThat(thirtyTwo).as("D = 32, from %.3f", eight).isLessThan(0.9 * eight);
  }

  /** Root of the mean squared error on pendulums never seen, after a training with D units. */
  private static double error(int units) throws IOException {
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.values("x", 1)),
            TestSettings.network(
                "network.cell",
                "srn",
                "network.hiddenSizes",
                List.of(units),
                "network.outputBias",
                false),
            NetworkDescription.Output.STEP,
            1);
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs",
            150,
            "training.batchSize",
            10,
            "optimizer.learningRate",
            0.01,
            "optimizer.schedule",
            "cosine",
            "optimizer.clipNorm",
            1.0);
    ForecastDescription description =
        new ForecastDescription(
            network, ValueLoss.squared(), Normalizer.identity(1), Feedback.NONE);
    return LearningTask.scores(settings, description, shards("train"), shards("test"))
        .value("rmse");
  }

  private static LocalShards<SequenceBatch> shards(String part) throws IOException {
    List<Sequence> sequences = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("data/pendulum/" + part + ".jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      float[] x = new float[node.get("inputs").size()];
      float[] y = new float[x.length];
      for (int t = 0; t < x.length; t++) {
        x[t] = node.get("inputs").get(t).get(0).floatValue();
        y[t] = node.get("outputs").get(t).floatValue();
      }
      sequences.add(new Sequence(x.length, 1, new float[][] {x, y}, new int[][] {{}, {}}));
    }
    List<Column> schema =
        List.of(Column.values("x", 1), Column.values(ObjectiveDescription.TARGET, 1));
    return LocalShards.of(schema, sequences, 1);
  }
}
