package io.sparkrnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Validation decides which epoch is kept and when training ends. Towards 10 at rate 1/5 from 0, θ
 * is 2, 3.6, 4.88, 5.904, 6.7232, … after each epoch; validation wants 5.
 */
class EarlyStoppingTest {
  private static final LocalShards<List<Point>> TRAIN = Point.shards(List.of(new Point(1, 10f)));
  private static final LocalShards<List<Point>> FIVE =
      Point.shards(List.of(), List.of(new Point(1, 5f)));

  private static TrainingSettings settings(Object... others) {
    List<Object> all = new ArrayList<>(List.of(others));
    all.addAll(List.of("optimizer.name", "sgd", "optimizer.learningRate", 0.2));
    all.addAll(List.of("optimizer.clipNorm", 0));
    return TestSettings.training(all.toArray());
  }

  private static TrainingResult fit(
      TrainingSettings settings,
      LocalShards<List<Point>> train,
      Optional<Shards<List<Point>>> validation,
      TrainingListener listener) {
    try (LocalCluster cluster = new LocalCluster(2)) {
      return new Trainer<>(settings, () -> new PointObjective(1), cluster, listener)
          .fit(train, validation);
    }
  }

  private static TrainingResult fit(TrainingSettings settings) {
    return fit(settings, TRAIN, Optional.of(FIVE), TrainingListener.NONE);
  }

  @Test
  void endsAfterPatienceEpochsWithoutABetterScoreAndKeepsTheBest() {
    List<EpochRecord> heard = new ArrayList<>();
    TrainingSettings settings = settings("training.epochs", 50, "training.patience", 2);
    TrainingResult result = fit(settings, TRAIN, Optional.of(FIVE), heard::add);
    assertThat(result.bestEpoch()).isEqualTo(3);
    assertThat(result.parameters()[0]).isEqualTo(4.88f, within(1e-6f));
    assertThat(result.history()).hasSize(5).isEqualTo(heard);
    assertThat(result.history())
        .extracting(EpochRecord::best)
        .containsExactly(true, true, true, false, false);
    assertThat(result.state().parameters()[0]).isEqualTo(6.7232f, within(1e-5f));
    double loss = result.history().get(2).validation().orElseThrow().get("loss");
    assertThat(loss).isEqualTo(0.5 * 0.12 * 0.12, within(1e-6));
  }

  @Test
  void withoutPatienceAllEpochsRunAndTheBestIsKept() {
    TrainingResult result = fit(settings("training.epochs", 8));
    assertThat(result.history()).hasSize(8);
    assertThat(result.bestEpoch()).isEqualTo(3);
    assertThat(result.parameters()[0]).isEqualTo(4.88f, within(1e-6f));
  }

  @Test
  void anEqualScoreIsNoBetterOne() {
    LocalShards<List<Point>> train = Point.shards(List.of(new Point(1, 0f)));
    TrainingSettings settings = settings("training.epochs", 50, "training.patience", 4);
    TrainingResult result = fit(settings, train, Optional.of(FIVE), TrainingListener.NONE);
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.history()).hasSize(5);
  }

  @Test
  void aScoreThatIsNotANumberIsWorseThanAnyOther() {
    TrainingSettings settings = settings("training.epochs", 8, "training.patience", 3);
    try (LocalCluster cluster = new LocalCluster(1)) {
      TrainingResult result =
          new Trainer<>(settings, () -> new PointObjective(1, 3), cluster, TrainingListener.NONE)
              .fit(TRAIN, Optional.of(FIVE));
      assertThat(result.history().get(0).validation().orElseThrow().get("loss")).isNaN();
      assertThat(result.bestEpoch()).isEqualTo(3);
      assertThat(result.history()).hasSize(6);
    }
  }

  @Test
  void withoutValidationTheLastEpochIsKept() {
    TrainingResult result =
        fit(settings("training.epochs", 4), TRAIN, Optional.empty(), TrainingListener.NONE);
    assertThat(result.bestEpoch()).isEqualTo(4);
    assertThat(result.parameters()).isEqualTo(result.state().parameters());
    assertThat(result.history()).extracting(EpochRecord::validation).containsOnly(Optional.empty());
  }

  @Test
  void noEpochLeavesWhereItBegan() {
    TrainingResult result = fit(settings("training.epochs", 0));
    assertThat(result.bestEpoch()).isZero();
    assertThat(result.parameters()).containsExactly(0f);
    assertThat(result.history()).isEmpty();
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingRuns() {
    LocalShards<List<Point>> nothing = Point.shards(List.of(), List.of());
    TrainingSettings patient = settings("training.patience", 3);
    TrainingSettings wrong = settings("training.metric", "accuracy");
    TrainingSettings plain = settings();
    assertThatThrownBy(() -> fit(patient, TRAIN, Optional.empty(), TrainingListener.NONE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("training.patience");
    assertThatThrownBy(() -> fit(wrong)).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> fit(plain, nothing, Optional.empty(), TrainingListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no sequence to train on");
    assertThatThrownBy(() -> fit(plain, TRAIN, Optional.of(nothing), TrainingListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no sequence to validate on");
  }
}
