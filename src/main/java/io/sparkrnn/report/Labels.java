package io.sparkrnn.report;

/** Labels of classes as a person can read them: they may be blank, long, or control characters. */
final class Labels {
  private static final int CONTROL_PICTURES = 0x2400;

  private Labels() {}

  /** The label with what cannot be seen made visible. */
  static String visible(String label) {
    if (label.isEmpty()) {
      return "(empty)";
    }
    StringBuilder visible = new StringBuilder();
    boolean blank = label.isBlank();
    label
        .codePoints()
        .forEach(
            point -> {
              if (point == ' ') {
                visible.append(blank ? '␣' : ' ');
              } else {
                visible.appendCodePoint(point < 0x20 ? CONTROL_PICTURES + point : point);
              }
            });
    return visible.toString();
  }

  /** The visible label, cut with an ellipsis to so many columns. */
  static String shortened(String label, int columns) {
    String visible = visible(label);
    if (columns(visible) <= columns) {
      return visible;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int point : visible.codePoints().toArray()) {
      used += width(point);
      if (used > columns - 1) {
        break;
      }
      cut.appendCodePoint(point);
    }
    return cut.append('…').toString();
  }

  /** Columns of a terminal the text takes, roughly: Chinese, Japanese and Korean take two each. */
  static int columns(String text) {
    return text.codePoints().map(Labels::width).sum();
  }

  private static int width(int point) {
    if (Character.getType(point) == Character.NON_SPACING_MARK) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(point)
            || (point >= 0x1100 && point < 0x1160)
            || (point >= 0x3000 && point < 0x3100)
            || (point >= 0xAC00 && point < 0xD7A4)
            || (point >= 0xFF00 && point < 0xFF61)
            || (point >= 0x1F300 && point < 0x1FB00);
    return wide ? 2 : 1;
  }
}
