package io.sparkrnn.math;

import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Single precision: packed weights go to oneDNN, which takes them reordered (1.3 to 1.7 times the
 * speed of OpenBLAS at the shapes of a step), everything else to OpenBLAS, which works on the heap
 * without copies and is as fast on large shapes. Small weights go to OpenBLAS too: there copying
 * would cost what packing gains.
 */
final class OneDnnGemm implements Gemm {

  /** Weights below 32 × 96 are not worth packing. */
  private static final int SMALLEST = 3 << 10;

  private final Gemm plain;
  private final OneDnnHandles handles = new OneDnnHandles();
  private final dnnl_stream stream = handles.stream();

  /** Makes products for the calling thread. */
  OneDnnGemm(Gemm plain) {
    OneDnn.holdToOneThread();
    handles.ownedBy(this);
    this.plain = plain;
  }

  @Override
  public String name() {
    return Backend.ONEDNN;
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c) {
    plain.multiply(transposeA, transposeB, alpha, a, b, beta, c);
  }

  @Override
  public Packed pack(Rows weights, boolean transposed) {
    if ((long) weights.count() * weights.width() < SMALLEST) {
      return plain.pack(weights, transposed);
    }
    int depth = transposed ? weights.width() : weights.count();
    int width = transposed ? weights.count() : weights.width();
    OneDnnWeights packed = new OneDnnWeights(depth, width, transposed, dnnl.dnnl_f32, stream);
    packed.refill(weights);
    return packed;
  }

  @Override
  public void multiply(Rows a, Packed b, float beta, Rows c) {
    if (b instanceof OneDnnWeights weights) {
      weights.requireShapes(a, c);
      weights.multiply(false, a, beta, c);
    } else {
      plain.multiply(a, b, beta, c);
    }
  }
}
