package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.hadamard;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.part;
import static io.sparkrnn.oracle.Vectors.plus;

/**
 * Gated recurrent unit with the reset before the product (Cho 2014). Gates in the order r, z, n:
 *
 * <pre>
 * r = σ(W_r·x_t + b_r + U_r·h_{t−1} + b_Ur)
 * z = σ(W_z·x_t + b_z + U_z·h_{t−1} + b_Uz)
 * n = tanh(W_n·x_t + b_n + U_n·(r∘h_{t−1}) + b_Un)
 * h_t = (1−z)∘n + z∘h_{t−1}
 * </pre>
 *
 * @param gate σ, the function of r and z
 */
public record OracleResetBeforeGruCell(OracleActivation gate) implements OracleCell {
  /** The cell of the literature: logistic gates. */
  public OracleResetBeforeGruCell() {
    this(OracleActivation.LOGISTIC);
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int stateSize(int hiddenSize) {
    return hiddenSize;
  }

  @Override
  public double[] step(NamedTensors tensors, String name, double[] x, double[] state) {
    int size = state.length;
    double[] fromInput = affine(tensors, name + ".W", name + ".b", x);
    double[] fromState = affine(tensors, name + ".U", name + ".bU", state);
    double[] r = map(gate, plus(part(fromInput, 0, size), part(fromState, 0, size)));
    double[] z = map(gate, plus(part(fromInput, 1, size), part(fromState, 1, size)));
    double[] fromReset = affine(tensors, name + ".U", name + ".bU", hadamard(r, state));
    double[] n = map(Math::tanh, plus(part(fromInput, 2, size), part(fromReset, 2, size)));
    double[] oneMinusZ = map(element -> 1 - element, z);
    return plus(hadamard(oneMinusZ, n), hadamard(z, state));
  }
}
