package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.SequenceModel;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import java.io.PrintWriter;
import java.util.UUID;
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
    Values values = job.values();
    JobData.require(job);
    String path = values.get(JobSettings.PREDICTIONS);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.predictions: name the folder to write, in the job file or by --set output.predictions=DIR");
    }
    boolean overwrite = values.get(JobSettings.OVERWRITE);
    HadoopStorage target = new HadoopStorage(path, spark.sparkContext().hadoopConfiguration());
    if (target.exists() && !overwrite) {
      throw new ConfigurationException(
          "output.predictions: folder %s exists; choose another, or set output.overwrite=true"
              .formatted(target.location()));
    }
    SequenceModel<?> model = Models.ofJob(spark, job);
    JobData data = new JobData(spark, job);
    Dataset<Row> rows = data.part("predict").orElseGet(() -> data.require(JobData.TEST));
    HadoopStorage unfinished = target.beside(UUID.randomUUID().toString());
    try {
      model
          .transform(rows)
          .write()
          .format(values.get(JobSettings.PREDICTIONS_FORMAT))
          .mode(SaveMode.ErrorIfExists)
          .save(unfinished.location());
      unfinished.moveTo(target, overwrite);
    } finally {
      unfinished.delete();
    }
    PrintWriter out = out();
    out.println("predictions: " + target.location());
    out.flush();
  }
}
