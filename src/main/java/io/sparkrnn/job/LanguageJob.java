package io.sparkrnn.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.LanguageModel;
import io.sparkrnn.ml.LanguageModeler;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.report.TextSummary;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** What the commands do with a job of language modelling: its data are documents, a row each. */
final class LanguageJob {

  private final SparkSession spark;
  private final JobFile job;
  private final PrintWriter out;
  private final JobData data;

  LanguageJob(SparkSession spark, JobFile job, PrintWriter out) {
    this.spark = spark;
    this.job = job;
    this.out = out;
    require(job);
    this.data = new JobData(spark, job);
  }

  /** Whether a job is one of language modelling. */
  static boolean is(JobFile job) {
    return job.values().get(JobSettings.TASK).equals(JobSettings.LANGUAGE_MODEL);
  }

  private static void require(JobFile job) {
    if (!job.values().get(JobSettings.BASELINES).isEmpty()) {
      throw new ConfigurationException(
          "job.baselines: has no meaning for job.task = language-model, where n-grams are always scored; leave it away");
    }
    JobData.require(job);
  }

  /** Trains, scores, and writes a model folder. */
  void train(boolean onTerminal) {
    Values values = job.values();
    LanguageModeler estimator = Estimators.languageModeler(values);
    ModelOutput output = ModelOutput.of(spark, job);
    Dataset<Row> training = data.training();
    estimator.set(ColumnSettings.VALIDATION_INDICATOR, data.validates() ? JobData.INDICATOR : "");
    Progress progress = new Progress(System.out, onTerminal, values.get(TrainingSettings.METRIC));
    estimator.setListener(progress);
    LanguageModel model = estimator.fit(training);
    progress.end();
    ObjectNode metrics = score(model, List.of(JobData.TRAIN, JobData.VALIDATION, JobData.TEST));
    data.part(JobData.TEST)
        .or(() -> data.part(JobData.VALIDATION))
        .ifPresent(
            unseen ->
                metrics.set(
                    "baselines",
                    Scoring.baselines(
                        new LinkedHashMap<>(
                            model.baselines(data.require(JobData.TRAIN), unseen)))));
    output.write(model, model.summary(), metrics);
    out.println();
    out.print(TextSummary.of(metrics));
    out.println("model and report: " + output.location());
    out.flush();
  }

  /** Scores the model of output.model anew. */
  void evaluate(boolean json) {
    if (data.part(JobData.VALIDATION).isEmpty()) {
      data.require(JobData.TEST);
    }
    ObjectNode metrics = score(model(), List.of(JobData.VALIDATION, JobData.TEST));
    if (json) {
      out.println(metrics.toPrettyString());
    } else {
      out.print(TextSummary.of(metrics));
    }
    out.flush();
  }

  /** Looks at the data, and trains nothing. */
  void check() {
    LanguageModeler estimator = Estimators.languageModeler(job.values());
    Dataset<Row> training = data.training();
    estimator.set(ColumnSettings.VALIDATION_INDICATOR, data.validates() ? JobData.INDICATOR : "");
    out.println("data: " + estimator.check(training));
    estimator.set(ColumnSettings.VALIDATION_INDICATOR, "");
    data.part(JobData.TEST).ifPresent(test -> out.println("test: " + estimator.check(test)));
    out.flush();
  }

  /** Writes the rows of data.predict, or of data.test, with their scores. */
  void predict() {
    OutputFolder folder = OutputFolder.of(spark, job.values(), JobSettings.PREDICTIONS);
    Dataset<Row> rows = data.part(JobData.PREDICT).orElseGet(() -> data.require(JobData.TEST));
    Dataset<Row> scored = model().transform(rows);
    folder.write(
        unfinished ->
            scored
                .write()
                .format(job.values().get(JobSettings.PREDICTIONS_FORMAT))
                .mode(SaveMode.ErrorIfExists)
                .save(unfinished.location()));
    out.println("predictions: " + folder.location());
    out.flush();
  }

  private ObjectNode score(LanguageModel model, List<String> parts) {
    ObjectNode metrics = new ObjectMapper().createObjectNode();
    for (String part : parts) {
      data.part(part)
          .ifPresent(
              rows -> {
                try {
                  metrics.set(part, model.evaluate(rows).toJson(List.of()));
                } catch (DataException failure) {
                  throw new DataException(
                      "data.%s: %s".formatted(part, failure.getMessage()), failure);
                }
              });
    }
    return metrics;
  }

  /** The model that the job reads; which columns it reads and writes, the job may say anew. */
  private LanguageModel model() {
    String path = job.values().get(JobSettings.MODEL);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.model: name the model folder to read, in the job file or by --set output.model=DIR");
    }
    Models.allowCell(spark, job, NetworkSettings.CELL);
    LanguageModel model = LanguageModel.load(path);
    for (Setting<?> setting : LanguageModeler.SETTINGS) {
      boolean anew = setting.key().startsWith("columns.") || setting.key().startsWith("math.");
      if (anew && job.values().isSet(setting)) {
        set(model, setting.param(), job.values().get(setting));
      }
    }
    return model;
  }

  private static void set(LanguageModel model, String param, Object value) {
    model.set(model.getParam(param), value);
  }
}
