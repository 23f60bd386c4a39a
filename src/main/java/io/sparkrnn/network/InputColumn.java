package io.sparkrnn.network;

import io.sparkrnn.layer.Taps;
import java.io.Serializable;

/**
 * One input column of a network.
 *
 * @param name column of the batch
 * @param width width of its values, or of the embedding of its ids
 * @param vocabulary number of ids; 0 for a column of values
 * @param rareFrom first id of the rare terms
 * @param taps delays at which the network sees the column
 * @param added to how many outputs each of its values is added, see {@link #addedToOutputs}
 */
public record InputColumn(
    String name, int width, int vocabulary, int rareFrom, Taps taps, int added)
    implements Serializable {

  /** Descriptions written before there were delays name none. */
  @SuppressWarnings("NullAway") // absent in the files of older models
  public InputColumn {
    taps = taps == null ? Taps.NOW : taps;
  }

  /** Values of this width at every step. */
  public static InputColumn values(String name, int width) {
    return new InputColumn(name, width, 0, 0, Taps.NOW, 0);
  }

  /** Ids below {@code vocabulary}, embedded, none of them rare. */
  public static InputColumn ids(String name, int vocabulary, int embeddingWidth) {
    return ids(name, vocabulary, vocabulary, embeddingWidth);
  }

  /** Ids below {@code vocabulary}, embedded; those from {@code rareFrom} on are rare. */
  public static InputColumn ids(String name, int vocabulary, int rareFrom, int embeddingWidth) {
    return new InputColumn(name, embeddingWidth, vocabulary, rareFrom, Taps.NOW, 0);
  }

  /** The same column, seen at these delays. */
  public InputColumn delayed(Taps delays) {
    return new InputColumn(name, width, vocabulary, rareFrom, delays, added);
  }

  /**
   * The same column, whose value v at a step is added to the outputs v, v + width, … of that step,
   * {@code blocks} of them: the network then says how its outputs differ from the column. With the
   * last value observed as the column, a network that has learnt nothing repeats it.
   *
   * @param blocks 1 for a point or a mean, Q for Q quantiles
   */
  public InputColumn addedToOutputs(int blocks) {
    return new InputColumn(name, width, vocabulary, rareFrom, taps, blocks);
  }

  /** Whether ids are looked up in an embedding. */
  public boolean embedded() {
    return vocabulary > 0;
  }
}
