package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.concatenate;
import static io.sparkrnn.oracle.Vectors.hadamard;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.part;
import static io.sparkrnn.oracle.Vectors.plus;

/**
 * Long short-term memory with forget gate (Hochreiter & Schmidhuber 1997; Gers 2000). With a =
 * W·x_t + b + U·h_{t−1} + b_U cut into i, f, g, o:
 *
 * <pre>
 * i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)
 * c_t = f∘c_{t−1} + i∘g
 * h_t = o∘tanh(c_t)
 * </pre>
 *
 * <p>The state is h followed by c.
 *
 * @param gate σ, the function of the three gates
 */
public record OracleLstmCell(OracleActivation gate) implements OracleCell {
  /** The cell of the literature: logistic gates. */
  public OracleLstmCell() {
    this(OracleActivation.LOGISTIC);
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int stateSize(int hiddenSize) {
    return 2 * hiddenSize;
  }

  @Override
  public double[] step(NamedTensors tensors, String name, double[] x, double[] state) {
    int size = tensors.columns(name + ".U");
    double[] previousH = part(state, 0, size);
    double[] previousC = part(state, 1, size);
    double[] a =
        plus(
            affine(tensors, name + ".W", name + ".b", x),
            affine(tensors, name + ".U", name + ".bU", previousH));
    double[] i = map(gate, part(a, 0, size));
    double[] f = map(gate, part(a, 1, size));
    double[] g = map(Math::tanh, part(a, 2, size));
    double[] o = map(gate, part(a, 3, size));
    double[] c = plus(hadamard(f, previousC), hadamard(i, g));
    double[] h = hadamard(o, map(Math::tanh, c));
    return concatenate(h, c);
  }
}
