package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import java.io.PrintWriter;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Appends predictions to the rows of data.predict, or of data.test, and writes them. */
@Command(
    name = "predict",
    description =
        "Writes the rows of data.predict, or of data.test, with predictions to output.predictions.")
final class PredictCommand extends JobCommand {

  PredictCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    if (ForecastJob.is(job)) {
      throw new ConfigurationException(
          "job.task: predict appends to rows, and a forecaster gives new ones; use forecast");
    }
    JobData.require(job);
    OutputFolder folder = OutputFolder.of(spark, job.values(), JobSettings.PREDICTIONS);
    Model<?> model =
        TranslationJob.is(job)
            ? new TranslationJob(spark, job, out()).model()
            : Models.ofJob(spark, job);
    JobData data = new JobData(spark, job);
    Dataset<Row> rows = data.part(JobData.PREDICT).orElseGet(() -> data.require(JobData.TEST));
    Dataset<Row> predicted = model.transform(rows);
    folder.write(
        unfinished ->
            predicted
                .write()
                .format(job.values().get(JobSettings.PREDICTIONS_FORMAT))
                .mode(SaveMode.ErrorIfExists)
                .save(unfinished.location()));
    PrintWriter out = out();
    out.println("predictions: " + folder.location());
    out.flush();
  }
}
