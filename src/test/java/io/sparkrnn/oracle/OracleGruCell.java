package io.sparkrnn.oracle;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.hadamard;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.part;
import static io.sparkrnn.oracle.Vectors.plus;

/**
 * Gated recurrent unit with the reset after the product (PyTorch, cuDNN). Gates in the order r, z,
 * n:
 *
 * <pre>
 * r = σ(W_r·x_t + b_r + U_r·h_{t−1} + b_Ur)
 * z = σ(W_z·x_t + b_z + U_z·h_{t−1} + b_Uz)
 * n = tanh(W_n·x_t + b_n + r∘(U_n·h_{t−1} + b_Un))
 * h_t = (1−z)∘n + z∘h_{t−1}
 * </pre>
 *
 * @param gate σ, the function of r and z
 */
public record OracleGruCell(OracleActivation gate) implements OracleCell {
  /** The cell of the literature: logistic gates. */
  public OracleGruCell() {
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
    double[] n =
        map(Math::tanh, plus(part(fromInput, 2, size), hadamard(r, part(fromState, 2, size))));
    double[] oneMinusZ = map(element -> 1 - element, z);
    return plus(hadamard(oneMinusZ, n), hadamard(z, state));
  }
}
