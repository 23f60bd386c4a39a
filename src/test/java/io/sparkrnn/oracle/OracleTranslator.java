package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.concatenate;
import static io.sparkrnn.oracle.Vectors.dot;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.plus;
import static io.sparkrnn.oracle.Vectors.scale;
import static io.sparkrnn.oracle.Vectors.times;

import java.util.Arrays;

/**
 * An encoder–decoder, one pair at a time and a step at a time: m = encoder(x), s_0 = bridge(last
 * states), and for each target token
 *
 * <pre>
 * h, s = decoder([E y_{t−1}; h̃_{t−1} if fed], s)
 * e_j = hᵀ W m_j  or  vᵀ tanh(W_q h + W_m m_j);   a = softmax(e);   c = Σ a_j m_j
 * h̃ = tanh(W_c [c; h])  (h without attention);   z = V h̃ + b
 * loss = −Σ_c q_c log softmax(z)_c,   q = (1 − ε)[c = y_t] + ε/C
 * </pre>
 *
 * @param encoder {@code encoder.0}, {@code encoder.1}, …
 * @param decoder {@code decoder.0}, …
 * @param bridges for each layer of the decoder the first column of the encoder's state that it
 *     reads, and their number; none where states are copied
 * @param attention none, additive or multiplicative
 * @param fed whether h̃ is an input of the next step
 * @param smoothing ε
 * @param sourceTable name of the source's embedding
 * @param targetTable name of the target's
 */
public record OracleTranslator(
    OracleLayer encoder,
    OracleLayer decoder,
    int[][] bridges,
    String attention,
    boolean fed,
    double smoothing,
    String sourceTable,
    String targetTable) {

  /** The loss of one pair, the boundary at the end of the target included. */
  public double loss(NamedTensors tensors, int[] source, int[] target, int boundary) {
    double[][] rows = new double[source.length][];
    for (int t = 0; t < rows.length; t++) {
      rows[t] = row(tensors, sourceTable, source[t]);
    }
    OracleStates encoded = encoder.run(tensors, "encoder", rows);
    double[][] memory = encoded.outputs();
    double[] state = bridge(tensors, encoded.last());
    double[] attentional = new double[0];
    double loss = 0;
    for (int t = 0; t <= target.length; t++) {
      double[] input = row(tensors, targetTable, t == 0 ? boundary : target[t - 1]);
      if (fed) {
        attentional = t == 0 ? new double[tensors.rows("attention.combine.W")] : attentional;
        input = concatenate(input, attentional);
      }
      OracleStates step = decoder.run(tensors, "decoder", new double[][] {input}, state);
      state = step.last();
      attentional = attend(tensors, step.outputs()[0], memory);
      double[] scores = affine(tensors, "head.0.W", "head.0.b", attentional);
      loss += loss(scores, t == target.length ? boundary : target[t]);
    }
    return loss;
  }

  private double[] bridge(NamedTensors tensors, double[] last) {
    double[] state = bridges.length == 0 ? last : new double[0];
    for (int layer = 0; layer < bridges.length; layer++) {
      int from = bridges[layer][0];
      double[] read = Arrays.copyOfRange(last, from, from + bridges[layer][1]);
      String name = "bridge." + layer;
      state = concatenate(state, map(Math::tanh, affine(tensors, name + ".W", name + ".b", read)));
    }
    return state;
  }

  private double[] attend(NamedTensors tensors, double[] h, double[][] memory) {
    if (attention.equals("none")) {
      return h;
    }
    double[] weights = new double[memory.length];
    double sum = 0;
    for (int j = 0; j < memory.length; j++) {
      weights[j] = Math.exp(score(tensors, h, memory[j]));
      sum += weights[j];
    }
    double[] context = new double[memory[0].length];
    for (int j = 0; j < memory.length; j++) {
      context = plus(context, scale(weights[j] / sum, memory[j]));
    }
    double[] both = concatenate(context, h);
    return map(Math::tanh, times(tensors.values("attention.combine.W"), both));
  }

  private double score(NamedTensors tensors, double[] h, double[] m) {
    if (attention.equals("multiplicative")) {
      return dot(h, times(tensors.values("attention.W"), m));
    }
    double[] query = times(tensors.values("attention.Wq"), h);
    double[] key = times(tensors.values("attention.Wm"), m);
    return dot(tensors.values("attention.v"), map(Math::tanh, plus(query, key)));
  }

  private double loss(double[] scores, int target) {
    double loss = 0;
    for (int c = 0; c < scores.length; c++) {
      double share = smoothing / scores.length + (c == target ? 1 - smoothing : 0);
      loss += share * OracleObjective.crossEntropy(scores, c);
    }
    return loss;
  }

  private static double[] row(NamedTensors tensors, String table, int id) {
    int width = tensors.columns(table);
    return Arrays.copyOfRange(tensors.values(table), id * width, (id + 1) * width);
  }
}
