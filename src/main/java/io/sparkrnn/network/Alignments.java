package io.sparkrnn.network;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.SoftAttention;
import io.sparkrnn.math.Rows;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.PairBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a decoder looks at the source while a teacher makes it say the target: the weights of its
 * attention, step by step.
 *
 * @param network that decodes
 */
public record Alignments(EncoderDecoder network) {

  /**
   * Decodes under the teacher and keeps the weights.
   *
   * @return for each rank of the target a row a step, the boundary included, of a weight a step of
   *     the source; nothing without attention
   */
  public List<float[][]> of(PairBatch pair, Pass pass) {
    if (!(network.attention() instanceof SoftAttention)) {
      return List.of();
    }
    Packing packing = pair.target().packing();
    List<float[][]> alignments = new ArrayList<>();
    for (int rank = 0; rank < packing.sequences(); rank++) {
      alignments.add(new float[packing.length(rank)][]);
    }
    EncoderDecoder.Encoded encoded = network.encode(pair.source(), pass);
    Rows states = Rows.zeros(packing.sequences(), network.stateSize());
    Rows next = Rows.zeros(packing.sequences(), network.stateSize());
    network.begin(encoded, pair.sourceOf(), states);
    int[] inputs = pair.target().ids(PairBatch.INPUT);
    for (int t = 0; t < packing.steps(); t++) {
      int active = packing.activeAt(t);
      int first = packing.rowOffset(t);
      int[] tokens = Arrays.copyOfRange(inputs, first, first + active);
      int[] sources = Arrays.copyOf(pair.sourceOf(), active);
      network.step(encoded, tokens, sources, states.slice(0, active), next.slice(0, active), pass);
      for (int rank = 0; rank < active; rank++) {
        Pass place = pass.frame(0).child(EncoderDecoder.ATTENTION);
        alignments.get(rank)[t] = SoftAttention.weightsOf(encoded.memory(), rank, place);
      }
      states.copyFrom(next);
    }
    return alignments;
  }
}
