package io.sparkrnn.math;

import java.lang.ref.Cleaner;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The right factor {@code depth × width} of many products, in the form and type that the processor
 * likes best.
 */
final class OneDnnWeights implements Packed {

  private static final int TYPICAL_ROWS = 64;

  private final OneDnnFactor factor;
  private final boolean transposed;
  private final OneDnnHandles handles = new OneDnnHandles();
  private final Cleaner.Cleanable cleaning = handles.ownedBy(this);
  private final AlignedMemory given;
  private final OneDnnHandles.Operation packing;
  private OneDnnStaging staging;

  /**
   * Makes room for weights; {@link #refill} brings them.
   *
   * @param depth k
   * @param width n
   * @param transposed whether they are stored {@code width × depth}
   * @param type of both factors, a {@code dnnl_data_type}; results are float32
   */
  OneDnnWeights(int depth, int width, boolean transposed, int type, dnnl_stream stream) {
    this.transposed = transposed;
    dnnl_primitive_desc typical =
        handles
            .matmul(
                handles.rowMajor(TYPICAL_ROWS, depth, type),
                handles.anyForm(depth, width, type),
                handles.rowMajor(TYPICAL_ROWS, width, dnnl.dnnl_f32),
                true)
            .orElseThrow(() -> new IllegalStateException("oneDNN has no product of type " + type));
    dnnl_memory_desc form = OneDnnHandles.form(typical, dnnl.dnnl_query_weights_md);
    AlignedMemory storage = new AlignedMemory(dnnl.dnnl_memory_desc_get_size(form));
    factor =
        new OneDnnFactor(depth, width, type, form, handles.memory(form, storage), storage, stream);
    given = new AlignedMemory(4L * depth * width);
    dnnl_memory_desc asGiven =
        transposed
            ? handles.strided(depth, width, dnnl.dnnl_f32, 1, depth)
            : handles.rowMajor(depth, width, dnnl.dnnl_f32);
    packing = handles.reorder(asGiven, handles.memory(asGiven, given), form, factor.memory());
    staging = new OneDnnStaging(factor, 0, false);
  }

  /** Takes weights in. If they are not transposed they may have fewer rows: the rest is zero. */
  @Override
  public void refill(Rows weights) {
    if (transposed || weights.count() > factor.depth()) {
      weights.requireShape(
          transposed ? factor.width() : factor.depth(),
          transposed ? factor.depth() : factor.width());
    }
    given.load(weights);
    given.clear(weights.count() * weights.width(), factor.depth() * factor.width());
    packing.run(factor.stream());
  }

  /**
   * C = op(A)·weights + beta·C.
   *
   * @param transposeA whether A is stored {@code depth × rows}, of which the last rows may be
   *     missing
   */
  void multiply(boolean transposeA, Rows a, float beta, Rows c) {
    if (beta != 0f && beta != 1f) {
      c.scale(beta);
    }
    if (!staging.fits(c.count(), transposeA)) {
      staging.close();
      staging = new OneDnnStaging(factor, c.count(), transposeA);
    }
    staging.multiply(a, beta != 0f, c);
  }

  /** Fails with the shapes unless A·weights fits C. */
  void requireShapes(Rows a, Rows c) {
    if (a.width() != factor.depth() || c.width() != factor.width() || a.count() != c.count()) {
      throw new IllegalArgumentException(
          "product of %d × %d and packed %d × %d does not fit %d × %d"
              .formatted(
                  a.count(), a.width(), factor.depth(), factor.width(), c.count(), c.width()));
    }
  }

  @Override
  public void close() {
    staging.close();
    cleaning.clean();
  }
}
