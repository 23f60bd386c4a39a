package io.sparkrnn.cell;

import static io.sparkrnn.oracle.Vectors.affine;
import static io.sparkrnn.oracle.Vectors.concatenate;
import static io.sparkrnn.oracle.Vectors.hadamard;
import static io.sparkrnn.oracle.Vectors.map;
import static io.sparkrnn.oracle.Vectors.part;
import static io.sparkrnn.oracle.Vectors.plus;

import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleCell;

/** The equations of {@link PeepholeLstmCell} in double. */
record OraclePeepholeLstmCell() implements OracleCell {
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
    int size = state.length / 2;
    double[] before = part(state, 1, size);
    double[] p = tensors.values(name + ".P");
    double[] a =
        plus(
            affine(tensors, name + ".W", name + ".b", x),
            affine(tensors, name + ".U", name + ".bU", part(state, 0, size)));
    double[] i = gate(part(a, 0, size), part(p, 0, size), before);
    double[] f = gate(part(a, 1, size), part(p, 1, size), before);
    double[] g = map(Math::tanh, part(a, 2, size));
    double[] c = plus(hadamard(f, before), hadamard(i, g));
    double[] o = gate(part(a, 3, size), part(p, 2, size), c);
    return concatenate(hadamard(o, map(Math::tanh, c)), c);
  }

  private static double[] gate(double[] a, double[] peephole, double[] c) {
    return map(OracleActivation.LOGISTIC, plus(a, hadamard(peephole, c)));
  }
}
