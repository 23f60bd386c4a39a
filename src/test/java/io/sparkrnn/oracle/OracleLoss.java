package io.sparkrnn.oracle;

/**
 * A loss before its one division.
 *
 * @param sum Σ weight·loss
 * @param weight Σ weight
 */
public record OracleLoss(double sum, double weight) {
  /** Of nothing. */
  public static final OracleLoss ZERO = new OracleLoss(0, 0);

  /** This and one more loss of the given weight. */
  public OracleLoss plus(double otherWeight, double loss) {
    return new OracleLoss(sum + otherWeight * loss, weight + otherWeight);
  }

  /** The weighted mean. */
  public double mean() {
    return sum / weight;
  }
}
