package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.spark.HadoopStorage;
import io.sparkrnn.training.CheckpointFolder;
import io.sparkrnn.training.EpochRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of an ensemble are networks in their own right; their forecast is the mean. */
class EnsembleForecastTest {
  private static final int MEMBERS = 3;

  @TempDir private Path folder;

  private static SequenceForecaster forecaster(int members) {
    return LongFrames.forecaster().set(ForecastSettings.MEMBERS, members);
  }

  private static List<Row> forecasts(SequenceForecastModel model) {
    return model.transform(LongFrames.of(LongFrames.waves())).orderBy("id", "step").collectAsList();
  }

  private static SequenceForecastModel alone(SequenceForecastModel model, Learnt member) {
    ForecastContent all = model.content();
    ForecastContent own =
        new ForecastContent(
            all.encoding(),
            all.parts(),
            member,
            member,
            new LinkedHashMap<>(all.calibrations()),
            all.summary());
    SequenceForecastModel one = new SequenceForecastModel("alone", own);
    return model.copyValues(one, new ParamMap());
  }

  @ParameterizedTest
  @CsvSource({"direct, point", "recursive, point", "direct, gaussian", "direct, quantiles"})
  void theForecastIsTheMeanOfThoseOfTheMembers(String strategy, String distribution) {
    SequenceForecastModel model =
        forecaster(MEMBERS)
            .setStrategy(strategy)
            .set(ForecastSettings.DISTRIBUTION, distribution)
            .set(BacktestSettings.INTERVALS, intervals(distribution))
            .fit(LongFrames.of(LongFrames.waves()));
    LearntEnsemble ensemble = (LearntEnsemble) model.content().learnt();
    assertThat(ensemble.members()).hasSize(MEMBERS);
    List<Row> mean = forecasts(model);
    List<List<Row>> each =
        ensemble.members().stream().map(member -> forecasts(alone(model, member))).toList();
    for (int row = 0; row < mean.size(); row++) {
      for (int column = 3; column < (intervals(distribution).equals("none") ? 4 : 6); column++) {
        double sum = 0;
        for (List<Row> own : each) {
          sum += own.get(row).getDouble(column);
        }
        assertThat(mean.get(row).getDouble(column)).isCloseTo(sum / MEMBERS, within(1e-9));
      }
    }
    assertThat(each.get(0)).isNotEqualTo(each.get(1));
  }

  private static String intervals(String distribution) {
    return distribution.equals("point") ? BacktestSettings.NONE : BacktestSettings.MODEL_INTERVALS;
  }

  @Test
  void theFirstMemberIsTheNetworkThatIsTrainedAlone() {
    SequenceForecastModel one = forecaster(1).fit(LongFrames.of(LongFrames.waves()));
    SequenceForecastModel more = forecaster(2).fit(LongFrames.of(LongFrames.waves()));
    LearntEnsemble ensemble = (LearntEnsemble) more.content().learnt();
    float[] alone = ((LearntNetwork) one.content().learnt()).parameters();
    assertThat(ensemble.members().get(0).parameters()).isEqualTo(alone);
    assertThat(ensemble.members().get(1).parameters()).isNotEqualTo(alone);
    assertThat(more.summary().history()).hasSameSizeAs(one.summary().history());
    List<JsonNode> members =
        StreamSupport.stream(more.summary().provenanceTree().path("members").spliterator(), false)
            .toList();
    assertThat(members).hasSize(2);
    assertThat(more.summary().provenanceTree().path("network").asText())
        .isEqualTo(more.description());
    assertThat(more.summary().provenanceTree().path("parameters").asInt())
        .isEqualTo(2 * alone.length);
    assertThat(members.get(0).path("seed")).isNotEqualTo(members.get(1).path("seed"));
  }

  @Test
  void anEnsembleReadForecastsAsWhenItWasWritten() throws Exception {
    SequenceForecastModel model = forecaster(MEMBERS).fit(LongFrames.of(LongFrames.waves()));
    String path = folder.resolve("model").toString();
    model.write().save(path);
    SequenceForecastModel read = SequenceForecastModel.load(path);
    assertThat(forecasts(read)).isEqualTo(forecasts(model));
    assertThat(read.description()).startsWith("mean of 3 networks");
    assertThat(read.evaluate(LongFrames.of(LongFrames.waves())).toJson())
        .isEqualTo(model.evaluate(LongFrames.of(LongFrames.waves())).toJson());
  }

  /**
   * Five epochs a member: a fit is stopped at the end of the given one, counted over all members.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 7, 14})
  void eachMemberGoesOnFromItsOwnCheckpointsToTheSameBytes(int stoppedAt) throws Exception {
    SequenceForecastModel unbroken = forecaster(MEMBERS).setMaxIter(5).fit(waves());
    SequenceForecaster kept = forecaster(MEMBERS).setMaxIter(5);
    kept.setCheckpointFolder(folder.resolve("run").toString()).setCheckpointInterval(1);
    List<EpochRecord> heard = new ArrayList<>();
    kept.setListener(
        record -> {
          heard.add(record);
          if (heard.size() == stoppedAt) {
            throw new IllegalStateException("stop");
          }
        });
    assertThatThrownBy(() -> kept.fit(waves())).hasMessage("stop");
    assertThatThrownBy(() -> kept.fit(waves()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds checkpoints of an earlier training");

    heard.clear();
    kept.setCheckpointResume(true).setListener(heard::add);
    SequenceForecastModel resumed = kept.fit(waves());
    assertThat(heard).hasSize(MEMBERS * 5 - (stoppedAt - 1)); // the one that failed was done again
    for (int member = 0; member < MEMBERS; member++) {
      assertThat(parameters(resumed, member)).isEqualTo(parameters(unbroken, member));
    }
    assertThat(resumed.summary().provenanceTree().path("members"))
        .isEqualTo(unbroken.summary().provenanceTree().path("members"));
    assertThat(resumed.summary().objectiveHistory())
        .containsExactly(unbroken.summary().objectiveHistory());
    assertThat(forecasts(resumed)).isEqualTo(forecasts(unbroken));

    CheckpointFolder.discard(
        new HadoopStorage(folder.resolve("run").toString(), new Configuration()));
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static Dataset<Row> waves() {
    return LongFrames.of(LongFrames.waves());
  }

  private static float[] parameters(SequenceForecastModel model, int member) {
    return ((LearntEnsemble) model.content().learnt()).members().get(member).parameters();
  }

  @Test
  void leastSquaresHasNoMembers() {
    SequenceForecaster linear = LongFrames.linear().set(ForecastSettings.MEMBERS, 2);
    assertThatThrownBy(() -> linear.fit(LongFrames.of(LongFrames.waves())))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forecast.members");
  }
}
