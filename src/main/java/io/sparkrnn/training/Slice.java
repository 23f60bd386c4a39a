package io.sparkrnn.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A range of a shard's vector on its way to be summed with the same range of the other shards'.
 *
 * @param summary the shard's part
 * @param values the range
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that travel as they are
public record Slice(ShardSummary summary, float[] values) implements Serializable {

  /** Number of slices for a vector of this length. */
  public static int count(int vectorLength, int sliceLength) {
    return Math.max(1, (vectorLength + sliceLength - 1) / sliceLength);
  }

  /** Cuts one slice of a result. */
  public static Slice of(ShardResult result, int slice, int sliceLength) {
    int from = slice * sliceLength;
    int to = Math.min(result.vector().length, from + sliceLength);
    return new Slice(result.summary(), Arrays.copyOfRange(result.vector(), from, to));
  }

  /**
   * Folds one slice of all shards: Σ coefficient·values in double, in the order of the shards, then
   * one division by Σ divisor. The same bits whatever ran where and when. With no divisor at all
   * the values are zeros.
   */
  public static Folded fold(Iterator<Slice> inShardOrder) {
    double[] sum = {};
    double divisor = 0;
    List<ShardSummary> summaries = new ArrayList<>();
    while (inShardOrder.hasNext()) {
      Slice slice = inShardOrder.next();
      float[] values = slice.values;
      if (sum.length == 0) {
        sum = new double[values.length];
      }
      summaries.add(slice.summary);
      double coefficient = slice.summary.coefficient();
      divisor += slice.summary.divisor();
      if (coefficient != 0) {
        for (int i = 0; i < values.length; i++) {
          sum[i] += coefficient * values[i];
        }
      }
    }
    float[] mean = new float[sum.length];
    if (divisor > 0) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / divisor);
      }
    }
    return new Folded(summaries, mean);
  }

  /**
   * A slice after all shards were summed.
   *
   * @param summaries the shards' parts, in their order
   * @param values the quotients
   */
  public record Folded(List<ShardSummary> summaries, float[] values) implements Serializable {

    /** Puts folded slices, in their order, together again. */
    public static Folded join(List<Folded> slices, int vectorLength) {
      float[] whole = new float[vectorLength];
      int at = 0;
      for (Folded slice : slices) {
        System.arraycopy(slice.values, 0, whole, at, slice.values.length);
        at += slice.values.length;
      }
      return new Folded(slices.get(0).summaries, whole);
    }
  }
}
