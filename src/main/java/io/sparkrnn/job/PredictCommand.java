package io.sparkrnn.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ColumnSettings;
import java.io.PrintWriter;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
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

  private static final String COUNT = "count";
  private static final String PREDICTED = "predicted";

  PredictCommand() {
    super(JobSettings.SCHEMA);
  }

  @Override
  void run(SparkSession spark, JobFile job) {
    if (ForecastJob.is(job)) {
      throw new ConfigurationException(
          "job.task: predict appends to rows, and a forecaster gives new ones; use forecast");
    }
    if (LanguageJob.is(job)) {
      new LanguageJob(spark, job, out()).predict();
      return;
    }
    JobData.require(job);
    OutputFolder folder = OutputFolder.of(spark, job.values(), JobSettings.PREDICTIONS);
    Model<?> model =
        TranslationJob.is(job)
            ? new TranslationJob(spark, job, out()).model()
            : Models.ofJob(spark, job);
    JobData data = new JobData(spark, job);
    Dataset<Row> rows = data.part(JobData.PREDICT).orElseGet(() -> data.require(JobData.TEST));
    Observation read = new Observation("rows read");
    Observation written = new Observation("rows written");
    Dataset<Row> predicted =
        model
            .transform(rows.observe(read, count(lit(1)).as(COUNT)))
            .observe(written, count(lit(1)).as(COUNT), known(job).as(PREDICTED));
    folder.write(
        unfinished ->
            predicted
                .write()
                .format(job.values().get(JobSettings.PREDICTIONS_FORMAT))
                .mode(SaveMode.ErrorIfExists)
                .save(unfinished.location()));
    PrintWriter out = out();
    out.println("predictions: " + folder.location());
    tell(out, of(read, COUNT) - of(written, COUNT), "cannot be used and were left out");
    tell(out, of(written, COUNT) - of(written, PREDICTED), "cannot be used and have no prediction");
    out.flush();
  }

  /** Rows that have a prediction; all where none is written. */
  private static Column known(JobFile job) {
    String column = job.values().get(ColumnSettings.PREDICTION);
    return count(column.isEmpty() ? lit(1) : col("`" + column.replace("`", "``") + "`"));
  }

  private static long of(Observation observation, String name) {
    try {
      return ((Number) observation.getAsJava().get(name)).longValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoppedException(stopped);
    }
  }

  private static void tell(PrintWriter out, long rows, String what) {
    if (rows > 0) {
      out.println(rows + " rows " + what);
    }
  }
}
