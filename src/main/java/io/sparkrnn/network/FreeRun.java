package io.sparkrnn.network;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.StepLayer;
import io.sparkrnn.layer.Stepped;
import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;

/**
 * A network whose outputs feed the inputs of the next step, from zero states:
 *
 * <pre>
 * ŷ_t = f(x_t, …, y*_{t−1}, …),   y*_{t−1} what was observed if it is shown, else ŷ_{t−1}
 * </pre>
 *
 * with ŷ_0 = 0. If everything is shown this is the run over the whole sequence; else each step is
 * taken by itself, and the gradient goes back through the feedback too (Werbos 1990). For one
 * thread.
 */
public final class FreeRun {

  /** Makes what is fed back out of the outputs of a step. */
  @FunctionalInterface
  public interface Choice {
    /**
     * One value.
     *
     * @param t the step that the outputs belong to
     * @param rank of the sequence
     * @param outputs of step t, a row a rank
     * @param value which of those fed back, from 0
     */
    float of(int t, int rank, Rows outputs, int value);
  }

  private final SequenceNetwork network;
  private final Feedback feedback;
  private final int firstColumn;
  private final StepLayer steps;
  private boolean stepped;
  private boolean[] fed = {};

  /**
   * Takes a network and its description.
   *
   * @throws ConfigurationException if there is no such column of values, or it is too narrow, or
   *     the network looks into the future
   */
  public FreeRun(NetworkDescription description, SequenceNetwork network, Feedback feedback) {
    this.network = network;
    this.feedback = feedback;
    this.firstColumn = firstColumn(description, feedback);
    if (description.settings().bidirectional()
        || description.output() != NetworkDescription.Output.STEP) {
      throw new ConfigurationException(
          "network: outputs are fed back only in a network that runs forward in time and has an output at every step");
    }
    this.steps = new Stepped(network.body());
  }

  private static int firstColumn(NetworkDescription description, Feedback feedback) {
    int column = 0;
    for (InputColumn input : description.inputs()) {
      if (input.name().equals(feedback.column())
          && !input.embedded()
          && input.width() >= feedback.width()) {
        return column;
      }
      column += input.embedded() ? 0 : input.width();
    }
    throw new ConfigurationException(
        "feedback: expected an input column %s of at least %d values, found %s"
            .formatted(feedback.column(), feedback.width(), description.inputs()));
  }

  /** Outputs, one row a packed row. */
  public Rows forward(SequenceBatch batch, Choice choice, Pass pass) {
    Rows columns = network.input(batch, pass);
    stepped = marksFed(batch, columns);
    int state = network.stateSize();
    Rows initial = pass.zeros("initial", batch.sequences(), state);
    if (!stepped) {
      Rows last = pass.buffer("last", batch.sequences(), state);
      return network.body().forward(batch, columns, initial, last, pass);
    }
    Rows input = pass.buffer("fedInput", columns.count(), columns.width());
    input.copyFrom(columns);
    Rows outputs = pass.buffer("fedOutput", columns.count(), network.outputSize());
    Packing packing = batch.packing();
    Rows previous = initial;
    for (int t = 0; t < batch.steps(); t++) {
      int active = packing.activeAt(t);
      Rows own = input.slice(packing.rowOffset(t), active);
      if (t > 0) {
        Rows before = outputs.slice(packing.rowOffset(t - 1), active);
        feed(own, packing.rowOffset(t), t - 1, before, choice);
      } else {
        feed(own, 0, -1, outputs, (step, rank, none, value) -> 0f);
      }
      Pass frame = pass.frame(t);
      Rows next = frame.buffer("state", active, state);
      Rows output = steps.step(own, previous.slice(0, active), next, frame);
      outputs.slice(packing.rowOffset(t), active).copyFrom(output);
      previous = next;
    }
    return outputs;
  }

  /**
   * Adds the gradients of the last forward.
   *
   * @param dOutput packed rows × outputs; overwritten
   * @param firstOutput the output that value 0 was taken from; the others follow it
   */
  public void backward(SequenceBatch batch, Rows dOutput, int firstOutput, Pass pass) {
    if (!stepped) {
      network.backward(batch, dOutput, pass);
      return;
    }
    int state = network.stateSize();
    Packing packing = batch.packing();
    Rows dInput = pass.buffer("dFedInput", dOutput.count(), pass.saved("fedInput").width());
    Rows dState = pass.zeros("dFedState", batch.sequences(), state);
    Rows dPrevious = pass.buffer("dFedPrevious", batch.sequences(), state);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int first = packing.rowOffset(t);
      int active = packing.activeAt(t);
      Rows dNext = dState.slice(0, active);
      Rows dBefore = dPrevious.slice(0, active);
      Rows dOwn = steps.stepBack(dOutput.slice(first, active), dNext, dBefore, pass.frame(t));
      dNext.copyFrom(dBefore);
      dInput.slice(first, active).copyFrom(dOwn);
      if (t > 0) {
        Rows dEarlier = dOutput.slice(packing.rowOffset(t - 1), active);
        feedBack(dOwn, first, dEarlier.columns(firstOutput, feedback.width()));
      }
    }
    network.inputBack(dInput, pass);
  }

  /** Notes which values are to be fed back; whether there are any. */
  private boolean marksFed(SequenceBatch batch, Rows columns) {
    int width = feedback.width();
    int shownRows =
        feedback.shown() < batch.steps()
            ? batch.packing().rowOffset(feedback.shown())
            : batch.totalRows();
    fed = new boolean[Math.multiplyExact(batch.totalRows(), width)];
    boolean any = false;
    for (int row = 0; row < batch.totalRows(); row++) {
      for (int v = 0; v < width; v++) {
        boolean own = row >= shownRows || Float.isNaN(columns.get(row, firstColumn + v));
        fed[row * width + v] = own;
        any |= own;
      }
    }
    return any;
  }

  private void feed(Rows own, int firstRow, int t, Rows before, Choice choice) {
    for (int rank = 0; rank < own.count(); rank++) {
      for (int v = 0; v < feedback.width(); v++) {
        if (fed[(firstRow + rank) * feedback.width() + v]) {
          own.set(rank, firstColumn + v, choice.of(t, rank, before, v));
        }
      }
    }
  }

  private void feedBack(Rows dOwn, int firstRow, Rows dEarlier) {
    for (int rank = 0; rank < dOwn.count(); rank++) {
      for (int v = 0; v < feedback.width(); v++) {
        if (fed[(firstRow + rank) * feedback.width() + v]) {
          float sum = dEarlier.get(rank, v) + dOwn.get(rank, firstColumn + v);
          dEarlier.set(rank, v, sum);
        }
      }
    }
  }
}
