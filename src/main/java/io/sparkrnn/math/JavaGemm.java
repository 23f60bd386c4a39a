package io.sparkrnn.math;

/**
 * Products in plain Java: no native library, no incubator module, the same bits on any machine and
 * any Java virtual machine (every sum runs in one fixed order, without fused operations).
 *
 * <p>B is packed into panels of {@value #DEPTH} × {@value #WIDTH}, one array a row, because loops
 * over separate arrays with one common index are those that the JIT compiler vectorises.
 */
public final class JavaGemm implements Gemm {

  private static final int DEPTH = 128;
  private static final int WIDTH = 512;

  private final float[] accumulator = new float[WIDTH];
  private final float[][] panel = new float[DEPTH][WIDTH];

  @Override
  public String name() {
    return "java";
  }

  @Override
  public void multiply(
      boolean transposeA, boolean transposeB, float alpha, Rows a, Rows b, float beta, Rows c) {
    Gemm.requireShapes(transposeA, transposeB, a, b, c);
    c.scale(beta);
    int depth = transposeA ? a.count() : a.width();
    for (int column = 0; column < c.width(); column += WIDTH) {
      int width = Math.min(WIDTH, c.width() - column);
      for (int k = 0; k < depth; k += DEPTH) {
        int rows = Math.min(DEPTH, depth - k);
        fillPanel(panel, b, transposeB, new Block(k, rows, column, width));
        accumulate(new Left(a, transposeA, k, rows, alpha), panel, c.columns(column, width));
      }
    }
  }

  @Override
  public Packed pack(Rows weights, boolean transposed) {
    Panels panels = new Panels(weights, transposed);
    panels.refill(weights);
    return panels;
  }

  @Override
  public void multiply(Rows a, Packed b, float beta, Rows c) {
    Panels panels = (Panels) b;
    if (a.width() != panels.depth || c.width() != panels.width || a.count() != c.count()) {
      throw new IllegalArgumentException(
          "product of %d × %d and packed %d × %d does not fit %d × %d"
              .formatted(a.count(), a.width(), panels.depth, panels.width, c.count(), c.width()));
    }
    c.scale(beta);
    int index = 0;
    for (Block block : panels.blocks) {
      accumulate(
          new Left(a, false, block.row, block.rows, 1f),
          panels.values[index++],
          c.columns(block.column, block.width));
    }
  }

  private static void fillPanel(float[][] panel, Rows b, boolean transposed, Block block) {
    if (transposed) {
      for (int j = 0; j < block.width; j++) {
        int start = b.start(block.column + j) + block.row;
        for (int k = 0; k < block.rows; k++) {
          panel[k][j] = b.data()[start + k];
        }
      }
    } else {
      for (int k = 0; k < block.rows; k++) {
        System.arraycopy(b.data(), b.start(block.row + k) + block.column, panel[k], 0, block.width);
      }
    }
  }

  /** C += alpha·A[:, k …]·panel, four rows of the panel at a time. */
  private void accumulate(Left left, float[][] rows, Rows c) {
    int width = c.width();
    float[] sum = accumulator;
    for (int i = 0; i < c.count(); i++) {
      int start = c.start(i);
      System.arraycopy(c.data(), start, sum, 0, width);
      int k = 0;
      for (; k + 4 <= left.depth; k += 4) {
        float a0 = left.get(i, k);
        float a1 = left.get(i, k + 1);
        float a2 = left.get(i, k + 2);
        float a3 = left.get(i, k + 3);
        addFour(sum, rows, k, width, a0, a1, a2, a3);
      }
      for (; k < left.depth; k++) {
        addOne(sum, rows[k], width, left.get(i, k));
      }
      System.arraycopy(sum, 0, c.data(), start, width);
    }
  }

  // Eight parameters: a kernel whose scalars must stay in registers.
  private static void addFour(
      float[] sum, float[][] rows, int k, int width, float a0, float a1, float a2, float a3) {
    float[] b0 = rows[k];
    float[] b1 = rows[k + 1];
    float[] b2 = rows[k + 2];
    float[] b3 = rows[k + 3];
    for (int j = 0; j < width; j++) {
      sum[j] = sum[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void addOne(float[] sum, float[] b, int width, float a) {
    for (int j = 0; j < width; j++) {
      sum[j] += a * b[j];
    }
  }

  /** Rows k … of B and columns of it. */
  private record Block(int row, int rows, int column, int width) {}

  /** The part of op(A) that meets one panel. */
  private record Left(Rows a, boolean transposed, int first, int depth, float alpha) {
    float get(int i, int k) {
      return alpha * (transposed ? a.get(first + k, i) : a.get(i, first + k));
    }
  }

  private static final class Panels implements Packed {
    private final boolean transposed;
    private final int depth;
    private final int width;
    private final Block[] blocks;
    private final float[][][] values;

    Panels(Rows weights, boolean transposed) {
      this.transposed = transposed;
      depth = transposed ? weights.width() : weights.count();
      width = transposed ? weights.count() : weights.width();
      int columns = (width + WIDTH - 1) / WIDTH;
      int rows = (depth + DEPTH - 1) / DEPTH;
      blocks = new Block[columns * rows];
      values = new float[columns * rows][][];
      for (int i = 0; i < blocks.length; i++) {
        int column = i / rows * WIDTH;
        int row = i % rows * DEPTH;
        blocks[i] =
            new Block(row, Math.min(DEPTH, depth - row), column, Math.min(WIDTH, width - column));
        values[i] = new float[blocks[i].rows][blocks[i].width];
      }
    }

    @Override
    public void refill(Rows weights) {
      weights.requireShape(transposed ? width : depth, transposed ? depth : width);
      for (int i = 0; i < blocks.length; i++) {
        fillPanel(values[i], weights, transposed, blocks[i]);
      }
    }
  }
}
