package io.sparkrnn.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.ml.ModelFolder;
import io.sparkrnn.ml.TrainingSummary;
import io.sparkrnn.report.Report;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import io.sparkrnn.training.CheckpointFolder;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;

/**
 * The model folder that a training writes: the model with metrics, history and report.
 *
 * @param job that is run
 * @param folder that is written
 * @param checkpoints of the training, which are of no use any more when the folder is whole
 * @param started when the work began
 */
record ModelOutput(
    JobFile job, OutputFolder folder, Optional<HadoopStorage> checkpoints, Instant started) {

  /** Checks that the folder can be written, before the work begins. */
  static ModelOutput of(SparkSession spark, JobFile job) {
    OutputFolder folder = OutputFolder.of(spark, job.values(), JobSettings.MODEL);
    String checkpoints = job.values().get(CheckpointSettings.FOLDER).strip();
    Optional<HadoopStorage> storage =
        checkpoints.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new HadoopStorage(checkpoints, spark.sparkContext().hadoopConfiguration()));
    return new ModelOutput(job, folder, storage, Instant.now());
  }

  /** Full path. */
  String location() {
    return folder.location();
  }

  /** Writes all files of the folder. */
  void write(MLWritable model, TrainingSummary summary, ObjectNode metrics) {
    folder.write(
        unfinished -> {
          try {
            model.write().save(unfinished.location());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          ObjectNode provenance = provenance(summary);
          List<JsonNode> history = summary.historyTrees();
          unfinished.writeText(ModelFolder.PROVENANCE, provenance.toPrettyString() + "\n");
          unfinished.writeText(TrainCommand.METRICS, metrics.toPrettyString() + "\n");
          unfinished.writeText(TrainCommand.JOB, job.render());
          unfinished.writeText(TrainCommand.REPORT, Report.html(metrics, history, provenance));
          unfinished.writeText(OutputFolder.SUCCESS, "");
        });
    checkpoints.ifPresent(CheckpointFolder::discard);
  }

  private ObjectNode provenance(TrainingSummary summary) {
    Values values = job.values();
    ObjectNode node = summary.provenanceTree();
    String title = values.get(JobSettings.TITLE);
    node.put("title", title.isEmpty() ? job.location() : title);
    node.put("task", values.get(JobSettings.TASK));
    node.put("metric", values.get(TrainingSettings.METRIC));
    ObjectNode data = node.putObject("data");
    for (String block : JobSettings.DATA_BLOCKS) {
      job.block(block)
          .ifPresent(found -> data.put(block.substring("data.".length()), source(found.toMap())));
    }
    values.get(JobSettings.NOTES).forEach(node.withArray("notes")::add);
    node.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    node.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    node.put("command", "scripts/spark-rnn train " + job.location());
    node.put("job", job.render());
    return node;
  }

  /** The path or the query of a data block. */
  private static String source(Map<String, Object> block) {
    Object source = Optional.ofNullable(block.get("path")).orElse(block.get("query"));
    return source instanceof List<?> paths
        ? paths.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(source);
  }
}
