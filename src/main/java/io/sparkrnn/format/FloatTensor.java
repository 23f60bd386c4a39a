package io.sparkrnn.format;

import java.util.Arrays;
import java.util.List;

/**
 * A named float32 tensor, row-major, that lies in a longer array from an offset on. A whole model
 * is a list of these over one {@code float[]}, written without a copy.
 */
public final class FloatTensor {
  private final String name;
  private final List<Integer> shape;
  private final float[] data;
  private final int offset;

  /**
   * A view of {@code data}; nothing is copied.
   *
   * @param name stable name, such as {@code encoder.0.W}
   * @param shape sizes, slowest first; empty for a single number
   * @param data the array it lies in
   * @param offset index of its first value
   * @throws IllegalArgumentException if a size is negative or the array is too short
   */
  public FloatTensor(String name, List<Integer> shape, float[] data, int offset) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.data = data;
    this.offset = offset;
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(name + ": negative size in shape " + shape);
      }
      count = Math.multiplyExact(count, (long) size);
    }
    if (offset < 0 || offset + count > data.length) {
      throw new IllegalArgumentException(
          name
              + ": shape "
              + shape
              + " from offset "
              + offset
              + " does not fit into "
              + data.length
              + " values");
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Sizes, slowest first. */
  public List<Integer> shape() {
    return shape;
  }

  /** Number of values: the product of the sizes. */
  public int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The value at a row-major index. */
  public float get(int index) {
    return data[offset + index];
  }

  /** A copy of the values, row-major. */
  public float[] values() {
    return Arrays.copyOfRange(data, offset, offset + count());
  }

  /** Copies the values into {@code target} from {@code targetOffset} on. */
  public void copyTo(float[] target, int targetOffset) {
    System.arraycopy(data, offset, target, targetOffset, count());
  }

  @Override
  public String toString() {
    return name + shape;
  }
}
