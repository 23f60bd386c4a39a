package io.sparkrnn.job;

import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.ForecastSettings;
import io.sparkrnn.ml.SequenceEstimator;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.GradientCheck;
import java.io.PrintWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Validates a job file and its data, and the gradient of a user's own cell. Trains nothing. */
@Command(name = "check", description = "Validates a job file and its data; trains nothing.")
final class CheckCommand extends JobCommand {

  CheckCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    PrintWriter out = out();
    if (ForecastJob.is(job)) {
      new ForecastJob(spark, job, out).check();
    } else if (TranslationJob.is(job)) {
      new TranslationJob(spark, job, out).check();
    } else if (LanguageJob.is(job)) {
      new LanguageJob(spark, job, out).check();
    } else {
      checkSequences(spark, job, out);
    }
    String cell =
        job.values().get(ForecastJob.is(job) ? ForecastSettings.MODEL : NetworkSettings.CELL);
    if (cell.indexOf('.') > 0) {
      out.println("gradient of " + cell + ": " + GradientCheck.ofCell(cell));
    }
    out.println(job.location() + " is fine");
    out.flush();
  }

  private static void checkSequences(SparkSession spark, JobFile job, PrintWriter out) {
    SequenceEstimator<?, ?> estimator = Estimators.of(job.values());
    JobData.require(job);
    JobData data = new JobData(spark, job);
    Dataset<Row> training = data.training();
    estimator.set(ColumnSettings.VALIDATION_INDICATOR, data.validates() ? JobData.INDICATOR : "");
    out.println("data: " + estimator.check(training));
    data.testing().ifPresent(test -> out.println("test: " + estimator.check(test)));
  }
}
