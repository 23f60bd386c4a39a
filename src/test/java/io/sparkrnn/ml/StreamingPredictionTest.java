package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions at scale: partitions are streamed, and so are streams. */
class StreamingPredictionTest {

  private static final int FILES = 3;

  @TempDir private Path folder;

  @Test
  void aStreamOfFilesIsPredictedLikeTheSameRowsAtRest() throws Exception {
    Dataset<Row> rows = Frames.sentences(60);
    SequenceClassificationModel model = Frames.classifier().fit(Frames.sentences(20));
    StreamingQuery query = streamed(model, rows, "sentences");
    long read =
        Arrays.stream(query.recentProgress()).mapToLong(progress -> progress.numInputRows()).sum();
    assertThat(read).isEqualTo(60);
    assertThat(query.lastProgress().batchId()).isEqualTo(FILES - 1);
    assertThat(EstimatorContract.lines(written("sentences")))
        .isEqualTo(EstimatorContract.lines(model.transform(rows)));
  }

  @Test
  void labelsAndValuesOfStepsAreStreamedToo() throws Exception {
    SequenceLabelingModel labels = Frames.labeler().fit(Frames.tagged(20));
    streamed(labels, Frames.tagged(30), "tagged");
    assertThat(EstimatorContract.lines(written("tagged")))
        .isEqualTo(EstimatorContract.lines(labels.transform(Frames.tagged(30))));
    SequenceRegressionModel values = Frames.regressor().fit(Frames.series(20));
    streamed(values, Frames.series(30), "series");
    assertThat(EstimatorContract.lines(written("series")))
        .isEqualTo(EstimatorContract.lines(values.transform(Frames.series(30))));
  }

  @Test
  void aNewSchemaIsRefusedBeforeTheStreamStarts() throws Exception {
    SequenceClassificationModel model = Frames.classifier().setMaxIter(0).fit(Frames.sentences(20));
    Dataset<Row> stream =
        TestSpark.session()
            .readStream()
            .schema("features ARRAY<DOUBLE>")
            .json(Files.createDirectory(folder.resolve("none")).toString());
    assertThatThrownBy(() -> model.transform(stream))
        .hasMessageContaining("column features must hold tokens as in training");
  }

  /** A row is asked for, and no more of its partition is read than is predicted at a time. */
  @Test
  void aPartitionIsReadNoFurtherThanItsPredictionsAreAskedFor() {
    SparkSession session = TestSpark.session();
    LongAccumulator read = session.sparkContext().longAccumulator("rows read");
    Dataset<Row> some = Frames.sentences(20);
    SequenceClassificationModel model = Frames.classifier().setMaxIter(0).fit(some);
    List<Row> pattern = some.collectAsList();
    JavaRDD<Row> many =
        session
            .range(0, 1_000_000, 1, 1)
            .toJavaRDD()
            .map(
                number -> {
                  read.add(1);
                  return pattern.get((int) (number % pattern.size()));
                });
    Row first = model.transform(session.createDataFrame(many, some.schema())).first();
    assertThat(first.<String>getAs("prediction")).isIn("dry", "wet");
    assertThat(read.value()).isBetween(1L, 2048L);
  }

  /** A hundred sequences of a thousand steps are more than are taken at a time. */
  @Test
  void longSequencesAreTakenFewerAtATimeAndStayInTheirOrder() {
    SequenceLabelingModel model = Frames.labeler().setMaxIter(0).fit(Frames.tagged(20));
    List<String> words = List.of("sun", "rain", "wind", "snow", "fog");
    Dataset<Row> rows =
        TestSpark.session()
            .range(0, 100, 1, 1)
            .selectExpr(
                "id",
                "transform(sequence(1, 1000), t -> element_at(array('%s'), cast(pmod(t * id, 5) + 1 as int))) as features"
                    .formatted(String.join("', '", words)));
    List<Row> predicted = model.transform(rows).collectAsList();
    assertThat(predicted).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(predicted.get(i).getLong(0)).isEqualTo(i);
      assertThat(predicted.get(i).getList(2)).hasSize(1000);
    }
    assertThat(model.predict(predicted.get(99).getList(1))).isEqualTo(predicted.get(99).getList(2));
  }

  private StreamingQuery streamed(Transformer model, Dataset<Row> rows, String name)
      throws TimeoutException, StreamingQueryException {
    String source = folder.resolve(name).toString();
    for (int file = 0; file < FILES; file++) {
      rows.where("pmod(hash(id), %d) = %d".formatted(FILES, file))
          .coalesce(1)
          .write()
          .mode("append")
          .json(source);
    }
    Dataset<Row> stream =
        TestSpark.session()
            .readStream()
            .schema(rows.schema())
            .option("maxFilesPerTrigger", 1)
            .json(source);
    StreamingQuery query =
        model
            .transform(stream)
            .writeStream()
            .format("parquet")
            .option("checkpointLocation", source + "-progress")
            .trigger(Trigger.AvailableNow())
            .start(source + "-predicted");
    query.awaitTermination();
    return query;
  }

  private Dataset<Row> written(String name) {
    return TestSpark.session().read().parquet(folder.resolve(name + "-predicted").toString());
  }
}
