package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.metric.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of two epochs is kept. */
class BestTest {
  private static final String METRIC = "accuracy";

  private Best best = new Best(0, 0, 0, new float[1]);

  private void ends(double accuracy, double loss) {
    TrainingState state =
        new TrainingState(best.epoch() + 1, 0, 1, 1, 1, new float[1], new float[0], new float[0]);
    best = best.or(state, Optional.of(new Scores(accuracy, loss)), METRIC);
  }

  @Test
  void theHigherScoreIsBetterWhateverTheLoss() {
    ends(0.5, 1);
    ends(0.6, 2);
    assertThat(best).extracting(Best::epoch, Best::score, Best::loss).containsExactly(2, 0.6, 2.0);
    ends(0.5, 0.1);
    assertThat(best.epoch()).isEqualTo(2);
  }

  @Test
  void ofEqualScoresTheLowerLossIsBetter() {
    ends(1, 0.04);
    ends(1, 0.0004);
    assertThat(best.epoch()).isEqualTo(2);
    ends(1, 0.0004);
    assertThat(best.epoch()).isEqualTo(2);
  }

  @Test
  void anEpochThatIsNotFiniteNeverWins() {
    ends(1, Double.NaN);
    assertThat(best.finite()).isFalse();
    ends(0.1, 3);
    assertThat(best.epoch()).isEqualTo(2);
    ends(1, Double.POSITIVE_INFINITY);
    assertThat(best.epoch()).isEqualTo(2);
    assertThat(best.finite()).isTrue();
  }

  private record Scores(double accuracy, double loss) implements Metrics {
    @Override
    public Metrics plus(Metrics other) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long count() {
      return 1;
    }

    @Override
    public List<String> names() {
      return List.of("loss", METRIC);
    }

    @Override
    public boolean higherIsBetter(String name) {
      return name.equals(METRIC);
    }

    @Override
    public Map<String, Double> values() {
      return Map.of("loss", loss, METRIC, accuracy);
    }

    @Override
    public ObjectNode toJson(List<String> labels) {
      throw new UnsupportedOperationException();
    }
  }
}
