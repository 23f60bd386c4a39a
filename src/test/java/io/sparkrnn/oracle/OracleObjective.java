package io.sparkrnn.oracle;

import java.util.Arrays;
import java.util.List;

/** The losses of the three tasks, summed over sequences. */
public interface OracleObjective {
  /** Σ weight·loss and Σ weight over the sequences. */
  OracleLoss loss(NamedTensors tensors, List<OracleSequence> sequences);

  /**
   * Cross-entropy of the softmax: −log(e^{y_c} / Σ_k e^{y_k}) = log Σ_k e^{y_k − y_c}.
   *
   * @param outputs y [C]
   * @param label c
   */
  static double crossEntropy(double[] outputs, int label) {
    double sum = 0;
    for (double output : outputs) {
      sum += Math.exp(output - outputs[label]);
    }
    return Math.log(sum);
  }

  /** Σ_k (y_k − ŷ_k)² over the targets that are not NaN. */
  static double squaredError(double[] outputs, double[] targets) {
    double sum = 0;
    for (int k = 0; k < outputs.length; k++) {
      if (!Double.isNaN(targets[k])) {
        sum += (targets[k] - outputs[k]) * (targets[k] - outputs[k]);
      }
    }
    return sum;
  }

  /**
   * Sequence to class: the cross-entropy of each sequence that has a label (none below 0), its
   * weight that of the sequence times that of its class.
   *
   * @param classWeights [C]
   */
  record Classification(OracleNetwork network, OraclePooling pooling, List<Double> classWeights)
      implements OracleObjective {
    @Override
    public OracleLoss loss(NamedTensors tensors, List<OracleSequence> sequences) {
      OracleLoss loss = OracleLoss.ZERO;
      for (OracleSequence sequence : sequences) {
        int label = sequence.labels()[0];
        if (label >= 0) {
          double[] outputs = network.output(tensors, pooling, sequence);
          double weight = sequence.weight() * classWeights.get(label);
          loss = loss.plus(weight, crossEntropy(outputs, label));
        }
      }
      return loss;
    }
  }

  /**
   * Synchronous sequence to sequence: the cross-entropy of each step that has a label (none below
   * 0), its weight that of the sequence times that of the class.
   *
   * @param classWeights [C]
   */
  record Labelling(OracleNetwork network, List<Double> classWeights) implements OracleObjective {
    @Override
    public OracleLoss loss(NamedTensors tensors, List<OracleSequence> sequences) {
      OracleLoss loss = OracleLoss.ZERO;
      for (OracleSequence sequence : sequences) {
        double[][] outputs = network.outputs(tensors, sequence);
        for (int t = 0; t < outputs.length; t++) {
          int label = sequence.labels()[t];
          if (label >= 0) {
            double weight = sequence.weight() * classWeights.get(label);
            loss = loss.plus(weight, crossEntropy(outputs[t], label));
          }
        }
      }
      return loss;
    }
  }

  /**
   * A vector for every step: its squared error, each step with the weight of its sequence. A step
   * whose targets are all NaN does not count.
   */
  record Regression(OracleNetwork network) implements OracleObjective {
    @Override
    public OracleLoss loss(NamedTensors tensors, List<OracleSequence> sequences) {
      OracleLoss loss = OracleLoss.ZERO;
      for (OracleSequence sequence : sequences) {
        double[][] outputs = network.outputs(tensors, sequence);
        for (int t = 0; t < outputs.length; t++) {
          double[] targets = sequence.targets()[t];
          if (!Arrays.stream(targets).allMatch(Double::isNaN)) {
            loss = loss.plus(sequence.weight(), squaredError(outputs[t], targets));
          }
        }
      }
      return loss;
    }
  }
}
