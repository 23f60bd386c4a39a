package io.sparkrnn.oracle;

/**
 * Input columns, an encoder whose parameters are {@code encoder.*}, and a head: outputs for a whole
 * sequence, ŷ = g(pool(h_1 … h_T)), or for each of its steps, ŷ_t = g(h_t).
 */
public record OracleNetwork(OracleInput input, OracleLayer encoder, OracleHead head) {
  /** h_1 … h_T, and the state of the encoder after T, from h_0 = 0 or what the sequence gives. */
  public OracleStates states(NamedTensors tensors, OracleSequence sequence) {
    double[][] inputs = input.rows(tensors, sequence);
    return sequence.initial().length == 0
        ? encoder.run(tensors, "encoder", inputs)
        : encoder.run(tensors, "encoder", inputs, sequence.initial());
  }

  /** ŷ of the sequence. */
  public double[] output(NamedTensors tensors, OraclePooling pooling, OracleSequence sequence) {
    return head.apply(tensors, pooling.pool(encoder, states(tensors, sequence).outputs()));
  }

  /** ŷ_1 … ŷ_T. */
  public double[][] outputs(NamedTensors tensors, OracleSequence sequence) {
    double[][] states = states(tensors, sequence).outputs();
    double[][] outputs = new double[states.length][];
    for (int t = 0; t < states.length; t++) {
      outputs[t] = head.apply(tensors, states[t]);
    }
    return outputs;
  }
}
