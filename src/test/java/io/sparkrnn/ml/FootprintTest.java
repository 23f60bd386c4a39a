package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.training.AveragingSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What a training leaves in Spark: nothing. */
class FootprintTest {

  /** Of the state that is broadcast at every round: some 50,000 floats. */
  private static final long STATE_BYTES = 200_000;

  @Test
  void cachesAndBroadcastsAreGivenBack() throws InterruptedException {
    Dataset<Row> rows = marked();
    Set<Object> cached = cached();
    long before = broadcastBytes();
    SequenceClassifier classifier =
        wide().setValidationIndicatorCol("held").set(AveragingSettings.PERIOD, "1");
    SequenceClassificationModel model = classifier.fit(rows);
    assertThat(model.summary().historyTrees().get(0).path("rounds").asInt()).isGreaterThan(2);
    assertThat(4L * model.content().parameters().length).isGreaterThan(STATE_BYTES);
    assertThat(cached()).isEqualTo(cached);
    assertThat(settled(before)).isLessThan(before + STATE_BYTES);

    model.evaluate(rows);
    assertThat(cached()).isEqualTo(cached);
    assertThat(settled(before)).isLessThan(before + STATE_BYTES);
  }

  @Test
  void rowsThatTheUserCachedStayCached() {
    Dataset<Row> rows = Frames.sentences(20).cache();
    assertThat(rows.count()).isEqualTo(20);
    Set<Object> cached = cached();
    Frames.classifier().setMaxIter(1).fit(rows);
    assertThat(cached()).isEqualTo(cached);
    rows.unpersist(true);
  }

  @Test
  void aFailedTrainingGivesItsCachesBackToo() {
    Set<Object> cached = cached();
    SparkContext context = TestSpark.session().sparkContext();
    Dataset<Row> bad =
        Frames.of("features ARRAY<STRING>, label STRING", Frames.row(List.of(), "x"));
    assertThatThrownBy(() -> Frames.classifier().fit(bad)).isInstanceOf(DataException.class);
    assertThatThrownBy(
            () ->
                Frames.classifier()
                    .setListener(
                        epoch -> {
                          throw new IllegalStateException("stop");
                        })
                    .setValidationIndicatorCol("held")
                    .fit(marked()))
        .hasMessage("stop");
    assertThat(cached()).isEqualTo(cached);
    assertThat(context.getLocalProperty("spark.job.description")).isNull();
    assertThat(context.isStopped()).isFalse();
  }

  private static SequenceClassifier wide() {
    return Frames.classifier().set(NetworkSettings.HIDDEN_SIZES, 110).setMaxIter(2);
  }

  private static Dataset<Row> marked() {
    return Frames.sentences(60).selectExpr("*", "id like '%3' as held");
  }

  private static Set<Object> cached() {
    SparkContext context = TestSpark.session().sparkContext();
    return new TreeSet<>(CollectionConverters.asJava(context.getPersistentRDDs()).keySet());
  }

  /** Removal is asynchronous. */
  private static long settled(long expected) throws InterruptedException {
    long bytes = broadcastBytes();
    for (int i = 0; i < 300 && bytes >= expected + STATE_BYTES; i++) {
      Thread.sleep(100);
      bytes = broadcastBytes();
    }
    return bytes;
  }

  /**
   * Of whole states and the blocks they travel in: what Spark itself broadcasts with every task is
   * smaller, and goes when the garbage collector finds it.
   */
  private static long broadcastBytes() {
    var blocks = SparkEnv.get().blockManager();
    long bytes = 0;
    for (BlockId id :
        CollectionConverters.asJava(blocks.getMatchingBlockIds(block -> block.isBroadcast()))) {
      long size = blocks.getStatus(id).map(status -> status.memSize()).getOrElse(() -> 0L);
      bytes += size >= STATE_BYTES / 2 ? size : 0;
    }
    return bytes;
  }
}
