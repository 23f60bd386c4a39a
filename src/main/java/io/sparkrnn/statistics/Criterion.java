package io.sparkrnn.statistics;

/**
 * What orders are compared by: n·log σ² and a price for every coefficient; the smaller the better.
 * With k coefficients (the intercept or mean counts as one) and n observations.
 */
public enum Criterion {
  /** Akaike (1974): 2k. R's {@code ar} chooses by it. */
  AIC {
    @Override
    double price(double n, int k) {
      return 2.0 * k;
    }
  },
  /** AIC corrected for few observations (Hurvich, Tsai 1989), σ² counted as a parameter. */
  AICC {
    @Override
    double price(double n, int k) {
      double p = k + 1.0;
      return n - p - 1 > 0 ? 2.0 * k + 2 * p * (p + 1) / (n - p - 1) : Double.POSITIVE_INFINITY;
    }
  },
  /** Schwarz (1978): k log n. */
  BIC {
    @Override
    double price(double n, int k) {
      return k * Math.log(n);
    }
  },
  /** Hannan, Quinn (1979): 2k log log n. */
  HQIC {
    @Override
    double price(double n, int k) {
      return 2.0 * k * Math.log(Math.log(n));
    }
  },
  /** Akaike's final prediction error (1970), as n·log of σ² (n + k) / (n − k). */
  FPE {
    @Override
    double price(double n, int k) {
      return n > k ? n * Math.log((n + k) / (n - k)) : Double.POSITIVE_INFINITY;
    }
  };

  abstract double price(double n, int k);

  /** Value of an order with k coefficients and innovation variance σ². */
  public double value(double n, double variance, int k) {
    return n * Math.log(variance) + price(n, k);
  }
}
