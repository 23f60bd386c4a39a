package io.sparkrnn.parameter;

import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ∂loss/∂parameters in one array of the same layout, as a sum over what was added. Of lookup tables
 * it knows which rows were touched since it was cleared, so that clearing, clipping and stepping
 * cost what the batch used and not what the vocabulary holds.
 */
public final class Gradient {

  private final ParameterLayout layout;
  private final float[] values;
  private final List<Range> denseRanges;
  private final List<Table> tables;

  /** Starts at zero. */
  public Gradient(ParameterLayout layout) {
    this(layout, new float[layout.size()]);
  }

  private Gradient(ParameterLayout layout, float[] values) {
    this.layout = layout;
    this.values = values;
    this.denseRanges = denseRanges(layout);
    this.tables =
        layout.entries().stream().filter(ParameterLayout.Entry::lookup).map(Table::new).toList();
  }

  /** The gradient of a pass that only reads: holds nothing and takes nothing. */
  public static Gradient none(ParameterLayout layout) {
    return new Gradient(layout, new float[0]);
  }

  /** Names and shapes. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The array itself; rows of tables not touched are zero. */
  public float[] values() {
    return values;
  }

  /** View of one dense tensor, to add to. */
  public Rows rows(String name) {
    ParameterLayout.Entry entry = layout.entry(name);
    return new Rows(values, entry.offset(), entry.rows(), entry.columns(), entry.columns());
  }

  /** One lookup table, whose rows are touched by index. */
  public Table table(String name) {
    for (Table table : tables) {
      if (table.entry.name().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(name + " is not a lookup table");
  }

  /** The ranges of indices that can differ from zero, in ascending order of tensors and rows. */
  public void forEachRange(RangeConsumer consumer) {
    for (Range range : denseRanges) {
      consumer.accept(range.from, range.to, range.decayed);
    }
    for (Table table : tables) {
      table.forEachRange(consumer);
    }
  }

  /**
   * Takes a whole gradient in, as summed elsewhere; rows of tables that hold other values than zero
   * count as touched.
   */
  public void set(float[] whole) {
    clear();
    System.arraycopy(whole, 0, values, 0, values.length);
    for (Table table : tables) {
      table.touchNonZero(values);
    }
  }

  /** Back to zero. */
  public void clear() {
    forEachRange((from, to, decayed) -> Arrays.fill(values, from, to, 0f));
    tables.forEach(Table::forget);
  }

  /** Σ g², in double. */
  public double squaredNorm() {
    double[] sum = {0};
    forEachRange((from, to, decayed) -> sum[0] += squares(from, to));
    return sum[0];
  }

  /** Σ g² of one tensor, in double. */
  public double squaredNorm(ParameterLayout.Entry entry) {
    if (!entry.lookup()) {
      return squares(entry.offset(), entry.end());
    }
    double[] sum = {0};
    table(entry.name()).forEachRange((from, to, decayed) -> sum[0] += squares(from, to));
    return sum[0];
  }

  /** Four sums side by side: an addition need not wait for the one before. */
  private double squares(int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      a += (double) values[i] * values[i];
    }
    return a + b + (c + d);
  }

  /** Receives a range of indices from … to − 1. */
  @FunctionalInterface
  public interface RangeConsumer {
    /** Called once a range; weight decay acts on all of it, or on nothing of it. */
    void accept(int from, int to, boolean decayed);
  }

  private record Range(int from, int to, boolean decayed) {}

  /** Neighbours of one kind are one range. */
  private static List<Range> denseRanges(ParameterLayout layout) {
    List<Range> ranges = new ArrayList<>();
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.lookup() || entry.size() == 0) {
        continue;
      }
      Range range = new Range(entry.offset(), entry.end(), entry.decayed());
      int last = ranges.size() - 1;
      Range before = ranges.isEmpty() ? range : ranges.get(last);
      if (before.to == range.from && before.decayed == range.decayed) {
        ranges.set(last, new Range(before.from, range.to, range.decayed));
      } else {
        ranges.add(range);
      }
    }
    return ranges;
  }

  /** The rows of one table that were touched since the gradient was cleared. */
  public static final class Table {
    private final ParameterLayout.Entry entry;
    private final boolean[] touched;
    private int[] order = new int[64];
    private int count;

    private Table(ParameterLayout.Entry entry) {
      this.entry = entry;
      this.touched = new boolean[entry.rows()];
    }

    /** Index of the first value of a row, which counts as touched from now on. */
    public int touch(int row) {
      if (!touched[row]) {
        touched[row] = true;
        if (count == order.length) {
          order = Arrays.copyOf(order, 2 * count);
        }
        order[count++] = row;
      }
      return entry.offset() + row * entry.columns();
    }

    private void touchNonZero(float[] values) {
      for (int row = 0; row < entry.rows(); row++) {
        int start = entry.offset() + row * entry.columns();
        for (int i = start; i < start + entry.columns(); i++) {
          if (values[i] != 0f) {
            touch(row);
            break;
          }
        }
      }
    }

    private void forEachRange(RangeConsumer consumer) {
      Arrays.sort(order, 0, count);
      for (int i = 0; i < count; i++) {
        int start = entry.offset() + order[i] * entry.columns();
        consumer.accept(start, start + entry.columns(), true);
      }
    }

    private void forget() {
      for (int i = 0; i < count; i++) {
        touched[order[i]] = false;
      }
      count = 0;
    }
  }
}
