package io.sparkrnn.sequence;

import io.sparkrnn.oracle.OracleSequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The oracle's sequences as a packed batch of the product. */
public final class PackedSequences {
  private PackedSequences() {}

  /**
   * Packs sequences into one batch.
   *
   * @param inputs the columns of the input
   * @param target the column of labels or of values to be predicted
   */
  public static SequenceBatch batch(
      List<Column> inputs, Column target, List<OracleSequence> sequences) {
    List<Column> schema = Stream.concat(inputs.stream(), Stream.of(target)).toList();
    List<Sequence> packed = sequences.stream().map(each -> sequence(inputs, target, each)).toList();
    int[] all = IntStream.range(0, packed.size()).toArray();
    return new SequenceSet(schema, packed).gather(all);
  }

  private static Sequence sequence(List<Column> inputs, Column target, OracleSequence sequence) {
    float[][] values = new float[inputs.size() + 1][0];
    int[][] ids = new int[inputs.size() + 1][0];
    for (int c = 0; c < inputs.size(); c++) {
      Column column = inputs.get(c);
      if (column.kind() == Column.Kind.VALUES) {
        values[c] = flattened(sequence.values(column.name()));
      } else {
        ids[c] = sequence.ids(column.name());
      }
    }
    if (target.kind() == Column.Kind.VALUES) {
      values[inputs.size()] = flattened(sequence.targets());
    } else {
      ids[inputs.size()] = sequence.labels();
    }
    return new Sequence(sequence.steps(), (float) sequence.weight(), values, ids);
  }

  private static float[] flattened(double[][] rows) {
    double[] numbers = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    float[] narrowed = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      narrowed[i] = (float) numbers[i];
    }
    return narrowed;
  }
}
