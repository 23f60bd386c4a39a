package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.AllowedCells;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.ModelFolder;
import io.sparkrnn.ml.SequenceModel;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.SparkSession;

/**
 * The model that a job reads. What it learnt is its own; which columns it reads and writes, and by
 * which arithmetic, the job may say anew.
 */
final class Models {

  private Models() {}

  static SequenceModel<?> ofJob(SparkSession spark, JobFile job) {
    String path = job.values().get(JobSettings.MODEL);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.model: name the model folder to read, in the job file or by --set output.model=DIR");
    }
    allowCell(spark, job, NetworkSettings.CELL);
    SequenceModel<?> model = ModelFolder.load(path, spark.sparkContext().hadoopConfiguration());
    List<Setting<?>> anew = new ArrayList<>();
    ColumnSettings.SETTINGS.forEach(anew::add);
    anew.add(TrainingSettings.BACKEND);
    anew.add(TrainingSettings.PRECISION);
    for (Setting<?> setting : anew) {
      if (job.values().isSet(setting) && model.hasParam(setting.param())) {
        set(model, setting.param(), job.values().get(setting));
      }
    }
    return model;
  }

  /** A class that the job itself names as its cell is one that its author trusts. */
  static void allowCell(SparkSession spark, JobFile job, Setting<String> setting) {
    AllowedCells.allow(spark.sparkContext().hadoopConfiguration(), job.values().get(setting));
  }

  @SuppressWarnings("unchecked") // All these settings are texts, and so are their params.
  private static void set(SequenceModel<?> model, String param, Object value) {
    model.set((Param<Object>) model.getParam(param), value);
  }
}
