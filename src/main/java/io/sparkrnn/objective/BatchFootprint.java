package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Memory of the forward and backward pass of a mini-batch: the batch, and the buffers of the
 * unrolled network that live from forward to backward. Not a formula beside the layers but measured
 * on batches of a few steps, since all of it grows with sequences and steps as
 *
 * <pre>
 * floats = fixed + perSequence · B + perStep · Σ lengths
 * </pre>
 *
 * @param fixed floats whatever the batch
 * @param perSequence floats a sequence
 * @param perStep floats a time step of a sequence: values of the batch, gates and states of every
 *     layer (G·D + S of a cell), outputs, and the gradients of these
 * @param widest floats a time step in the widest single buffer
 */
public record BatchFootprint(double fixed, double perSequence, double perStep, double widest) {

  /** Of no batch at all. */
  public static final BatchFootprint NONE = new BatchFootprint(0, 0, 0, 0);

  private static final int SHORT = 8;

  /** Measures an objective over batches of these columns, in training. */
  public static BatchFootprint of(Objective<SequenceBatch> objective, List<Column> schema) {
    Measure one = measure(objective, schema, 1, SHORT);
    Measure longer = measure(objective, schema, 1, 2 * SHORT);
    Measure two = measure(objective, schema, 2, SHORT);
    double perStep = (double) (longer.floats - one.floats) / SHORT;
    double perSequence = Math.max(0, two.floats - one.floats - SHORT * perStep);
    double fixed = Math.max(0, one.floats - perSequence - SHORT * perStep);
    double widest = (double) (longer.largest - one.largest) / SHORT;
    double batch = schema.stream().mapToDouble(Column::width).sum();
    return new BatchFootprint(fixed, perSequence, perStep + batch, widest);
  }

  /** Bytes of a batch of so many sequences with so many time steps together. */
  public double bytes(double sequences, double steps) {
    return Float.BYTES * (fixed + perSequence * sequences + perStep * steps);
  }

  /** Whether no single buffer of such a batch is larger than an array can be. */
  public boolean fitsArrays(double steps) {
    return widest * steps < Integer.MAX_VALUE - Byte.SIZE;
  }

  private record Measure(long floats, int largest) {}

  private static Measure measure(
      Objective<SequenceBatch> objective, List<Column> schema, int sequences, int length) {
    SequenceSet set =
        new SequenceSet(schema, Collections.nCopies(sequences, sequence(schema, length)));
    Parameters parameters =
        new Parameters(objective.layout(), new float[objective.layout().size()]);
    try (Pass pass =
        new Pass(parameters, new Gradient(objective.layout()), Backend.gemm(Backend.JAVA))) {
      pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(0));
      objective.lossAndGradient(set.gather(IntStream.range(0, sequences).toArray()), pass);
      return new Measure(pass.bufferedFloats(), pass.largestBuffer());
    }
  }

  /** Ids 0, targets 0, and NaN for inputs: an objective that feeds outputs back does so then. */
  private static Sequence sequence(List<Column> schema, int length) {
    float[][] values = new float[schema.size()][0];
    int[][] ids = new int[schema.size()][0];
    for (int c = 0; c < schema.size(); c++) {
      Column column = schema.get(c);
      int entries = column.rows(length) * column.width();
      if (column.kind() == Column.Kind.IDS) {
        ids[c] = new int[entries];
      } else {
        values[c] = new float[entries];
        Arrays.fill(values[c], column.name().equals(ObjectiveDescription.TARGET) ? 0f : Float.NaN);
      }
    }
    return new Sequence(length, 1f, values, ids);
  }
}
