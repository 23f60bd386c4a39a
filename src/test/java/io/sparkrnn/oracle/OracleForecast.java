package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.concatenate;

import java.util.Arrays;
import java.util.List;

/**
 * A network whose first input values are what it said one step before wherever the input is NaN, or
 * from a step on: the outputs of step t are those of a run over x_1 … x_t, made anew for every t.
 *
 * @param network its first input column is the one fed back into
 * @param loss of the outputs of a step
 * @param fed values that are fed back; 0 for none
 * @param shown steps at which observed values are shown
 * @param added blocks of outputs that the inputs are added to, value by value
 */
public record OracleForecast(OracleNetwork network, StepLoss loss, int fed, int shown, int added)
    implements OracleObjective {

  /** What a row of outputs is worth. */
  public interface StepLoss {
    /** Loss of one value, given its parameters. */
    double of(double[] theta, double target);

    /** Parameters of one value. */
    int parameters();

    /** The one of them that is the point. */
    int point();
  }

  /** (θ − y)². */
  public record Squared() implements StepLoss {
    @Override
    public double of(double[] theta, double target) {
      return (theta[0] - target) * (theta[0] - target);
    }

    @Override
    public int parameters() {
      return 1;
    }

    @Override
    public int point() {
      return 0;
    }
  }

  /** −log N(y; μ, σ²) with log σ² = 12·tanh(r/12). */
  public record Gaussian() implements StepLoss {
    @Override
    public double of(double[] theta, double target) {
      double variance = Math.exp(12 * Math.tanh(theta[1] / 12));
      double density =
          Math.exp(-(target - theta[0]) * (target - theta[0]) / (2 * variance))
              / Math.sqrt(2 * Math.PI * variance);
      return -Math.log(density);
    }

    @Override
    public int parameters() {
      return 2;
    }

    @Override
    public int point() {
      return 0;
    }
  }

  /** Pinball losses of these levels. */
  public record Pinball(List<Double> levels, int point) implements StepLoss {
    @Override
    public double of(double[] theta, double target) {
      double sum = 0;
      for (int i = 0; i < theta.length; i++) {
        double above = target - theta[i];
        sum += above >= 0 ? levels.get(i) * above : (levels.get(i) - 1) * above;
      }
      return sum;
    }

    @Override
    public int parameters() {
      return levels.size();
    }
  }

  /** ŷ_1 … ŷ_T, all parameters, the first block for the first parameter of each value. */
  public double[][] outputs(NamedTensors tensors, OracleSequence sequence) {
    double[][] inputs = network.input().rows(tensors, sequence);
    double[][] outputs = new double[inputs.length][];
    for (int t = 0; t < inputs.length; t++) {
      inputs[t] = inputs[t].clone();
      for (int v = 0; v < fed; v++) {
        if (t >= shown || Double.isNaN(inputs[t][v])) {
          int block = t == 0 ? 0 : loss.point() * (outputs[t - 1].length / loss.parameters());
          inputs[t][v] = t == 0 ? 0 : outputs[t - 1][block + v];
        }
      }
      double[][] seen = Arrays.copyOf(inputs, t + 1);
      double[][] states = network.encoder().run(tensors, "encoder", seen).outputs();
      outputs[t] = network.head().apply(tensors, states[t]);
      int values = outputs[t].length / loss.parameters();
      for (int i = 0; i < added * values; i++) {
        outputs[t][i] += inputs[t][i % values];
      }
    }
    return outputs;
  }

  @Override
  public OracleLoss loss(NamedTensors tensors, List<OracleSequence> sequences) {
    OracleLoss sum = OracleLoss.ZERO;
    for (OracleSequence sequence : sequences) {
      double[][] outputs = outputs(tensors, sequence);
      for (int t = 0; t < outputs.length; t++) {
        double[] targets = sequence.targets()[t];
        if (!Arrays.stream(targets).allMatch(Double::isNaN)) {
          sum = sum.plus(sequence.weight(), ofStep(outputs[t], targets));
        }
      }
    }
    return sum;
  }

  private double ofStep(double[] outputs, double[] targets) {
    double sum = 0;
    for (int k = 0; k < targets.length; k++) {
      if (!Double.isNaN(targets[k])) {
        double[] theta = {};
        for (int p = 0; p < loss.parameters(); p++) {
          theta = concatenate(theta, new double[] {outputs[p * targets.length + k]});
        }
        sum += loss.of(theta, targets[k]);
      }
    }
    return sum;
  }
}
