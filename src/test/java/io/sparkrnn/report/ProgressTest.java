package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.report.EpochStatus.Validation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A line an epoch says what is known; a bar never leaves its line. */
class ProgressTest {
  private static final EpochStatus SEVENTH =
      new EpochStatus(
          7, 50, 0.1234, Optional.of(new Validation("accuracy", 0.975, 0.9775, 5)), 123_456, 42);
  private static final EpochStatus FIRST =
      new EpochStatus(1, 3, Double.NaN, Optional.empty(), Double.NaN, Double.NaN);

  @Test
  void lineOfAnEpoch() {
    assertThat(ProgressLine.of(SEVENTH))
        .isEqualTo(
            "epoch  7/50  loss 0.1234  validation accuracy 0.9750 (best 0.9775 at 5)"
                + "  123,456 steps/s  0:42 left");
  }

  @Test
  void whatIsNotKnownIsLeftOutButALossThatIsNotANumberIsTold() {
    assertThat(ProgressLine.of(FIRST)).isEqualTo("epoch 1/3  loss NaN");
  }

  @Test
  void barOfAWideTerminal() {
    String bar = ProgressBar.redraw(0.31, SEVENTH, 160);

    assertThat(bar)
        .isEqualTo(
            "\r["
                + "=".repeat(11)
                + ">"
                + " ".repeat(28)
                + "]  31 %  "
                + ProgressLine.of(SEVENTH)
                + " ".repeat(160 - bar.stripTrailing().length()));
  }

  @Test
  void barFitsEveryWidthAndLeavesOutWhatDoesNotFit() {
    for (int columns = 0; columns < 200; columns++) {
      for (double done : new double[] {-1, 0, 0.001, 0.5, 0.999, 1, 2, Double.NaN}) {
        String bar = ProgressBar.redraw(done, SEVENTH, columns);
        assertThat(bar).hasSize(1 + Math.max(0, columns - 1)).startsWith("\r");
      }
    }
    assertThat(ProgressBar.redraw(0.5, SEVENTH, 50).strip())
        .startsWith("[=====")
        .contains("50 %  epoch  7/50")
        .endsWith("loss 0.1234");
    assertThat(ProgressBar.redraw(1, FIRST, 30)).contains("[", "] 100 %").doesNotContain(">");
  }

  @Test
  void erasingCoversTheWholeBar() {
    assertThat(ProgressBar.erase(5)).isEqualTo("\r    \r");
    assertThat(ProgressBar.erase(0)).isEqualTo("\r\r");
  }
}
