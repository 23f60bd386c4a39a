package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * A layer between two delay units: it sees the last values of its input, and what stands above it
 * sees the last values of its output. Around a map of rows this is a layer of a time delay network
 * (Waibel 1989), h_t = f(x_t, x_{t−1}, …, x_{t−K}). Parameters have the names of the layer alone;
 * the state is that of the delays before, of the layer, of the delays after.
 *
 * @param before delays of the input
 * @param layer sees {@code before.outputSize()} values
 * @param after delays of the output, {@code layer.outputSize()} wide; 0 … 0 unless all columns of
 *     the layer run forward in time
 */
public record Delayed(TapDelay before, SequenceLayer layer, TapDelay after)
    implements SequenceLayer {

  private static final String BEFORE = "delaysBefore";
  private static final String AFTER = "delaysAfter";

  @Override
  public int outputSize() {
    return after.outputSize();
  }

  @Override
  public int stateSize() {
    return before.stateSize() + layer.stateSize() + after.stateSize();
  }

  @Override
  public int forwardSize() {
    return after.taps().equals(Taps.NOW) ? layer.forwardSize() : after.outputSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    before.declare(layout.child(BEFORE), inputSize);
    layer.declare(layout, before.outputSize());
    after.declare(layout.child(AFTER), layer.outputSize());
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    Rows seen =
        before.forward(batch, input, beforeState(initial), beforeState(last), pass.child(BEFORE));
    Rows output = layer.forward(batch, seen, layerState(initial), layerState(last), pass);
    return after.forward(batch, output, afterState(initial), afterState(last), pass.child(AFTER));
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows dLayer =
        after.backward(batch, dOutput, afterState(dLast), afterState(dInitial), pass.child(AFTER));
    Rows dSeen = layer.backward(batch, dLayer, layerState(dLast), layerState(dInitial), pass);
    return before.backward(
        batch, dSeen, beforeState(dLast), beforeState(dInitial), pass.child(BEFORE));
  }

  private Rows beforeState(Rows state) {
    return state.columns(0, before.stateSize());
  }

  private Rows layerState(Rows state) {
    return state.columns(before.stateSize(), layer.stateSize());
  }

  private Rows afterState(Rows state) {
    return state.columns(before.stateSize() + layer.stateSize(), after.stateSize());
  }
}
