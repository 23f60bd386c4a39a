package io.sparkrnn.statistics;

import java.io.Serializable;

/**
 * The sums of a stretch of one series, whose neighbours may lie on other machines: rows with all K
 * lags inside the stretch, and its first and last K values for the rows that reach across its ends.
 * Stretches join in the order of time; the whole series is then closed into {@link
 * AutoregressiveSums}. So one series longer than a machine is fitted in one pass.
 */
public final class LagSegment implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AutoregressiveSums sums;
  private final double[] head;
  private final double[] recent;
  private long length;

  /** An empty stretch, with sums of the kind given. */
  public LagSegment(AutoregressiveSums kind) {
    this.sums = kind.empty();
    this.head = new double[kind.order()];
    this.recent = new double[kind.order() + 1];
  }

  /** Values so far. */
  public long length() {
    return length;
  }

  /** Adds the next value. */
  public void append(double value) {
    int order = head.length;
    System.arraycopy(recent, 1, recent, 0, order);
    recent[order] = value;
    if (length < order) {
      head[(int) length] = value;
    } else {
      sums.addRow(recent, order, order);
    }
    length++;
  }

  /** Adds the stretch that follows in time; that one stays as it is. */
  public void append(LagSegment next) {
    int order = head.length;
    int crossing = (int) Math.min(order, next.length);
    for (int t = 0; t < crossing; t++) {
      append(next.head[t]);
    }
    if (next.length > order) {
      sums.addWhole(next.sums);
      System.arraycopy(next.recent, 0, recent, 0, recent.length);
      length += next.length - order;
    }
  }

  /**
   * The sums of the series that this stretch is the whole of. It cannot be appended to any more.
   */
  public AutoregressiveSums close() {
    for (int t = 0; t < Math.min(head.length, length); t++) {
      sums.addRow(head, t, t);
    }
    sums.count(length);
    return sums;
  }
}
