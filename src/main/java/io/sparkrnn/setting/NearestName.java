package io.sparkrnn.setting;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name a user probably meant.
 *
 * <p>Distance is the number of insertions, deletions, substitutions and swaps of neighbours
 * (optimal string alignment, Damerau 1964), blind to case, hyphens and underscores. Last segments
 * of keys are compared with each other; the blocks around them count for two at most, since the
 * block may be what is wrong. Of equally near names the first is taken.
 */
public final class NearestName {
  private static final int FAR = Integer.MAX_VALUE;

  private NearestName() {}

  /** The nearest of the known names, or empty if a third or more of the letters would change. */
  public static Optional<String> of(String unknown, Collection<String> known) {
    String nearest = "";
    int least = FAR;
    for (String name : known) {
      int cost = cost(plain(unknown), plain(name));
      if (cost < least) {
        least = cost;
        nearest = name;
      }
    }
    return least == FAR ? Optional.empty() : Optional.of(nearest);
  }

  private static int cost(String unknown, String known) {
    int dot = unknown.lastIndexOf('.');
    int knownDot = known.lastIndexOf('.');
    String last = unknown.substring(dot + 1);
    int lastCost = distance(last, known.substring(knownDot + 1));
    if (lastCost > (last.length() < 3 ? 0 : Math.max(1, (last.length() - 1) / 3))) {
      int wholeCost = distance(unknown, known);
      return wholeCost <= 1 && unknown.length() > 3 ? wholeCost : FAR;
    }
    String block = unknown.substring(0, Math.max(0, dot));
    String knownBlock = known.substring(0, Math.max(0, knownDot));
    return lastCost + Math.min(2, distance(block, knownBlock));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[left.length()][right.length()];
  }
}
