package io.sparkrnn.ml;

import java.util.List;
import java.util.function.Consumer;

/**
 * Text that ends before the first of some stops. What may be the beginning of a stop is held back
 * until it is known.
 */
final class StoppedText {
  private final List<String> stops;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();

  /**
   * Begins.
   *
   * @param stops none of them empty
   * @param out takes the text, piece by piece
   */
  StoppedText(List<String> stops, Consumer<String> out) {
    this.stops = stops;
    this.out = out;
  }

  /** Takes the next piece; whether the text goes on. */
  boolean add(String piece) {
    held.append(piece);
    int stop = -1;
    for (String text : stops) {
      int at = held.indexOf(text);
      stop = at >= 0 && (stop < 0 || at < stop) ? at : stop;
    }
    if (stop >= 0) {
      held.setLength(stop);
      end();
      return false;
    }
    int certain = held.length() - possibleBeginning();
    if (certain > 0) {
      out.accept(held.substring(0, certain));
      held.delete(0, certain);
    }
    return true;
  }

  /** Gives what was held back: no stop came. */
  void end() {
    if (held.length() > 0) {
      out.accept(held.toString());
      held.setLength(0);
    }
  }

  /** Length of the longest end of the text that a stop begins with. */
  private int possibleBeginning() {
    int longest = 0;
    for (String text : stops) {
      for (int length = Math.min(text.length(), held.length()); length > longest; length--) {
        if (text.startsWith(held.substring(held.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
