package io.sparkrnn.network;

import java.io.Serializable;

/**
 * One input column of a network.
 *
 * @param name column of the batch
 * @param width width of its values, or of the embedding of its ids
 * @param vocabulary number of ids; 0 for a column of values
 * @param rareFrom first id of the rare terms
 */
public record InputColumn(String name, int width, int vocabulary, int rareFrom)
    implements Serializable {

  /** Values of this width at every step. */
  public static InputColumn values(String name, int width) {
    return new InputColumn(name, width, 0, 0);
  }

  /** Ids below {@code vocabulary}, embedded, none of them rare. */
  public static InputColumn ids(String name, int vocabulary, int embeddingWidth) {
    return ids(name, vocabulary, vocabulary, embeddingWidth);
  }

  /** Ids below {@code vocabulary}, embedded; those from {@code rareFrom} on are rare. */
  public static InputColumn ids(String name, int vocabulary, int rareFrom, int embeddingWidth) {
    return new InputColumn(name, embeddingWidth, vocabulary, rareFrom);
  }

  /** Whether ids are looked up in an embedding. */
  public boolean embedded() {
    return vocabulary > 0;
  }
}
