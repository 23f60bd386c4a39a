package io.sparkrnn.math;

import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Room outside the heap for left factors and results of products with one right factor, and the
 * operations by their number of rows. Copying in and out costs a few hundredths of a product.
 *
 * <p>Numbers of rows are rounded up, so that the ragged end of a batch needs few operations; rows
 * beyond the asked ones are computed and never read.
 */
final class OneDnnStaging implements AutoCloseable {

  private final OneDnnFactor factor;
  private final int rows;
  private final boolean transposed;
  private final OneDnnHandles handles = new OneDnnHandles();
  private final Cleaner.Cleanable cleaning = handles.ownedBy(this);
  private final AlignedMemory given;
  private final AlignedMemory converted;
  private final AlignedMemory result;
  private final Map<Integer, Operations> operations = new HashMap<>();

  /** What a number of rows needs. */
  private record Operations(
      Runnable conversion, OneDnnHandles.Operation replacing, OneDnnHandles.Operation adding) {}

  /**
   * Makes room.
   *
   * @param most rows of a product
   * @param transposed whether left factors come as {@code depth × rows}
   */
  OneDnnStaging(OneDnnFactor factor, int most, boolean transposed) {
    this.factor = factor;
    this.rows = rounded(most);
    this.transposed = transposed;
    long size = 4L * rows * factor.depth();
    given = new AlignedMemory(size);
    converted = converts() ? new AlignedMemory(size) : given;
    result = new AlignedMemory(4L * rows * factor.width());
  }

  /** Whether a product of this many rows and form fits. */
  boolean fits(int count, boolean leftTransposed) {
    return rounded(count) <= rows && transposed == leftTransposed;
  }

  /** C = op(A)·factor, or C += op(A)·factor. */
  void multiply(Rows a, boolean adds, Rows c) {
    if (c.count() == 0) {
      return;
    }
    int count = transposed ? c.count() : rounded(c.count());
    Operations ready = operations.computeIfAbsent(count, this::operations);
    given.load(a);
    if (transposed) {
      given.clear(a.count() * a.width(), factor.depth() * count);
    }
    ready.conversion.run();
    if (adds) {
      result.load(c);
      ready.adding.run(factor.stream());
    } else {
      ready.replacing.run(factor.stream());
    }
    result.store(c);
  }

  @Override
  public void close() {
    cleaning.clean();
  }

  private boolean converts() {
    return transposed || factor.type() != dnnl.dnnl_f32;
  }

  private Operations operations(int count) {
    int depth = factor.depth();
    dnnl_memory_desc left = handles.rowMajor(count, depth, factor.type());
    dnnl_memory source = handles.memory(left, converted);
    Runnable conversion = () -> {};
    if (converts()) {
      dnnl_memory_desc asGiven =
          transposed
              ? handles.strided(count, depth, dnnl.dnnl_f32, 1, count)
              : handles.rowMajor(count, depth, dnnl.dnnl_f32);
      OneDnnHandles.Operation reorder =
          handles.reorder(asGiven, handles.memory(asGiven, given), left, source);
      conversion = () -> reorder.run(factor.stream());
    }
    dnnl_memory_desc product = handles.rowMajor(count, factor.width(), dnnl.dnnl_f32);
    dnnl_memory destination = handles.memory(product, result);
    return new Operations(
        conversion,
        handles.product(described(left, product, false), source, factor.memory(), destination),
        handles.product(described(left, product, true), source, factor.memory(), destination));
  }

  private dnnl_primitive_desc described(
      dnnl_memory_desc left, dnnl_memory_desc product, boolean adds) {
    return handles
        .matmul(left, factor.form(), product, adds)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "oneDNN has no product of %d × %d".formatted(factor.depth(), factor.width())));
  }

  /** Few different numbers, each little larger than it must be. */
  static int rounded(int count) {
    int step = count <= 16 ? 4 : count <= 128 ? 8 : count <= 1024 ? 32 : 256;
    return (count + step - 1) / step * step;
  }
}
