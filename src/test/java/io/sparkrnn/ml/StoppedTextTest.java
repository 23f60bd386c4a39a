package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text ends before the first stop, however it is cut into pieces, and is handed on at once. */
class StoppedTextTest {

  @Test
  void textEndsBeforeTheFirstStopHoweverItComes() {
    String text = "to be or not to be, that is";
    for (int size = 1; size <= text.length(); size++) {
      assertThat(cut(text, size, List.of("not"))).isEqualTo("to be or ");
      assertThat(cut(text, size, List.of("be,", "or"))).isEqualTo("to be ");
      assertThat(cut(text, size, List.of("bee", "nothing"))).isEqualTo(text);
      assertThat(cut(text, size, List.of())).isEqualTo(text);
      assertThat(cut("aaab", size, List.of("aab"))).isEqualTo("a");
    }
  }

  @Test
  void onlyWhatMayBeAStopIsHeldBack() {
    List<String> out = new ArrayList<>();
    StoppedText text = new StoppedText(List.of("\n\n"), out::add);
    assertThat(text.add("one")).isTrue();
    assertThat(out).containsExactly("one");
    assertThat(text.add("\n")).isTrue();
    assertThat(out).containsExactly("one");
    assertThat(text.add("two")).isTrue();
    assertThat(out).containsExactly("one", "\ntwo");
    assertThat(text.add("\n\nthree")).isFalse();
    text.end();
    assertThat(out).containsExactly("one", "\ntwo");
  }

  private static String cut(String text, int size, List<String> stops) {
    StringBuilder out = new StringBuilder();
    StoppedText stopped = new StoppedText(stops, out::append);
    boolean goesOn = true;
    for (int from = 0; from < text.length() && goesOn; from += size) {
      goesOn = stopped.add(text.substring(from, Math.min(text.length(), from + size)));
    }
    stopped.end();
    return out.toString();
  }
}
