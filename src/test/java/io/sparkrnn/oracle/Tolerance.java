package io.sparkrnn.oracle;

/**
 * How far a float tensor may be from its double counterpart: |actual − expected| ≤ relative · (the
 * largest |expected| of the tensor) + absolute, for each element. Relative to the tensor and not to
 * the element, since rounding of sums is of the size of the terms, not of what is left of them.
 */
public record Tolerance(double relative, double absolute) {
  /** For values and gradients of float32 networks of a few units and some tens of steps. */
  public static final Tolerance FLOAT = new Tolerance(1e-5, 1e-6);

  /** The bound for a tensor whose largest magnitude is given. */
  public double bound(double largest) {
    return relative * largest + absolute;
  }
}
