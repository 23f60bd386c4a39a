package io.sparkrnn.training;

import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.io.Serializable;
import java.util.List;

/**
 * What a shard is made into out of the sequences that were dealt to it.
 *
 * @param <B> a batch
 */
@FunctionalInterface
public interface ShardForm<B> extends Serializable {

  /** Whole sequences, in mini-batches of like length. */
  ShardForm<SequenceBatch> SEQUENCES =
      (index, schema, sequences) -> new SequenceShard(index, new SequenceSet(schema, sequences));

  /** Makes a shard of sequences in the order of their dealing. */
  Shard<B> shard(int index, List<Column> schema, List<Sequence> sequences);
}
