package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Forecasts the steps after the last known one of every series. */
@Command(
    name = "forecast",
    description =
        "Writes the steps ahead of the series of data.predict, or of data.train, to output.forecasts.")
final class ForecastCommand extends JobCommand {

  ForecastCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    if (!ForecastJob.is(job)) {
      throw new ConfigurationException(
          "job.task: forecast needs a job of forecasting, found %s; use predict"
              .formatted(job.values().get(JobSettings.TASK)));
    }
    new ForecastJob(spark, job, out()).forecast();
  }
}
