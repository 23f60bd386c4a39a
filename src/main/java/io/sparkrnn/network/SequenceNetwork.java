package io.sparkrnn.network;

import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Inputs;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.Pooling;
import io.sparkrnn.layer.RowLayer;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Map;

/**
 * inputs → dropout → recurrent layers → the states that count → dropout → head. Parameters: {@code
 * embedding.<column>.E}, {@code encoder.<layer>.…}, {@code head.<layer>.…}. Bound to no values; not
 * for use by two threads at a time.
 */
public final class SequenceNetwork {

  private final Inputs inputs;
  private final SequenceLayer encoder;
  private final Pooling pooling;
  private final RowLayer head;
  private final Dropout inputDropout;
  private final Dropout outputDropout;
  private final ParameterLayout layout;
  private final Map<String, int[]> used = Inputs.ids();

  SequenceNetwork(
      Inputs inputs,
      SequenceLayer encoder,
      Pooling pooling,
      RowLayer head,
      NetworkSettings.DropoutRates rates) {
    this.inputs = inputs;
    this.encoder = encoder;
    this.pooling = pooling;
    this.head = head;
    this.inputDropout = new Dropout(rates.input());
    this.outputDropout = new Dropout(rates.output());
    ParameterLayout.Builder builder = ParameterLayout.builder();
    inputs.declare(builder.child("embedding"));
    encoder.declare(builder.child("encoder"), inputs.size());
    head.declare(builder.child("head"), encoder.outputSize());
    this.layout = builder.build();
  }

  /** Names and shapes of all parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** S: values of state a sequence. */
  public int stateSize() {
    return encoder.stateSize();
  }

  /** From zero states. Returns the outputs: one row a sequence, by rank, or one a packed row. */
  public Rows forward(SequenceBatch batch, Pass pass) {
    Rows initial = pass.zeros("initial", batch.sequences(), encoder.stateSize());
    Rows last = pass.buffer("last", batch.sequences(), encoder.stateSize());
    return forward(batch, initial, last, pass);
  }

  /**
   * From given states.
   *
   * @param initial B × S, by rank
   * @param last B × S, receives the last states
   */
  public Rows forward(SequenceBatch batch, Rows initial, Rows last, Pass pass) {
    Rows input = inputs.forward(batch, pass.child("embedding"), used);
    Rows dropped = inputDropout.forward(input, pass.child("inputDropout"));
    Rows states = encoder.forward(batch, dropped, initial, last, pass.child("encoder"));
    Rows pooled = pooling.forward(batch, states, pass.child("pooling"));
    Rows seen = outputDropout.forward(pooled, pass.child("outputDropout"));
    return head.forward(seen, pass.child("head"));
  }

  /** Adds the gradients of the last forward; dOutput may be overwritten. */
  public void backward(SequenceBatch batch, Rows dOutput, Pass pass) {
    Rows dLast = pass.zeros("dLast", batch.sequences(), encoder.stateSize());
    Rows dInitial = pass.buffer("dInitial", batch.sequences(), encoder.stateSize());
    if (inputs.learns()) {
      backward(batch, dOutput, dLast, dInitial, pass);
    } else {
      Rows dStates = backwardToStates(batch, dOutput, pass);
      encoder.backwardParameters(batch, dStates, dLast, dInitial, pass.child("encoder"));
    }
  }

  /**
   * The same with gradients of the states.
   *
   * @param dLast B × S
   * @param dInitial B × S, receives ∂loss/∂initial
   * @return ∂loss/∂inputs, packed rows × M
   */
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows dStates = backwardToStates(batch, dOutput, pass);
    Rows dDropped = encoder.backward(batch, dStates, dLast, dInitial, pass.child("encoder"));
    Rows dInput = inputDropout.backward(dDropped, pass.child("inputDropout"));
    inputs.backward(dInput, used, pass.child("embedding"));
    return dInput;
  }

  private Rows backwardToStates(SequenceBatch batch, Rows dOutput, Pass pass) {
    Rows dSeen = head.backward(dOutput, pass.child("head"));
    Rows dPooled = outputDropout.backward(dSeen, pass.child("outputDropout"));
    return pooling.backward(batch, dPooled, pass.child("pooling"));
  }
}
