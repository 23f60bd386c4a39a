package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * Two layers over the same input (Schuster and Paliwal 1997), one in the direction of time and one
 * against it, each sequence reversed within its own length. Output and state: forward's columns,
 * then backward's.
 *
 * @param forward in the direction of time
 * @param backward against it
 */
public record Bidirectional(SequenceLayer forward, SequenceLayer backward)
    implements SequenceLayer {

  @Override
  public int outputSize() {
    return forward.outputSize() + backward.outputSize();
  }

  @Override
  public int stateSize() {
    return forward.stateSize() + backward.stateSize();
  }

  @Override
  public int forwardSize() {
    return forward.outputSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    forward.declare(layout.child("forward"), inputSize);
    backward.declare(layout.child("backward"), inputSize);
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    Rows ahead =
        forward.forward(
            batch, input, forwardState(initial), forwardState(last), pass.child("forward"));
    Rows reversed = pass.buffer("reversed", input.count(), input.width());
    copyRows(input, batch.reversedRows(), reversed);
    Rows back =
        backward.forward(
            batch, reversed, backwardState(initial), backwardState(last), pass.child("backward"));
    Rows output = pass.buffer("output", input.count(), outputSize());
    output.columns(0, forward.outputSize()).copyFrom(ahead);
    copyRows(back, batch.reversedRows(), backwardColumns(output));
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    Rows dInput =
        forward.backward(
            batch,
            dOutput.columns(0, forward.outputSize()),
            forwardState(dLast),
            forwardState(dInitial),
            pass.child("forward"));
    Rows dReversed =
        backward.backward(
            batch,
            reversedGradient(batch, dOutput, pass),
            backwardState(dLast),
            backwardState(dInitial),
            pass.child("backward"));
    addRows(dReversed, batch.reversedRows(), dInput);
    return dInput;
  }

  @Override
  public void backwardParameters(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    forward.backwardParameters(
        batch,
        dOutput.columns(0, forward.outputSize()),
        forwardState(dLast),
        forwardState(dInitial),
        pass.child("forward"));
    backward.backwardParameters(
        batch,
        reversedGradient(batch, dOutput, pass),
        backwardState(dLast),
        backwardState(dInitial),
        pass.child("backward"));
  }

  private Rows reversedGradient(SequenceBatch batch, Rows dOutput, Pass pass) {
    Rows dBack = pass.buffer("dBack", dOutput.count(), backward.outputSize());
    copyRows(backwardColumns(dOutput), batch.reversedRows(), dBack);
    return dBack;
  }

  private Rows forwardState(Rows state) {
    return state.columns(0, forward.stateSize());
  }

  private Rows backwardState(Rows state) {
    return state.columns(forward.stateSize(), backward.stateSize());
  }

  private Rows backwardColumns(Rows rows) {
    return rows.columns(forward.outputSize(), backward.outputSize());
  }

  private static void copyRows(Rows source, int[] order, Rows target) {
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(
          source.data(),
          source.start(order[row]),
          target.data(),
          target.start(row),
          source.width());
    }
  }

  private static void addRows(Rows source, int[] order, Rows target) {
    for (int row = 0; row < order.length; row++) {
      int from = source.start(order[row]);
      int to = target.start(row);
      for (int j = 0; j < source.width(); j++) {
        target.data()[to + j] += source.data()[from + j];
      }
    }
  }
}
