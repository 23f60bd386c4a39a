package io.sparkrnn.network;

import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import java.util.Arrays;

/**
 * How a token is chosen out of p: from p^(1/temperature), of the k most likely tokens alone, and of
 * these the fewest that together have a probability of topP (Holtzman et al. 2020), renormalised.
 *
 * @param temperature at least 0; 0 for the most likely token always
 * @param topK tokens at most; 0 for all
 * @param topP in (0, 1]
 */
public record Sampling(double temperature, int topK, double topP) {

  /** Checks the numbers. */
  public Sampling {
    if (!(temperature >= 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "sampling: expected a temperature of at least 0, topK of at least 0 and topP in (0, 1], found %s, %d, %s"
              .formatted(temperature, topK, topP));
    }
  }

  /** From p itself, sharpened or flattened. */
  public static Sampling ofTemperature(double temperature) {
    return new Sampling(temperature, 0, 1);
  }

  /**
   * Chooses one token.
   *
   * @param logProbability rows of log p; a token of −∞ is never chosen
   * @param row which one
   * @param random one number is taken from it unless the temperature is 0
   */
  public int choose(Rows logProbability, int row, RandomStream random) {
    Integer[] order = new Integer[logProbability.width()];
    Arrays.setAll(order, id -> id);
    // Stable: of equally likely tokens the one with the smaller id comes first.
    Arrays.sort(
        order, (a, b) -> Float.compare(logProbability.get(row, b), logProbability.get(row, a)));
    if (temperature == 0) {
      return order[0];
    }
    int kept = topK == 0 ? order.length : Math.min(topK, order.length);
    double[] mass = new double[kept];
    double best = logProbability.get(row, order[0]);
    double total = 0;
    for (int i = 0; i < kept; i++) {
      mass[i] = StrictMath.exp((logProbability.get(row, order[i]) - best) / temperature);
      total += mass[i];
    }
    kept = nucleus(mass, total);
    double inNucleus = 0;
    for (int i = 0; i < kept; i++) {
      inNucleus += mass[i];
    }
    double drawn = random.nextDouble() * inNucleus;
    int i = 0;
    while (i < kept - 1 && drawn >= mass[i]) {
      drawn -= mass[i];
      i++;
    }
    return order[i];
  }

  /** The fewest of the most likely tokens with a share of topP, at least one. */
  private int nucleus(double[] mass, double total) {
    double sum = 0;
    for (int i = 0; i < mass.length; i++) {
      sum += mass[i];
      if (topP < 1 && sum >= topP * total) {
        return i + 1;
      }
    }
    return mass.length;
  }
}
