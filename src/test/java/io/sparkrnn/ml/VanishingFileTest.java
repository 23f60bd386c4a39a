package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.DataFailure;
import io.sparkrnn.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is gone between two epochs: the cached shards do, or the file is named. */
class VanishingFileTest {
  /** More than all tests before have made. */
  private static final int SHUFFLES = 100_000;

  @TempDir private Path folder;
  private Path source;

  @BeforeEach
  void write() {
    source = folder.resolve("rows.parquet");
    Frames.sentences(20).coalesce(1).write().parquet(source.toString());
  }

  /** Removes the source after the first epoch. */
  private TrainingListener vanishing(Runnable besides) {
    return record -> {
      if (record.epoch() == 1) {
        remove();
        besides.run();
      }
    };
  }

  private void remove() {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset<Row> rows() {
    return TestSpark.session().read().parquet(source.toString());
  }

  @Test
  void trainingGoesOnFromItsCachedShards() {
    SequenceClassificationModel quiet = Frames.classifier().setMaxIter(4).fit(rows());
    SequenceClassifier classifier = Frames.classifier().setMaxIter(4);
    classifier.setListener(vanishing(() -> {}));
    assertThat(classifier.fit(rows()).content().parameters())
        .isEqualTo(quiet.content().parameters());
  }

  @Test
  void aLostBlockWhoseSourceIsGoneIsToldByTheFilesName() {
    SequenceClassifier classifier = Frames.classifier().setMaxIter(4);
    classifier.setListener(vanishing(VanishingFileTest::loseBlocks));
    assertThatThrownBy(() -> DataFailure.unwrapped(() -> classifier.fit(rows())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(source.getFileName().toString())
        .hasMessageContaining("does not exist");
    assertThat(context().sc().isStopped()).isFalse();
    assertThat(context().getPersistentRDDs()).isEmpty();
  }

  /** As when an executor dies: cached blocks and shuffled files are gone, their lineage is not. */
  private static void loseBlocks() {
    context().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
    MapOutputTrackerMaster shuffles = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      if (shuffles.containsShuffle(shuffle)) {
        shuffles.unregisterAllMapAndMergeOutput(shuffle);
      }
    }
  }

  private static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext());
  }
}
