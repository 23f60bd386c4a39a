package io.sparkrnn.setting;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name a user probably meant.
 *
 * <p>Distance is the number of insertions, deletions, substitutions and swaps of neighbours
 * (optimal string alignment, Damerau 1964), blind to case, hyphens and underscores. A key is also
 * compared by its last segment alone, at a cost of one, since the block around it may be what is
 * wrong. Of equally near names the first is taken.
 */
public final class NearestName {
  private NearestName() {}

  /** The nearest of the known names, or empty if a third or more of the letters would change. */
  public static Optional<String> of(String unknown, Collection<String> known) {
    String wanted = plain(unknown);
    String wantedLast = lastSegment(wanted);
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      String candidate = plain(name);
      int whole = allowed(distance(wanted, candidate), wanted);
      int last = allowed(distance(wantedLast, lastSegment(candidate)), wantedLast);
      int cost = Math.min(whole, last == Integer.MAX_VALUE ? last : last + 1);
      if (cost < least) {
        least = cost;
        nearest = name;
      }
    }
    return least == Integer.MAX_VALUE ? Optional.empty() : Optional.of(nearest);
  }

  private static int allowed(int distance, String wanted) {
    int limit = Math.max(1, (wanted.length() - 1) / 3);
    return distance <= limit ? distance : Integer.MAX_VALUE;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static String lastSegment(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
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
