package io.sparkrnn.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Source sequences and the target sequences that belong to them, each packed by itself. A pair
 * travels as one joint sequence, so that everything that deals, caches and orders sequences holds
 * for pairs too, and the work of a pair is its time steps on both sides: first the steps of the
 * source, where the column {@value #TARGET} holds {@value #SOURCE_STEP}, then the target, ended by
 * the boundary; further targets of the same source (other references) may follow, each ended by the
 * boundary. Columns of the source hold zeros over the targets.
 *
 * @param source with the columns of the source
 * @param target with the columns {@value #TARGET} (what is to be said, the boundary at the end) and
 *     {@value #INPUT} (what was said before, the boundary at the start)
 * @param sourceOf rank of the source of each rank of a target
 * @param referencesOf for each rank of a source the ranks of its targets
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is shared by design
public record PairBatch(
    SequenceBatch source, SequenceBatch target, int[] sourceOf, List<List<Integer>> referencesOf) {

  /** Column of targets, in joint sequences and in target batches. */
  public static final String TARGET = "target";

  /** Column of what was said before. */
  public static final String INPUT = "input";

  /** Stands in the column of targets over the steps of the source. */
  public static final int SOURCE_STEP = -1;

  /**
   * Takes joint sequences apart; the sources keep the order of the joint ranks.
   *
   * @param columns of the source
   * @param boundary id that ends a target
   */
  public static PairBatch of(SequenceBatch joint, List<Column> columns, int boundary) {
    Packing packing = joint.packing();
    int[] targets = joint.ids(TARGET);
    int[] sourceLengths = new int[joint.sequences()];
    List<Stretch> stretches = new ArrayList<>();
    for (int rank = 0; rank < joint.sequences(); rank++) {
      int t = 0;
      while (t < packing.length(rank) && targets[packing.row(rank, t)] == SOURCE_STEP) {
        t++;
      }
      sourceLengths[rank] = t;
      int from = t;
      for (; t < packing.length(rank); t++) {
        if (targets[packing.row(rank, t)] == boundary) {
          stretches.add(new Stretch(rank, from, t + 1 - from));
          from = t + 1;
        }
      }
    }
    return assemble(joint, columns, boundary, sourceLengths, stretches);
  }

  /**
   * One target within a joint sequence.
   *
   * @param rank of the joint sequence
   * @param from its first step
   * @param length its steps
   */
  private record Stretch(int rank, int from, int length) {}

  private static PairBatch assemble(
      SequenceBatch joint,
      List<Column> columns,
      int boundary,
      int[] sourceLengths,
      List<Stretch> stretches) {
    Packing sources = new Packing(sourceLengths);
    float[] sourceWeights = new float[sourceLengths.length];
    int[] sourceRank = new int[sourceLengths.length];
    List<List<Integer>> references = new ArrayList<>();
    for (int rank = 0; rank < sourceWeights.length; rank++) {
      int jointRank = sources.sequenceAt(rank);
      sourceRank[jointRank] = rank;
      sourceWeights[rank] = joint.weight(jointRank);
      references.add(new ArrayList<>());
    }
    SequenceBatch source = new SequenceBatch(sources, sourceWeights);
    columns.forEach(column -> put(column, joint, sources, source));
    Packing targets = new Packing(stretches.stream().mapToInt(Stretch::length).toArray());
    float[] weights = new float[stretches.size()];
    int[] sourceOf = new int[stretches.size()];
    int[] said = new int[targets.totalRows()];
    int[] before = new int[targets.totalRows()];
    int[] ids = joint.ids(TARGET);
    for (int rank = 0; rank < weights.length; rank++) {
      Stretch stretch = stretches.get(targets.sequenceAt(rank));
      weights[rank] = joint.weight(stretch.rank);
      sourceOf[rank] = sourceRank[stretch.rank];
      references.get(sourceOf[rank]).add(rank);
      int previous = boundary;
      for (int t = 0; t < stretch.length; t++) {
        int id = ids[joint.packing().row(stretch.rank, stretch.from + t)];
        before[targets.row(rank, t)] = previous;
        said[targets.row(rank, t)] = id;
        previous = id;
      }
    }
    SequenceBatch target = new SequenceBatch(targets, weights);
    target.putIds(Column.ids(TARGET), said);
    target.putIds(Column.ids(INPUT), before);
    return new PairBatch(source, target, sourceOf, references);
  }

  /** Copies the rows of one column of the sources. */
  private static void put(
      Column column, SequenceBatch joint, Packing sources, SequenceBatch source) {
    boolean real = column.kind() == Column.Kind.VALUES;
    int width = column.width();
    float[] values = new float[real ? sources.totalRows() * width : 0];
    int[] ids = new int[real ? 0 : sources.totalRows()];
    for (int rank = 0; rank < sources.sequences(); rank++) {
      int jointRank = sources.sequenceAt(rank);
      for (int t = 0; t < sources.length(rank); t++) {
        int from = joint.packing().row(jointRank, t);
        int to = sources.row(rank, t);
        if (real) {
          float[] given = joint.values(column.name()).data();
          System.arraycopy(given, from * width, values, to * width, width);
        } else {
          ids[to] = joint.ids(column.name())[from];
        }
      }
    }
    if (real) {
      source.putValues(column, values);
    } else {
      source.putIds(column, ids);
    }
  }

  /** Position, among the joint sequences as they were gathered, of a source of this rank. */
  public int positionOf(int sourceRank, SequenceBatch joint) {
    return joint.packing().sequenceAt(source.packing().sequenceAt(sourceRank));
  }

  /** The ids of a target, without the boundary at its end. */
  public int[] reference(int targetRank) {
    Packing packing = target.packing();
    int[] ids = new int[packing.length(targetRank) - 1];
    for (int t = 0; t < ids.length; t++) {
      ids[t] = target.ids(TARGET)[packing.row(targetRank, t)];
    }
    return ids;
  }
}
