package io.sparkrnn.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by their stable names ({@code encoder.0.W}), row-major, in {@code double}, each with its
 * shape. Names keep the order in which they were put.
 */
public final class NamedTensors {
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  /** Puts a copy of a tensor and returns this; the sizes of the shape multiply to the length. */
  public NamedTensors put(String name, double[] tensor, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    assertThat(tensor.length)
        .as("numbers of tensor '%s' of shape %s", name, Arrays.toString(shape))
        .isEqualTo(size);
    values.put(name, tensor.clone());
    shapes.put(name, shape.clone());
    return this;
  }

  /** The numbers themselves, not a copy. */
  public double[] values(String name) {
    return requireNonNull(
        values.get(name), () -> "no tensor '" + name + "' among " + values.keySet());
  }

  /** The shape of a tensor. */
  public int[] shape(String name) {
    return requireNonNull(
            shapes.get(name), () -> "no tensor '" + name + "' among " + shapes.keySet())
        .clone();
  }

  /** The first size of a shape: the rows of a matrix, the length of a vector. */
  public int rows(String name) {
    return shape(name)[0];
  }

  /** The second size of a matrix. */
  public int columns(String name) {
    return shape(name)[1];
  }

  /** Whether there is a tensor of this name. */
  public boolean contains(String name) {
    return values.containsKey(name);
  }

  /** The names in the order in which they were put. */
  public Set<String> names() {
    return values.keySet();
  }

  /** A copy in which one tensor has other numbers. */
  public NamedTensors with(String name, double... tensor) {
    NamedTensors copy = new NamedTensors();
    values.forEach((each, numbers) -> copy.put(each, numbers, shape(each)));
    return copy.put(name, tensor, shape(name));
  }

  /** All numbers one after another, in the order of the names. */
  public double[] flattened() {
    return values.values().stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** Tensors of the same names and shapes with numbers as {@link #flattened} gives them. */
  public NamedTensors withFlattened(double... numbers) {
    NamedTensors result = new NamedTensors();
    int from = 0;
    for (String name : names()) {
      int to = from + values(name).length;
      result.put(name, Arrays.copyOfRange(numbers, from, to), shape(name));
      from = to;
    }
    assertThat(from).as("numbers in all tensors").isEqualTo(numbers.length);
    return result;
  }
}
