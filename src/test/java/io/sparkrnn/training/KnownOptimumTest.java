package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.layer.Dense;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.network.NetworkDescription.Output;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.TestSettings;
import io.sparkrnn.testing.Traversal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Optima that are known in closed form are reached on several shards. */
class KnownOptimumTest {

  /** ŷ = W x + b at every step, squared error: convex. */
  private record LeastSquares() implements Objective<SequenceBatch> {
    private static final Dense DENSE = new Dense(Sample.OUTPUTS, Activation.IDENTITY);

    @Override
    public ParameterLayout layout() {
      ParameterLayout.Builder builder = ParameterLayout.builder();
      DENSE.declare(builder.child("dense"), Sample.WIDTH);
      return builder.build();
    }

    @Override
    public LossSum lossAndGradient(SequenceBatch batch, Pass pass) {
      Rows predicted = DENSE.forward(batch.values("x"), pass.child("dense"));
      Rows targets = batch.values(ObjectiveDescription.TARGET);
      Rows slopes = Rows.zeros(predicted.count(), predicted.width());
      double sum = 0;
      for (int row = 0; row < predicted.count(); row++) {
        for (int k = 0; k < predicted.width(); k++) {
          float difference = predicted.get(row, k) - targets.get(row, k);
          sum += 0.5 * difference * difference;
          slopes.set(row, k, difference);
        }
      }
      DENSE.backward(slopes, pass.child("dense"));
      return new LossSum(sum, predicted.count(), predicted.count());
    }

    @Override
    public RegressionMetrics evaluate(SequenceBatch batch, Pass pass) {
      throw new UnsupportedOperationException("there is no validation");
    }

    @Override
    public RegressionMetrics nothing() {
      return new RegressionMetrics(Sample.OUTPUTS);
    }

    @Override
    public void predict(SequenceBatch batch, Pass pass, Receiver receiver) {
      throw new UnsupportedOperationException("training never predicts");
    }
  }

  @Test
  void linearRegressionReachesTheNormalEquations() {
    Sample sample = Sample.random(Task.REGRESSION, 31, 60, 9);
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs",
            300,
            "training.batchSize",
            60,
            "averaging.of",
            "gradients",
            "optimizer.name",
            "sgd",
            "optimizer.learningRate",
            0.5);
    TrainingResult result = Trainings.fit(settings, LeastSquares::new, sample.shards(3), 2);
    Rows w = Rows.of(result.parameters(), Sample.OUTPUTS, Sample.WIDTH);
    for (int k = 0; k < Sample.OUTPUTS; k++) {
      double[] expected = leastSquares(sample.sequences(), k);
      assertThat((double) w.get(k, 0)).isEqualTo(expected[0], within(1e-5));
      assertThat((double) w.get(k, 1)).isEqualTo(expected[1], within(1e-5));
      double bias = result.parameters()[Sample.OUTPUTS * Sample.WIDTH + k];
      assertThat(bias).isEqualTo(expected[2], within(1e-5));
    }
  }

  /** Solves AᵀA·(w₁, w₂, b) = Aᵀy for output k, the rows of A being (x₁, x₂, 1). */
  private static double[] leastSquares(List<Sequence> sequences, int k) {
    double[][] system = new double[3][4];
    for (Sequence sequence : sequences) {
      for (int t = 0; t < sequence.length(); t++) {
        double[] row = {
          sequence.values(0)[2 * t],
          sequence.values(0)[2 * t + 1],
          1,
          sequence.values(2)[Sample.OUTPUTS * t + k]
        };
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 4; j++) {
            system[i][j] += row[i] * row[j];
          }
        }
      }
    }
    for (int pivot = 0; pivot < 3; pivot++) { // Gauss–Jordan; the matrix is positive definite
      for (int i = 0; i < 3; i++) {
        double factor = system[i][pivot] / system[pivot][pivot];
        for (int j = 0; i != pivot && j < 4; j++) {
          system[i][j] -= factor * system[pivot][j];
        }
      }
    }
    return new double[] {
      system[0][3] / system[0][0], system[1][3] / system[1][1], system[2][3] / system[2][2]
    };
  }

  /**
   * Of 10 sequences of symbol 0 seven are of class 0 and three of class 2, and so on: no network
   * can have a smaller loss than the entropy of the classes given the symbol.
   */
  @Test
  void noisyLabelsReachTheConditionalEntropyAndTheirFrequencies() {
    int[][] counts = {{7, 0, 3}, {2, 6, 2}, {0, 0, 10}};
    LearningTask task = new LearningTask(Output.SEQUENCE, 3, 0, 3, word -> new int[] {-1});
    List<Sequence> sequences = new ArrayList<>();
    double entropy = 0;
    for (int symbol = 0; symbol < 3; symbol++) {
      for (int label = 0; label < 3; label++) {
        double share = counts[symbol][label] / 10.0;
        entropy -= share == 0 ? 0 : share * Math.log(share) / 3;
        for (int i = 0; i < counts[symbol][label]; i++) {
          sequences.add(labelled(symbol, label));
        }
      }
    }
    ObjectiveDescription description =
        task.description(
            "network.cell", NetworkSettings.NO_CELL, "network.hiddenSizes", List.of(6));
    TrainingSettings settings =
        TestSettings.training(
            "training.epochs",
            400,
            "training.batchSize",
            30,
            "averaging.of",
            "gradients",
            "optimizer.learningRate",
            0.03);
    TrainingResult result =
        Trainings.fit(settings, description::build, task.shards(sequences, 2), 2);

    double loss = result.history().get(399).loss();
    assertThat(loss).isBetween(entropy - 1e-6, entropy + 2e-3);
    Traversal traversal = new Traversal(description, "java", result.parameters());
    for (int symbol = 0; symbol < 3; symbol++) {
      Sequence only = labelled(symbol, 0);
      SequenceBatch batch = task.shards(List.of(only), 1).shards().get(0).batch(new int[] {0});
      float[] predicted = traversal.predictions(batch).get(0);
      for (int label = 0; label < 3; label++) {
        assertThat((double) predicted[label]).isEqualTo(counts[symbol][label] / 10.0, within(0.01));
      }
    }
  }

  private static Sequence labelled(int symbol, int label) {
    return new Sequence(1, 1f, new float[][] {{}, {}}, new int[][] {{symbol}, {label}});
  }
}
