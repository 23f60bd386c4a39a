package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * Residuals counted in 64 bins of width 2^k around zero, k as small as the largest residual allows.
 * Bins are aligned to powers of two, so doubling the width joins pairs and loses nothing: the
 * result is the same in whatever order values were added or parts merged, and no range is needed
 * beforehand. Residuals that are not finite are left out.
 */
final class ResidualHistogram implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int HALF = 32;
  private static final int SMALLEST = Double.MIN_EXPONENT;

  private final long[] counts = new long[2 * HALF];
  private int exponent = SMALLEST;

  void add(double residual) {
    if (!Double.isFinite(residual)) {
      return;
    }
    widen(exponentFor(residual));
    counts[HALF + (int) Math.floor(Math.scalb(residual, -exponent))]++;
  }

  ResidualHistogram plus(ResidualHistogram other) {
    ResidualHistogram both = copy();
    ResidualHistogram aligned = other.copy();
    both.widen(aligned.exponent);
    aligned.widen(both.exponent);
    for (int i = 0; i < counts.length; i++) {
      both.counts[i] += aligned.counts[i];
    }
    return both;
  }

  /**
   * Left edge of the first bin in use, the width of a bin, and the counts up to the last in use.
   */
  ObjectNode toJson() {
    int first = 0;
    int end = counts.length;
    while (first < end && counts[first] == 0) {
      first++;
    }
    while (end > first && counts[end - 1] == 0) {
      end--;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", Math.scalb((double) (first - HALF), exponent));
    json.put("width", Math.scalb(1.0, exponent));
    ArrayNode bins = json.putArray("counts");
    for (int i = first; i < end; i++) {
      bins.add(counts[i]);
    }
    return json;
  }

  /** The smallest exponent at which the residual lies strictly within the 32 bins of its side. */
  private static int exponentFor(double residual) {
    int log2Half = Integer.numberOfTrailingZeros(HALF);
    return Math.max(SMALLEST, Math.getExponent(residual) + 1 - log2Half);
  }

  /** Joins pairs of bins until they are 2^wider wide; keeps them if they are already. */
  private void widen(int wider) {
    while (exponent < wider) {
      if (isEmpty()) {
        exponent = wider;
        return;
      }
      exponent++;
      long[] joined = new long[counts.length];
      for (int i = 0; i < counts.length; i++) {
        joined[HALF + Math.floorDiv(i - HALF, 2)] += counts[i];
      }
      System.arraycopy(joined, 0, counts, 0, counts.length);
    }
  }

  private boolean isEmpty() {
    for (long count : counts) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  private ResidualHistogram copy() {
    ResidualHistogram copy = new ResidualHistogram();
    copy.exponent = exponent;
    System.arraycopy(counts, 0, copy.counts, 0, counts.length);
    return copy;
  }
}
