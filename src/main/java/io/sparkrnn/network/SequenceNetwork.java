package io.sparkrnn.network;

import io.sparkrnn.layer.AddedColumns;
import io.sparkrnn.layer.ColumnTaps;
import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Inputs;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.Pooling;
import io.sparkrnn.layer.RowLayer;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;
import java.util.Map;

/**
 * inputs → dropout → delays of columns → hidden layers → the states that count → dropout → head,
 * and what is added to the outputs past all of them. Parameters: {@code embedding.<column>.E},
 * {@code encoder.<layer>.…}, {@code head.<layer>.…}. The state is that of the delays, then of the
 * layers. Bound to no values; not for use by two threads at a time.
 */
public final class SequenceNetwork {

  private final Parts parts;
  private final Dropout inputDropout;
  private final Dropout outputDropout;
  private final ParameterLayout layout;
  private final Map<String, int[]> used = Inputs.ids();

  /**
   * What a network is made of.
   *
   * @param inputs columns side by side
   * @param taps their delays
   * @param encoder hidden layers
   * @param pooling the rows that the head sees
   * @param head maps them to outputs
   * @param added input columns that are added to outputs
   */
  record Parts(
      Inputs inputs,
      ColumnTaps taps,
      SequenceLayer encoder,
      Pooling pooling,
      RowLayer head,
      List<AddedColumns> added) {}

  SequenceNetwork(Parts parts, NetworkSettings.DropoutRates rates) {
    this.parts = parts;
    this.inputDropout = new Dropout(rates.input());
    this.outputDropout = new Dropout(rates.output());
    ParameterLayout.Builder builder = ParameterLayout.builder();
    parts.inputs.declare(builder.child("embedding"));
    parts.encoder.declare(builder.child("encoder"), parts.taps.outputSize());
    parts.head.declare(builder.child("head"), parts.encoder.outputSize());
    this.layout = builder.build();
  }

  /** Names and shapes of all parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** S: values of state a sequence. */
  public int stateSize() {
    return parts.taps.stateSize() + parts.encoder.stateSize();
  }

  /** Values an output row holds. */
  public int outputSize() {
    return parts.head.outputSize(parts.encoder.outputSize());
  }

  /** From zero states. Returns the outputs: one row a sequence, by rank, or one a packed row. */
  public Rows forward(SequenceBatch batch, Pass pass) {
    Rows initial = pass.zeros("initial", batch.sequences(), stateSize());
    Rows last = pass.buffer("last", batch.sequences(), stateSize());
    return forward(batch, initial, last, pass);
  }

  /**
   * From given states.
   *
   * @param initial B × S, by rank
   * @param last B × S, receives the last states
   */
  public Rows forward(SequenceBatch batch, Rows initial, Rows last, Pass pass) {
    return body().forward(batch, input(batch, pass), initial, last, pass);
  }

  /** Adds the gradients of the last forward; dOutput may be overwritten. */
  public void backward(SequenceBatch batch, Rows dOutput, Pass pass) {
    Rows dLast = pass.zeros("dLast", batch.sequences(), stateSize());
    Rows dInitial = pass.buffer("dInitial", batch.sequences(), stateSize());
    backward(batch, dOutput, dLast, dInitial, pass);
  }

  /**
   * The same with gradients of the states.
   *
   * @param dLast B × S
   * @param dInitial B × S, receives ∂loss/∂initial
   * @return ∂loss/∂inputs, packed rows × M
   */
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows dInput = body().backward(batch, dOutput, dLast, dInitial, pass);
    inputBack(dInput, pass);
    return dInput;
  }

  /** The input columns side by side, packed rows × M. */
  Rows input(SequenceBatch batch, Pass pass) {
    return parts.inputs.forward(batch, pass.child("embedding"), used);
  }

  /** Adds the gradients of the embeddings that {@link #input} looked up last. */
  void inputBack(Rows dInput, Pass pass) {
    parts.inputs.backward(dInput, used, pass.child("embedding"));
  }

  /** All from the input columns to the outputs; its outputs are the network's own rows. */
  SequenceLayer body() {
    return new Body();
  }

  private final class Body implements SequenceLayer {
    @Override
    public int outputSize() {
      return SequenceNetwork.this.outputSize();
    }

    @Override
    public int stateSize() {
      return SequenceNetwork.this.stateSize();
    }

    /** No columns where some state of the encoder runs backward in time. */
    @Override
    public int forwardSize() {
      return parts.encoder.forwardSize() == parts.encoder.outputSize() ? outputSize() : 0;
    }

    @Override
    public void declare(ParameterLayout.Builder layout, int inputSize) {
      throw new UnsupportedOperationException("the network has declared its parameters itself");
    }

    @Override
    public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
      Rows dropped = inputDropout.forward(input, pass.child("inputDropout"));
      Rows seen =
          parts.taps.forward(
              batch, dropped, ofTaps(initial), ofTaps(last), pass.child("inputDelays"));
      Rows states =
          parts.encoder.forward(
              batch, seen, ofEncoder(initial), ofEncoder(last), pass.child("encoder"));
      Rows pooled = parts.pooling.forward(batch, states, pass.child("pooling"));
      Rows kept = outputDropout.forward(pooled, pass.child("outputDropout"));
      Rows output = parts.head.forward(kept, pass.child("head"));
      parts.added.forEach(columns -> columns.forward(input, output));
      return output;
    }

    @Override
    public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
      Rows dDirect = parts.added.isEmpty() ? dOutput : copy(dOutput, pass);
      Rows dKept = parts.head.backward(dOutput, pass.child("head"));
      Rows dPooled = outputDropout.backward(dKept, pass.child("outputDropout"));
      Rows dStates = parts.pooling.backward(batch, dPooled, pass.child("pooling"));
      Rows dSeen =
          parts.encoder.backward(
              batch, dStates, ofEncoder(dLast), ofEncoder(dInitial), pass.child("encoder"));
      Rows dDropped =
          parts.taps.backward(
              batch, dSeen, ofTaps(dLast), ofTaps(dInitial), pass.child("inputDelays"));
      Rows dInput = inputDropout.backward(dDropped, pass.child("inputDropout"));
      parts.added.forEach(columns -> columns.backward(dDirect, dInput));
      return dInput;
    }

    /** The head may overwrite the gradient it is given. */
    private static Rows copy(Rows dOutput, Pass pass) {
      Rows copy = pass.buffer("dDirect", dOutput.count(), dOutput.width());
      copy.copyFrom(dOutput);
      return copy;
    }

    private Rows ofTaps(Rows state) {
      return state.columns(0, parts.taps.stateSize());
    }

    private Rows ofEncoder(Rows state) {
      return state.columns(parts.taps.stateSize(), parts.encoder.stateSize());
    }
  }
}
