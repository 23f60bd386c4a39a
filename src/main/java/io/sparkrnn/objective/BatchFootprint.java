package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.sequence.Streams;
import java.util.ArrayList;
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
 *        + pairs.each · Σ lengths² + pairs.longest · max length² + min(parts.most, parts.perStep · Σ lengths)
 * </pre>
 *
 * @param fixed floats whatever the batch
 * @param perSequence floats a sequence
 * @param perStep floats a time step of a sequence: values of the batch, gates and states of every
 *     layer (G·D + S of a cell), outputs, and the gradients of these
 * @param pairs what attention keeps of pairs of steps
 * @param parts buffers for some rows at a time, as the scores of a large vocabulary
 * @param widest floats a time step in the widest single buffer
 */
public record BatchFootprint(
    double fixed, double perSequence, double perStep, Pairs pairs, Parts parts, double widest) {

  /** Of no batch at all. */
  public static final BatchFootprint NONE = new BatchFootprint(0, 0, 0, 0);

  private static final int SHORT = 8;

  /**
   * Floats by the square of time steps.
   *
   * @param each of every sequence
   * @param longest of the longest sequence alone
   */
  public record Pairs(double each, double longest) {
    /** Without attention. */
    public static final Pairs NONE = new Pairs(0, 0);
  }

  /**
   * Floats of buffers that end to grow.
   *
   * @param perStep floats a time step while the batch is small
   * @param most floats in all
   */
  public record Parts(double perStep, double most) {
    /** No such buffers. */
    public static final Parts NONE = new Parts(0, 0);
  }

  /** A sequence to measure with, of any multiple of {@value #SHORT} steps. */
  private interface Example {
    Sequence of(int length);
  }

  /** Without pairs and parts. */
  public BatchFootprint(double fixed, double perSequence, double perStep, double widest) {
    this(fixed, perSequence, perStep, Pairs.NONE, Parts.NONE, widest);
  }

  /** Measures an objective over batches of these columns, in training. */
  public static BatchFootprint of(Objective<SequenceBatch> objective, List<Column> schema) {
    return new Measures(objective, schema, length -> sequence(schema, length, Float.NaN))
        .footprint(false);
  }

  /**
   * The same for segments of streams of tokens, with targets from the whole vocabulary.
   *
   * @param vocabulary ids of targets
   */
  public static BatchFootprint ofStreams(
      Objective<SequenceBatch> objective, List<Column> columns, int vocabulary) {
    List<Column> schema = new ArrayList<>(columns);
    schema.add(Column.sequenceId(Streams.STREAM));
    schema.add(Column.sequenceId(Streams.FROM));
    int targets = schema.stream().map(Column::name).toList().indexOf(ObjectiveDescription.TARGET);
    return new Measures(
            objective,
            schema,
            length -> {
              Sequence sequence = sequence(schema, length, Float.NaN);
              Arrays.setAll(
                  sequence.ids(targets), t -> (int) ((long) (t % SHORT) * vocabulary / SHORT));
              return sequence;
            })
        .footprint(false);
  }

  /**
   * The same for joint sequences ({@link PairBatch}).
   *
   * @param boundary id that ends a target
   * @param sourceShare share of the steps that belongs to sources
   */
  public static BatchFootprint ofPairs(
      Objective<SequenceBatch> objective, List<Column> schema, int boundary, double sourceShare) {
    int eighths = (int) Math.max(1, Math.min(SHORT - 1, Math.round(SHORT * sourceShare)));
    int targets = schema.stream().map(Column::name).toList().indexOf(PairBatch.TARGET);
    return new Measures(
            objective,
            schema,
            length -> {
              Sequence sequence = sequence(schema, length, 0f);
              int[] ids = sequence.ids(targets);
              Arrays.fill(ids, 0, length / SHORT * eighths, PairBatch.SOURCE_STEP);
              ids[length - 1] = boundary;
              return sequence;
            })
        .footprint(true);
  }

  /**
   * Bytes of a batch.
   *
   * @param sequences B
   * @param steps Σ lengths
   * @param longest max length
   */
  public double bytes(double sequences, double steps, double longest) {
    return Float.BYTES
        * (fixed
            + perSequence * sequences
            + perStep * steps
            + pairs.each * steps * longest
            + pairs.longest * longest * longest
            + Math.min(parts.most, parts.perStep * steps));
  }

  /** Whether no single buffer of such a batch is larger than an array can be. */
  public boolean fitsArrays(double steps, double longest) {
    double square = Math.max(pairs.each * steps * longest, pairs.longest * longest * longest);
    return Math.max(widest * steps, square) < Integer.MAX_VALUE - Byte.SIZE;
  }

  /**
   * Passes of a few small batches.
   *
   * @param objective what is trained
   * @param schema columns of batches
   * @param example a sequence of such a batch
   */
  private record Measures(
      Objective<SequenceBatch> objective, List<Column> schema, Example example) {

    /** Measures, squares of steps too if there can be any. */
    BatchFootprint footprint(boolean squares) {
      Measure one = measure(1, SHORT);
      Measure longer = measure(1, 2 * SHORT);
      Measure two = measure(2, SHORT);
      double ofOne = squares ? Math.max(0, bend(1, one, longer)) : 0;
      Pairs pairs = Pairs.NONE;
      if (ofOne > 0) {
        double each = Math.max(0, bend(2, two, measure(2, 2 * SHORT)) - ofOne);
        pairs = new Pairs(each, Math.max(0, ofOne - each));
      }
      double square = (double) SHORT * SHORT;
      double perStep = (longer.floats - one.floats - 3 * square * ofOne) / SHORT;
      double perSequence =
          Math.max(0, two.floats - one.floats - SHORT * perStep - square * pairs.each);
      double fixed = Math.max(0, one.floats - perSequence - SHORT * perStep - square * ofOne);
      double widest = (double) (longer.largest - one.largest) / SHORT;
      double batch = schema.stream().mapToDouble(Column::width).sum();
      Parts parts = new Parts((double) one.parts / SHORT, longer.mostOfParts);
      return new BatchFootprint(fixed, perSequence, perStep + batch, pairs, parts, widest);
    }

    /** Floats by the square of the steps, of so many sequences. */
    private double bend(int sequences, Measure once, Measure twice) {
      Measure thrice = measure(sequences, 3 * SHORT);
      double second = thrice.floats - 2 * twice.floats + once.floats;
      return second / (2.0 * SHORT * SHORT);
    }

    private Measure measure(int sequences, int length) {
      SequenceSet set = new SequenceSet(schema, Collections.nCopies(sequences, example.of(length)));
      Parameters parameters =
          new Parameters(objective.layout(), new float[objective.layout().size()]);
      try (Pass pass =
          new Pass(parameters, new Gradient(objective.layout()), Backend.gemm(Backend.JAVA))) {
        pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(0));
        objective.lossAndGradient(set.gather(IntStream.range(0, sequences).toArray()), pass);
        return new Measure(
            (double) pass.bufferedFloats() - pass.floatsOfParts(),
            pass.largestBuffer(),
            pass.floatsOfParts(),
            pass.mostFloatsOfParts());
      }
    }
  }

  /**
   * What one of them took.
   *
   * @param floats of buffers that grow with the batch
   * @param largest of them
   * @param parts floats of the others
   * @param mostOfParts what they take at most
   */
  private record Measure(double floats, int largest, long parts, long mostOfParts) {}

  /** Ids and targets 0, and NaN for inputs: an objective that feeds outputs back does so then. */
  private static Sequence sequence(List<Column> schema, int length, float input) {
    float[][] values = new float[schema.size()][0];
    int[][] ids = new int[schema.size()][0];
    for (int c = 0; c < schema.size(); c++) {
      Column column = schema.get(c);
      int entries = column.rows(length) * column.width();
      if (column.kind() == Column.Kind.IDS) {
        ids[c] = new int[entries];
      } else {
        values[c] = new float[entries];
        Arrays.fill(values[c], column.name().equals(ObjectiveDescription.TARGET) ? 0f : input);
      }
    }
    return new Sequence(length, 1f, values, ids);
  }
}
