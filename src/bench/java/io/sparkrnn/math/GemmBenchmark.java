package io.sparkrnn.math;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of a recurrent step, rows × D by D × 4D, on each backend; microseconds a product. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {

  /** Backend. */
  @Param({"onednn", "openblas", "java"})
  public String backend;

  /** Rows × D. */
  @Param({"32x32", "32x128", "64x256", "64x650"})
  public String shape;

  private Gemm gemm;
  private Rows states;
  private Rows product;
  private Packed weights;

  /** Fills the matrices. */
  @Setup
  public void setUp() {
    String[] parts = shape.split("x", 2);
    int rows = Integer.parseInt(parts[0]);
    int d = Integer.parseInt(parts[1]);
    gemm = Backend.gemm(Backend.choose(backend).name());
    RandomStream random = RandomKey.ofSeed(1).stream();
    states = random(rows, d, random);
    product = Rows.zeros(rows, 4 * d);
    weights = gemm.pack(random(4 * d, d, random), true);
  }

  /** One step's product. */
  @Benchmark
  public Rows step() {
    gemm.multiply(states, weights, 0f, product);
    return product;
  }

  private static Rows random(int rows, int width, RandomStream random) {
    Rows matrix = Rows.zeros(rows, width);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = random.nextFloat() - 0.5f;
    }
    return matrix;
  }
}
