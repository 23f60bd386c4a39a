package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Layers and a connection past them (the skip layer of Ripley 1996): what stands above sees
 *
 * <pre>
 * [x_t, …, x_{t−K}, h_t]
 * </pre>
 *
 * the inputs with their delays, then the layers' output. {@link Skip} above maps the former past
 * all that stands between. Parameters have the names of the layers alone; the state is that of the
 * delays, then of the layers.
 *
 * @param inputs delays of the inputs that go past
 * @param layers what they go past; over the same inputs
 */
public record Shortcut(TapDelay inputs, SequenceLayer layers) implements SequenceLayer {

  private static final String INPUTS = "shortcut";

  @Override
  public int outputSize() {
    return inputs.outputSize() + layers.outputSize();
  }

  @Override
  public int stateSize() {
    return inputs.stateSize() + layers.stateSize();
  }

  @Override
  public int forwardSize() {
    return inputs.outputSize() + layers.forwardSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    inputs.declare(layout.child(INPUTS), inputSize);
    layers.declare(layout, inputSize);
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    Rows past =
        inputs.forward(batch, input, inputsState(initial), inputsState(last), pass.child(INPUTS));
    Rows states = layers.forward(batch, input, layersState(initial), layersState(last), pass);
    Rows output = pass.buffer("besides", input.count(), outputSize());
    ofInputs(output).copyFrom(past);
    ofLayers(output).copyFrom(states);
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows dPast =
        inputs.backward(
            batch,
            ofInputs(dOutput),
            inputsState(dLast),
            inputsState(dInitial),
            pass.child(INPUTS));
    Rows dInput =
        layers.backward(
            batch, dStates(dOutput, pass), layersState(dLast), layersState(dInitial), pass);
    dInput.add(dPast);
    return dInput;
  }

  @Override
  public void backwardParameters(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    layers.backwardParameters(
        batch, dStates(dOutput, pass), layersState(dLast), layersState(dInitial), pass);
  }

  /** The layers' part, whole: a layer may want its gradient in one piece. */
  private Rows dStates(Rows dOutput, Pass pass) {
    Rows dStates = pass.buffer("dStates", dOutput.count(), layers.outputSize());
    dStates.copyFrom(ofLayers(dOutput));
    return dStates;
  }

  private Rows ofInputs(Rows rows) {
    return rows.columns(0, inputs.outputSize());
  }

  private Rows ofLayers(Rows rows) {
    return rows.columns(inputs.outputSize(), layers.outputSize());
  }

  private Rows inputsState(Rows state) {
    return state.columns(0, inputs.stateSize());
  }

  private Rows layersState(Rows state) {
    return state.columns(inputs.stateSize(), layers.stateSize());
  }
}
