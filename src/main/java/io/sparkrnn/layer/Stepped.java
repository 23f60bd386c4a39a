package io.sparkrnn.layer;

import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Any layer that looks at the past alone, as steps: a step is a run over sequences of length 1 that
 * begins in the state the last step left. The run over the whole sequence is the fast one, and a
 * test holds both equal. Dropout draws anew at each step. For one thread.
 */
public final class Stepped implements StepLayer {

  private final SequenceLayer layer;
  private final Map<Integer, SequenceBatch> batches = new HashMap<>();

  /**
   * Takes the layer.
   *
   * @throws IllegalArgumentException if it looks into the future, as a bidirectional one does
   */
  public Stepped(SequenceLayer layer) {
    if (layer.forwardSize() != layer.outputSize()) {
      throw new IllegalArgumentException(
          "only a layer that runs forward in time takes single steps; %d of its %d outputs run backward"
              .formatted(layer.outputSize() - layer.forwardSize(), layer.outputSize()));
    }
    this.layer = layer;
  }

  @Override
  public int outputSize() {
    return layer.outputSize();
  }

  @Override
  public int stateSize() {
    return layer.stateSize();
  }

  @Override
  public Rows step(Rows input, Rows previous, Rows next, Pass frame) {
    return layer.forward(single(input.count()), input, previous, next, frame);
  }

  @Override
  public Rows stepBack(Rows dOutput, Rows dNext, Rows dPrevious, Pass frame) {
    return layer.backward(single(dOutput.count()), dOutput, dNext, dPrevious, frame);
  }

  /** A batch of sequences of one step. */
  private SequenceBatch single(int sequences) {
    return batches.computeIfAbsent(
        sequences,
        count -> {
          int[] ones = new int[count];
          Arrays.fill(ones, 1);
          return new SequenceBatch(new Packing(ones), new float[count]);
        });
  }
}
