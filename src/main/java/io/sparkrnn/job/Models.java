package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ModelFolder;
import io.sparkrnn.ml.SequenceModel;
import org.apache.spark.sql.SparkSession;

/** The model that a job reads. */
final class Models {

  private Models() {}

  static SequenceModel<?> ofJob(SparkSession spark, JobFile job) {
    String path = job.values().get(JobSettings.MODEL);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.model: name the model folder to read, in the job file or by --set output.model=DIR");
    }
    return ModelFolder.load(path, spark.sparkContext().hadoopConfiguration());
  }
}
