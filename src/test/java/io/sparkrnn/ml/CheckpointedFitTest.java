package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.training.EpochRecord;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The params of an estimator that keep and resume a training, on files of a Hadoop file system. */
class CheckpointedFitTest {

  @TempDir private Path folder;

  @Test
  void aFitThatFailedGoesOnToTheSameBytesAndTheSameHistory() throws IOException {
    Dataset<Row> rows = marked(40);
    SequenceClassificationModel unbroken = classifier(4).fit(rows);
    assertThatThrownBy(() -> kept(4).setListener(failingAfter(3)).fit(rows)).hasMessage("stop");
    assertThat(names()).hasSize(2).allMatch(name -> name.matches("checkpoint-\\d{9}"));

    Resumed heard = new Resumed();
    SequenceClassificationModel resumed =
        kept(4).setCheckpointResume(true).setListener(heard).fit(rows);
    assertThat(resumed.content().parameters()).isEqualTo(unbroken.content().parameters());
    assertThat(heard.epochsDone).isEqualTo(2); // the third was done again
    assertThat(heard.epochs).containsExactly(3, 4);
    assertThat(resumed.summary().objectiveHistory())
        .containsExactly(unbroken.summary().objectiveHistory());
    assertThat(resumed.summary().bestEpoch()).isEqualTo(unbroken.summary().bestEpoch());
    assertThat(names()).hasSize(2);
  }

  @Test
  void otherRowsAnotherSettingAndAnotherNumberOfPartitionsAreRefused() {
    Dataset<Row> rows = marked(40);
    kept(2).fit(rows);
    SequenceClassifier resuming = kept(2).setCheckpointResume(true);
    assertRefused(resuming, marked(39), "training data: ");
    assertRefused(
        kept(2).setCheckpointResume(true).setPartitions(3), rows, "partitions: 3 here, 2 there");
    assertRefused(
        kept(2).setCheckpointResume(true).setLearningRate(0.06),
        rows,
        "optimizer.learningRate: 0.06 here, 0.05 there");
    assertThatThrownBy(() -> kept(2).fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds checkpoints of an earlier training");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeTheFirstRound() throws IOException {
    Files.writeString(folder.resolve("run"), "a file");
    List<EpochRecord> epochs = new ArrayList<>();
    assertThatThrownBy(() -> kept(2).setListener(epochs::add).fit(marked(40)))
        .hasMessageContaining(folder.resolve("run").toString());
    assertThat(epochs).isEmpty();
  }

  private static void assertRefused(
      SequenceClassifier classifier, Dataset<Row> rows, String difference) {
    assertThatThrownBy(() -> classifier.fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is of another training")
        .hasMessageContaining(difference);
  }

  private static SequenceClassifier classifier(int epochs) {
    return Frames.classifier()
        .setMaxIter(epochs)
        .setValidationIndicatorCol("held")
        .setAveragingPeriod("2");
  }

  private SequenceClassifier kept(int epochs) {
    return classifier(epochs)
        .setCheckpointFolder(folder.resolve("run").toString())
        .setCheckpointInterval(1);
  }

  private static Dataset<Row> marked(int count) {
    return Frames.sentences(count).selectExpr("*", "id like '%3' as held");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static TrainingListener failingAfter(int epochs) {
    return record -> {
      if (record.epoch() == epochs) {
        throw new IllegalStateException("stop");
      }
    };
  }

  private static final class Resumed implements TrainingListener {
    private final List<Integer> epochs = new ArrayList<>();
    private int epochsDone = -1;

    @Override
    public void epochEnded(EpochRecord record) {
      epochs.add(record.epoch());
    }

    @Override
    public void resumed(TrainingProgress progress) {
      epochsDone = progress.state().epoch();
    }
  }
}
