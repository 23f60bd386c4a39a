package io.sparkrnn.report;

import java.util.List;

/**
 * A line on a terminal that is drawn over itself:
 *
 * <pre>
 * [=========>                    ]  31 %  epoch 7/50  loss 0.1234  …
 * </pre>
 *
 * in plain ASCII, as wide as the terminal less one column, so that the cursor never wraps. Of the
 * parts of a {@link ProgressLine} those that fit are shown.
 */
public final class ProgressBar {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 40;
  private static final int SHARE_COLUMNS = " 100 %".length();

  private ProgressBar() {}

  /**
   * Text that draws the bar over the one drawn before.
   *
   * @param done share of the work that is done, 0 to 1
   * @param status what to tell beside the bar
   * @param columns width of the terminal
   */
  public static String redraw(double done, EpochStatus status, int columns) {
    int room = Math.max(0, columns - 1);
    double share = Double.isFinite(done) ? Math.min(1, Math.max(0, done)) : 0;
    List<String> parts = ProgressLine.parts(status);
    StringBuilder text = new StringBuilder();
    int fixed = SHORTEST + 2 + SHARE_COLUMNS;
    for (String part : parts) {
      if (fixed + text.length() + 2 + part.length() > room) {
        break;
      }
      text.append("  ").append(part);
    }
    int length = Math.min(LONGEST, room - text.length() - 2 - SHARE_COLUMNS);
    String line =
        (length >= SHORTEST ? bar(share, length) : "")
            + " %3s %%".formatted((int) (100 * share))
            + text;
    String cut = line.length() > room ? line.substring(0, room) : line;
    return "\r" + cut + " ".repeat(room - cut.length());
  }

  /** Text that removes the bar, so that something else can be written in its place. */
  public static String erase(int columns) {
    return "\r" + " ".repeat(Math.max(0, columns - 1)) + "\r";
  }

  private static String bar(double share, int length) {
    int filled = (int) (share * length);
    String head = filled > 0 && filled < length ? ">" : "";
    return "[" + "=".repeat(filled - head.length()) + head + " ".repeat(length - filled) + "]";
  }
}
