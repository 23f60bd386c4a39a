package io.sparkrnn.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.Baselines;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.SequenceEstimator;
import io.sparkrnn.ml.SequenceModel;
import io.sparkrnn.report.TextSummary;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Trains, scores, and writes a model folder with metrics, history and report. The folder appears
 * under its name when it is whole, and not before.
 */
@Command(name = "train", description = "Trains a model and writes its folder.")
final class TrainCommand extends JobCommand {

  /** Scores of a model folder. */
  static final String METRICS = "metrics.json";

  /** The report of a model folder. */
  static final String REPORT = "report.html";

  /** The effective job file of a model folder. */
  static final String JOB = "job.conf";

  @Option(
      names = "--resume",
      description = "Goes on from the newest checkpoint in checkpoint.folder, if there is one.")
  private boolean resume;

  TrainCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  List<String> implied() {
    return resume ? List.of(CheckpointSettings.RESUME.key() + "=true") : List.of();
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    Values values = job.values();
    if (values.get(JobSettings.TASK).equals(JobSettings.FORECASTING)) {
      new ForecastJob(spark, job, out()).train(onTerminal());
      return;
    }
    if (TranslationJob.is(job)) {
      new TranslationJob(spark, job, out()).train(onTerminal());
      return;
    }
    if (LanguageJob.is(job)) {
      new LanguageJob(spark, job, out()).train(onTerminal());
      return;
    }
    SequenceEstimator<?, ?> estimator = Estimators.of(values);
    JobData.require(job);
    ModelOutput output = ModelOutput.of(spark, job);
    JobData data = new JobData(spark, job);
    Dataset<Row> training = data.training();
    estimator.set(ColumnSettings.VALIDATION_INDICATOR, data.validates() ? JobData.INDICATOR : "");
    checkTestData(estimator, data);
    Baselines baselines = baselines(data, values, estimator, training);
    Progress progress = new Progress(System.out, onTerminal(), values.get(TrainingSettings.METRIC));
    estimator.setListener(progress);
    SequenceModel<?> model = estimator.fit(training);
    progress.end();
    ObjectNode metrics =
        new Scoring(model).score(data, List.of(JobData.TRAIN, JobData.VALIDATION, JobData.TEST));
    if (!baselines.names().isEmpty()) {
      metrics.set(
          "baselines", Scoring.baselines(baselines.score(training, data.require(JobData.TEST))));
    }
    output.write(model, model.summary(), metrics);
    PrintWriter out = out();
    out.println();
    out.print(TextSummary.of(metrics));
    out.println("model and report: " + output.location());
    out.flush();
  }

  @SuppressWarnings(
      "SystemConsoleNull") // From Java 22 on a console may be no terminal: a bar then.
  private static boolean onTerminal() {
    return System.console() != null;
  }

  private static Baselines baselines(
      JobData data, Values values, SequenceEstimator<?, ?> estimator, Dataset<Row> training) {
    List<String> names = values.get(JobSettings.BASELINES);
    if (!names.isEmpty() && data.part(JobData.TEST).isEmpty()) {
      throw new ConfigurationException(
          "job.baselines: they are scored on test data, and there are none; add data.test or split.test");
    }
    return new Baselines(names, estimator, training);
  }

  /** A wrong row among the test data is told now, and not when all the training is done. */
  private static void checkTestData(SequenceEstimator<?, ?> estimator, JobData data) {
    data.testing()
        .ifPresent(
            rows -> {
              try {
                estimator.check(rows);
              } catch (DataException failure) {
                throw new DataException("data.test: " + failure.getMessage(), failure);
              }
            });
  }
}
