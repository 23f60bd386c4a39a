package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * The delay unit (Waibel 1989; Lang 1990): beside one another the last values of its input,
 *
 * <pre>
 * y_t = [x_{t−first}, x_{t−first−1}, …, x_{t−last}]
 * </pre>
 *
 * The state is what a later step may ask for, [x_{t−1}, …, x_{t−last}] before step t, newest first:
 * so a run that carries it equals an unbroken one, and zeros stand for what was before a sequence
 * unless a state is given. No parameters. The taps 0 … 0 are no layer at all: the input goes
 * through.
 *
 * @param taps the delays
 * @param width M: values of the input
 */
public record TapDelay(Taps taps, int width) implements SequenceLayer {

  @Override
  public int outputSize() {
    return taps.count() * width;
  }

  @Override
  public int stateSize() {
    return taps.last() * width;
  }

  @Override
  public int forwardSize() {
    return outputSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    if (inputSize != width) {
      throw new IllegalArgumentException(
          "delays of %d values stand above a layer of %d".formatted(width, inputSize));
    }
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    if (taps.equals(Taps.NOW)) {
      return input;
    }
    Rows output = pass.buffer("output", batch.totalRows(), outputSize());
    for (int t = 0; t < batch.steps(); t++) {
      Rows step = step(batch, output, t);
      for (int k = taps.first(); k <= taps.last(); k++) {
        Rows tap = step.columns((k - taps.first()) * width, width);
        tap.copyFrom(delayed(batch, input, initial, t, k));
      }
    }
    for (int rank = 0; rank < batch.sequences(); rank++) {
      for (int k = 1; k <= taps.last(); k++) {
        stateAt(last, k).slice(rank, 1).copyFrom(atEnd(batch, input, initial, rank, k));
      }
    }
    return output;
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    if (taps.equals(Taps.NOW)) {
      return dOutput;
    }
    Rows dInput = pass.zeros("dInput", batch.totalRows(), width);
    dInitial.fill(0f);
    for (int t = 0; t < batch.steps(); t++) {
      Rows step = step(batch, dOutput, t);
      for (int k = taps.first(); k <= taps.last(); k++) {
        Rows tap = step.columns((k - taps.first()) * width, width);
        delayed(batch, dInput, dInitial, t, k).add(tap);
      }
    }
    for (int rank = 0; rank < batch.sequences(); rank++) {
      for (int k = 1; k <= taps.last(); k++) {
        atEnd(batch, dInput, dInitial, rank, k).add(stateAt(dLast, k).slice(rank, 1));
      }
    }
    return dInput;
  }

  private static Rows step(SequenceBatch batch, Rows rows, int t) {
    return rows.slice(batch.packing().rowOffset(t), batch.packing().activeAt(t));
  }

  /** x_{t−k} of the sequences that are longer than t. */
  private Rows delayed(SequenceBatch batch, Rows input, Rows initial, int t, int k) {
    int active = batch.packing().activeAt(t);
    return k <= t
        ? input.slice(batch.packing().rowOffset(t - k), active)
        : stateAt(initial, k - t).slice(0, active);
  }

  /** x_{T−k} of the sequence of a rank, T its length. */
  private Rows atEnd(SequenceBatch batch, Rows input, Rows initial, int rank, int k) {
    int length = batch.packing().length(rank);
    return k <= length
        ? input.slice(batch.packing().row(rank, length - k), 1)
        : stateAt(initial, k - length).slice(rank, 1);
  }

  /** The value of k steps ago in a state, k from 1. */
  private Rows stateAt(Rows state, int k) {
    return state.columns((k - 1) * width, width);
  }
}
