package io.sparkrnn.math;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_stream;

/**
 * Mixed precision: the factors of every product are rounded to a smaller type, sums stay float32.
 * oneDNN converts, reorders and multiplies. Right factors that come once (those of gradients of
 * weights) are packed in passing; the room for them is kept by shape, and their depth, the rows of
 * a batch, is rounded up so that ragged batches need few shapes.
 *
 * <p>Products with other factors than 1 before A·B, which training has none of, stay single.
 */
final class OneDnnMixedGemm implements Gemm {

  private static final int KEPT = 24;

  private final String name;
  private final int type;
  private final Gemm single;
  private final OneDnnHandles handles = new OneDnnHandles();
  private final dnnl_stream stream = handles.stream();
  private final Map<Shape, OneDnnWeights> passing = new LinkedHashMap<>(16, 0.75f, true);

  private record Shape(int depth, int width, boolean transposed) {}

  /**
   * Makes products for the calling thread.
   *
   * @param type of the factors, a {@code dnnl_data_type}
   * @param single products in float32
   */
  OneDnnMixedGemm(String name, int type, Gemm single) {
    OneDnn.holdToOneThread();
    handles.ownedBy(this);
    this.name = name;
    this.type = type;
    this.single = single;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c) {
    Gemm.requireShapes(transposeA, transposeB, a, b, c);
    int depth = transposeA ? a.count() : a.width();
    if (alpha != 1f || depth == 0 || c.count() == 0 || c.width() == 0) {
      single.multiply(transposeA, transposeB, alpha, a, b, beta, c);
      return;
    }
    boolean free = transposeA && !transposeB;
    Shape shape = new Shape(free ? OneDnnStaging.rounded(depth) : depth, c.width(), transposeB);
    OneDnnWeights right = passing.computeIfAbsent(shape, this::room);
    if (passing.size() > KEPT) {
      Shape eldest = passing.keySet().iterator().next();
      passing.remove(eldest).close();
    }
    right.refill(b);
    right.multiply(transposeA, a, beta, c);
  }

  @Override
  public Packed pack(Rows weights, boolean transposed) {
    int depth = transposed ? weights.width() : weights.count();
    int width = transposed ? weights.count() : weights.width();
    if (depth == 0 || width == 0) {
      return single.pack(weights, transposed);
    }
    OneDnnWeights packed = room(new Shape(depth, width, transposed));
    packed.refill(weights);
    return packed;
  }

  @Override
  public void multiply(Rows a, Packed b, float beta, Rows c) {
    if (b instanceof OneDnnWeights weights) {
      weights.requireShapes(a, c);
      weights.multiply(false, a, beta, c);
    } else {
      single.multiply(a, b, beta, c);
    }
  }

  private OneDnnWeights room(Shape shape) {
    return new OneDnnWeights(shape.depth, shape.width, shape.transposed, type, stream);
  }
}
