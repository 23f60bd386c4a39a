package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.training.CheckpointSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data, checkpoints and models on a real HDFS of one name node and four data nodes. */
class HdfsTest {

  private static final String IMPLEMENTATION = "fs.hdfs.impl";
  private static final String NO_CACHE = "fs.hdfs.impl.disable.cache";

  @TempDir private static Path folder;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(4).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown(true);
    }
  }

  @Test
  void dataCheckpointsAndModelsLiveThere() throws Exception {
    Dataset<Row> rows = Frames.sentences(40);
    rows.write().parquet(path("rows"));
    Dataset<Row> read = TestSpark.session().read().parquet(path("rows"));
    SequenceClassificationModel model = kept("run", 3).fit(read);
    assertThat(model.content().parameters())
        .isEqualTo(Frames.classifier().setMaxIter(3).fit(rows).content().parameters());
    assertThat(names("run")).hasSize(2).allMatch(name -> name.matches("checkpoint-\\d{9}"));

    model.write().save(path("models/weather"));
    SequenceClassificationModel back = SequenceClassificationModel.load(path("models/weather"));
    back.transform(read).write().parquet(path("predicted"));
    assertThat(EstimatorContract.lines(TestSpark.session().read().parquet(path("predicted"))))
        .isEqualTo(EstimatorContract.lines(model.transform(rows)));
    model.write().overwrite().save(path("models/weather"));
    assertThat(names("models")).containsExactly("weather");
    assertThatThrownBy(() -> model.write().save(path("models/weather")))
        .hasMessageContaining("exists");
  }

  /** The data node dies between two bytes of the parameters, and is one of those written to. */
  @Test
  void aDataNodeThatStopsWhileACheckpointIsWrittenChangesNothing() throws Exception {
    Dataset<Row> rows = Frames.sentences(40);
    SequenceClassificationModel unbroken = Frames.classifier().setMaxIter(4).fit(rows);
    Configuration spark = TestSpark.session().sparkContext().hadoopConfiguration();
    spark.set(IMPLEMENTATION, StoppingFileSystem.class.getName());
    spark.setBoolean(NO_CACHE, true);
    StoppingFileSystem.arm(cluster, 2);
    try {
      SequenceClassifier interrupted =
          kept("interrupted", 4)
              .setListener(
                  epoch -> {
                    if (epoch.epoch() == 3) {
                      throw new IllegalStateException("the driver is gone");
                    }
                  });
      assertThatThrownBy(() -> interrupted.fit(rows)).hasMessage("the driver is gone");
    } finally {
      spark.unset(IMPLEMENTATION);
      spark.unset(NO_CACHE);
    }
    assertThat(StoppingFileSystem.stopped()).isTrue();
    assertThat(cluster.getDataNodes()).hasSize(3);
    assertThat(names("interrupted")).hasSize(2);

    SequenceClassificationModel resumed =
        kept("interrupted", 4).set(CheckpointSettings.RESUME, true).fit(rows);
    assertThat(resumed.content().parameters()).isEqualTo(unbroken.content().parameters());
    assertThat(resumed.summary().objectiveHistory())
        .isEqualTo(unbroken.summary().objectiveHistory());
  }

  private static SequenceClassifier kept(String name, int epochs) {
    return Frames.classifier()
        .setMaxIter(epochs)
        .set(CheckpointSettings.FOLDER, path(name))
        .set(CheckpointSettings.ROUNDS, 1);
  }

  private static String path(String name) {
    return cluster.getURI() + "/" + name;
  }

  private static List<String> names(String name) throws IOException {
    FileSystem files = cluster.getFileSystem();
    return Arrays.stream(files.listStatus(new org.apache.hadoop.fs.Path("/" + name)))
        .map(FileStatus::getPath)
        .map(org.apache.hadoop.fs.Path::getName)
        .toList();
  }
}
