package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.training.EpochRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bar that is drawn over itself on a terminal; anywhere else a line an epoch. */
class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalThereIsALineAnEpoch() {
    Progress progress = new Progress(out, false, "accuracy");
    progress.epochEnded(epoch(1, 0.5, 0.7, true));
    progress.epochEnded(epoch(2, 0.4, 0.6, false));
    progress.end();
    assertThat(told().lines())
        .containsExactly(
            "epoch 1/4  loss 0.5000  validation accuracy 0.7000 (best 0.7000 at 1)"
                + "  2,000 steps/s  0:06 left",
            "epoch 2/4  loss 0.4000  validation accuracy 0.6000 (best 0.7000 at 1)"
                + "  2,000 steps/s  0:04 left");
  }

  @Test
  void onATerminalOneLineIsDrawnOverItself() {
    Progress progress = new Progress(out, true, "accuracy");
    progress.epochEnded(epoch(1, 0.5, 0.7, true));
    progress.epochEnded(epoch(4, 0.4, 0.8, true));
    assertThat(told()).doesNotContain("\n");
    String[] drawn = told().split("\r");
    assertThat(drawn).hasSize(3);
    assertThat(drawn[1]).contains("[", "]", " 25 %", "epoch 1/4", "loss 0.5000");
    assertThat(drawn[2]).contains("100 %", "epoch 4/4").hasSameSizeAs(drawn[1]);
    progress.end();
    assertThat(told()).endsWith(System.lineSeparator());
  }

  @Test
  void theTimeLeftIsThatOfTheNetworkAtHand() {
    Progress progress = new Progress(out, false, "accuracy");
    progress.epochEnded(epoch(3, 0.5, 0.9, true)); // the first that was seen: a resumed training
    progress.epochEnded(epoch(4, 0.5, 0.8, false));
    progress.epochEnded(epoch(1, 0.5, 0.7, true)); // the next network of an ensemble
    progress.epochEnded(epoch(2, 0.4, 0.6, false));
    assertThat(told().lines().map(line -> line.replaceAll(".*best ", "")))
        .containsExactly(
            "0.9000 at 3)  2,000 steps/s  0:02 left",
            "0.9000 at 3)  2,000 steps/s  0:00 left",
            "0.7000 at 1)  2,000 steps/s  0:06 left",
            "0.7000 at 1)  2,000 steps/s  0:04 left");
  }

  @Test
  void aScoreThatWasNotTakenIsLeftAway() {
    Progress progress = new Progress(out, false, "rmse");
    progress.epochEnded(
        new EpochRecord(1, 2, 1, 0.25, 0.1, Optional.empty(), 1000, 1, 0.5, false, 0, 0, Map.of()));
    assertThat(told()).startsWith("epoch 1/2  loss 0.2500  2,000 steps/s").doesNotContain("valid");
  }

  private String told() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static EpochRecord epoch(int number, double loss, double accuracy, boolean best) {
    return new EpochRecord(
        number,
        4,
        1,
        loss,
        0.1,
        Optional.of(Map.of("accuracy", accuracy, "loss", 1.0)),
        1000,
        2,
        0.5,
        best,
        0,
        0,
        Map.of());
  }
}
