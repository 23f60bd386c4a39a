package io.sparkrnn.reader;

import java.io.Serializable;

/**
 * One series on a regular grid of times. Arrays are not copied: nobody writes into them.
 *
 * @param id its name
 * @param grid its times
 * @param target values y_0 … y_{n−1}, finite
 * @param past values known up to the present: column → n values
 * @param future values known in advance: column → at least n values, those after n being ahead
 * @param statics values that never change
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier; series are compared by nobody
public record TimeSeries(
    String id, TimeGrid grid, double[] target, double[][] past, double[][] future, double[] statics)
    implements Serializable {

  /** n: steps with a known target. */
  public int length() {
    return target.length;
  }

  /** Steps with known values of the columns known in advance; n if there are none. */
  public int knownAhead() {
    return future.length == 0 ? target.length : future[0].length;
  }

  /** Position of the first step at a boundary or after it, from 0 to n. */
  public int position(TimeBoundary boundary) {
    if (boundary.isShare()) {
      return (int) Math.round(boundary.value() * target.length);
    }
    return (int) Math.max(0, Math.min(target.length, grid.firstFrom(boundary.value())));
  }
}
