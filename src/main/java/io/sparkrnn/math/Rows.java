package io.sparkrnn.math;

import java.util.Arrays;

/**
 * Row-major view over a heap array: {@code count} rows of {@code width} floats, consecutive rows
 * {@code stride} apart. A view never owns its array; slices share it.
 *
 * @param data the array behind the view
 * @param offset index of the first value of row 0
 * @param count number of rows
 * @param width floats a row
 * @param stride distance between the starts of consecutive rows, at least {@code width}
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its array by design
public record Rows(float[] data, int offset, int count, int width, int stride) {

  /** Checks that the view lies inside its array. */
  public Rows {
    if (count < 0 || width < 0 || stride < width || offset < 0) {
      throw new IllegalArgumentException(
          "impossible view: offset %d, %d rows of %d, stride %d"
              .formatted(offset, count, width, stride));
    }
    if (count > 0 && offset + (long) (count - 1) * stride + width > data.length) {
      throw new IllegalArgumentException(
          "view leaves its array of %d floats: offset %d, %d rows of %d, stride %d"
              .formatted(data.length, offset, count, width, stride));
    }
  }

  /** Returns {@code count × width} zeros of their own. */
  public static Rows zeros(int count, int width) {
    return new Rows(new float[Math.multiplyExact(count, width)], 0, count, width, width);
  }

  /** Returns a view of a whole array as {@code count × width}. */
  public static Rows of(float[] data, int count, int width) {
    return new Rows(data, 0, count, width, width);
  }

  /** Returns the rows {@code first … first + count − 1}. */
  public Rows slice(int first, int rows) {
    return new Rows(data, offset + first * stride, rows, width, stride);
  }

  /** Returns the columns {@code first … first + columns − 1} of every row. */
  public Rows columns(int first, int columns) {
    return new Rows(data, offset + first, count, columns, stride);
  }

  /** Returns the index in {@code data} of the first value of a row. */
  public int start(int row) {
    return offset + row * stride;
  }

  /** Returns one value. */
  public float get(int row, int column) {
    return data[start(row) + column];
  }

  /** Sets one value. */
  public void set(int row, int column, float value) {
    data[start(row) + column] = value;
  }

  /** Whether the rows follow one another without gaps. */
  public boolean contiguous() {
    return stride == width || count <= 1;
  }

  /** Sets every value. */
  public void fill(float value) {
    if (contiguous()) {
      Arrays.fill(data, offset, offset + count * width, value);
      return;
    }
    for (int row = 0; row < count; row++) {
      Arrays.fill(data, start(row), start(row) + width, value);
    }
  }

  /** Multiplies every value; with factor 0 what it was does not matter, NaN included. */
  public void scale(float factor) {
    if (factor == 1f) {
      return;
    }
    if (factor == 0f) {
      fill(0f);
      return;
    }
    for (int row = 0; row < count; row++) {
      int start = start(row);
      for (int j = 0; j < width; j++) {
        data[start + j] *= factor;
      }
    }
  }

  /** Copies values of the same shape into this view. */
  public void copyFrom(Rows source) {
    requireShape(source.count, source.width);
    if (contiguous() && source.contiguous()) {
      System.arraycopy(source.data, source.offset, data, offset, count * width);
      return;
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(source.data, source.start(row), data, start(row), width);
    }
  }

  /** Copies all values to the start of an array, row after row without gaps. */
  public void copyTo(float[] target) {
    if (contiguous()) {
      System.arraycopy(data, offset, target, 0, count * width);
      return;
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(data, start(row), target, row * width, width);
    }
  }

  /** Takes all values from the start of an array, row after row without gaps. */
  public void copyFrom(float[] source) {
    if (contiguous()) {
      System.arraycopy(source, 0, data, offset, count * width);
      return;
    }
    for (int row = 0; row < count; row++) {
      System.arraycopy(source, row * width, data, start(row), width);
    }
  }

  /** Adds values of the same shape to this view. */
  public void add(Rows source) {
    requireShape(source.count, source.width);
    for (int row = 0; row < count; row++) {
      int to = start(row);
      int from = source.start(row);
      for (int j = 0; j < width; j++) {
        data[to + j] += source.data[from + j];
      }
    }
  }

  /** Writes one row of {@code width} values into every row. */
  public void fillRows(Rows row) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(row.data, row.offset, data, start(i), width);
    }
  }

  /** Adds the sum over all rows of {@code source} to the single row of this view. */
  public void addColumnSums(Rows source) {
    requireShape(1, source.width);
    float[] sum = toArray();
    float[] row = new float[width];
    for (int i = 0; i < source.count; i++) {
      System.arraycopy(source.data, source.start(i), row, 0, width);
      add(row, sum);
    }
    System.arraycopy(sum, 0, data, offset, width);
  }

  /** One index into separate arrays: the JIT compiler makes vector instructions of it. */
  private static void add(float[] values, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += values[j];
    }
  }

  /** Returns a copy without gaps. */
  public float[] toArray() {
    float[] copy = new float[count * width];
    Rows.of(copy, count, width).copyFrom(this);
    return copy;
  }

  /** Fails unless the view has this shape. */
  public void requireShape(int rows, int columns) {
    if (count != rows || width != columns) {
      throw new IllegalArgumentException(
          "expected %d × %d, found %d × %d".formatted(rows, columns, count, width));
    }
  }

  @Override
  public String toString() {
    return "Rows[%d × %d, offset %d, stride %d]".formatted(count, width, offset, stride);
  }
}
