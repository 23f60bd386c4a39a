package io.sparkrnn.oracle;

/**
 * One step of a recurrence. Parameters of a cell called {@code name}, with G gates stacked in
 * PyTorch's order: {@code name.W} [G·D, M], {@code name.U} [G·D, D], {@code name.b} [G·D], {@code
 * name.bU} [G·D]; a bias that is absent is 0.
 */
public interface OracleCell {
  /** G. */
  int gates();

  /** Length of the state for D hidden units; its first D elements are h. */
  int stateSize(int hiddenSize);

  /** The state after input x [M], from the state before it. */
  double[] step(NamedTensors tensors, String name, double[] x, double[] state);
}
