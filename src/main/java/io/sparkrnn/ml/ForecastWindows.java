package io.sparkrnn.ml;

import io.sparkrnn.ml.ForecastEncoding.Span;
import io.sparkrnn.sequence.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a part of a series into training sequences: windows of steps whose targets are learnt, each
 * after a context that is read only. A row belongs to the part in which its first target lies, and
 * no target behind the end of the part is ever a target: the parts share none.
 *
 * @param encoding of the rows
 */
record ForecastWindows(ForecastEncoding encoding) implements Serializable {

  /** The part from the start of a series to {@code end}: its rows begin with half a context. */
  List<Sequence> training(ScaledSeries series, int end) {
    int context = encoding.settings().context();
    return windows(series, Math.min(context - 1, end / 2), end);
  }

  /** A later part, whose first target is step {@code start}, at least 1. */
  List<Sequence> part(ScaledSeries series, int start, int end) {
    return windows(series, Math.max(1, start) - 1, end);
  }

  private List<Sequence> windows(ScaledSeries series, int first, int end) {
    ForecastSettings settings = encoding.settings();
    int last = end - 1; // the row before the last target
    int length = settings.window() == 0 ? Math.max(1, last - first) : settings.window();
    int stride = settings.windowStride() == 0 ? length : settings.windowStride();
    List<Sequence> windows = new ArrayList<>();
    for (int start = first; start < last; start += stride) {
      int stop = Math.min(start + length, last);
      int from = Math.max(0, start - settings.context() + 1);
      int shownUntil = settings.freeRun() ? start + 1 : stop;
      windows.add(encoding.sequence(series, new Span(from, stop, shownUntil, start, end)));
      if (stop == last) {
        break;
      }
    }
    return windows;
  }
}
