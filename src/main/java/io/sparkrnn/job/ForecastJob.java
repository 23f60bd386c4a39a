package io.sparkrnn.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.ForecastScores;
import io.sparkrnn.ml.ForecastSettings;
import io.sparkrnn.ml.SequenceForecastModel;
import io.sparkrnn.ml.SequenceForecaster;
import io.sparkrnn.ml.SeriesSettings;
import io.sparkrnn.report.TextSummary;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What the commands do with a job of forecasting: its data are rows in long format, all in {@code
 * data.train}, which the settings of series cut in time; {@code data.test} holds other series.
 */
final class ForecastJob {

  private final SparkSession spark;
  private final JobFile job;
  private final PrintWriter out;
  private final JobData data;

  ForecastJob(SparkSession spark, JobFile job, PrintWriter out) {
    this.spark = spark;
    this.job = job;
    this.out = out;
    require(job);
    this.data = new JobData(spark, job);
  }

  /** Whether a job is one of forecasting. */
  static boolean is(JobFile job) {
    return job.values().get(JobSettings.TASK).equals(JobSettings.FORECASTING);
  }

  /** Refuses what only other tasks have. */
  static void require(JobFile job) {
    Values values = job.values();
    if (job.block("data.validation").isPresent()) {
      throw new ConfigurationException(
          "data.validation: has no meaning for job.task = forecasting: series are cut in time, at series.validationFrom and series.testFrom; leave it away");
    }
    for (Setting<?> setting :
        List.of(
            JobSettings.SPLIT_VALIDATION,
            JobSettings.SPLIT_TEST,
            JobSettings.SPLIT_STRATIFIED,
            JobSettings.BASELINES)) {
      if (!values.get(setting).equals(setting.defaultValue())) {
        throw new ConfigurationException(
            "%s: has no meaning for job.task = forecasting, where series are cut in time and naive forecasts are always scored; leave it away"
                .formatted(setting.key()));
      }
    }
    JobData.require(job);
  }

  /** Trains, scores, and writes a model folder. */
  void train(boolean onTerminal) {
    Values values = job.values();
    SequenceForecaster estimator = Estimators.forecaster(values);
    ModelOutput output = ModelOutput.of(spark, job);
    Dataset<Row> rows = data.require(JobData.TRAIN);
    Progress progress = new Progress(System.out, onTerminal, values.get(TrainingSettings.METRIC));
    estimator.setListener(progress);
    SequenceForecastModel model = estimator.fit(rows);
    progress.end();
    ObjectNode metrics = hasTest() ? score(model) : new ObjectMapper().createObjectNode();
    output.write(model, model.summary(), metrics);
    out.println();
    if (hasTest()) {
      out.print(TextSummary.of(metrics));
    } else {
      out.println("series.testFrom = 100%: all steps were learnt from, and nothing is scored");
    }
    out.println("model and report: " + output.location());
    out.flush();
  }

  /** Whether steps or series were kept from training to score it. */
  private boolean hasTest() {
    return data.part(JobData.TEST).isPresent()
        || !job.values().get(SeriesSettings.TEST_FROM).strip().equals("100%");
  }

  /** Scores the model of output.model anew. */
  void evaluate(boolean json) {
    SequenceForecastModel model = model();
    ObjectNode metrics = score(model);
    if (json) {
      out.println(metrics.toPrettyString());
    } else {
      out.print(TextSummary.of(metrics));
    }
    out.flush();
  }

  /** Looks at the data, and trains nothing. */
  void check() {
    SequenceForecaster estimator = Estimators.forecaster(job.values());
    out.println("data: " + estimator.check(data.require(JobData.TRAIN)));
    out.flush();
  }

  /** Writes the rows of the steps ahead of all series. */
  void forecast() {
    OutputFolder folder = OutputFolder.of(spark, job.values(), JobSettings.FORECASTS);
    SequenceForecastModel model = model();
    Dataset<Row> rows = data.part(JobData.PREDICT).orElseGet(() -> data.require(JobData.TRAIN));
    Dataset<Row> forecasts = model.transform(rows).sort("id", "step");
    folder.write(
        unfinished ->
            forecasts
                .write()
                .format(job.values().get(JobSettings.FORECASTS_FORMAT))
                .option("header", true)
                .mode(SaveMode.ErrorIfExists)
                .save(unfinished.location()));
    out.println("forecasts: " + folder.location());
    out.flush();
  }

  private ObjectNode score(SequenceForecastModel model) {
    Dataset<Row> rows = data.require(JobData.TRAIN);
    ObjectNode metrics = new ObjectMapper().createObjectNode();
    try {
      ForecastScores test =
          data.part(JobData.TEST).map(model::evaluateSeries).orElseGet(() -> model.evaluate(rows));
      model
          .evaluateValidation(rows)
          .ifPresent(validation -> metrics.set("validation", validation.toJson()));
      metrics.set("test", test.toJson());
      metrics.set("baselines", test.baselinesJson());
    } catch (DataException failure) {
      throw new DataException("data.train: " + failure.getMessage(), failure);
    }
    return metrics;
  }

  /** The model that the job reads; which columns it reads, the job may say anew. */
  private SequenceForecastModel model() {
    String path = job.values().get(JobSettings.MODEL);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.model: name the model folder to read, in the job file or by --set output.model=DIR");
    }
    Models.allowCell(spark, job, ForecastSettings.MODEL);
    SequenceForecastModel model = SequenceForecastModel.load(path);
    List<Setting<?>> anew =
        new ArrayList<>(
            List.of(ColumnSettings.ID, ColumnSettings.HANDLE_INVALID, TrainingSettings.BACKEND));
    for (Setting<?> setting : anew) {
      if (job.values().isSet(setting)) {
        set(model, setting.param(), job.values().get(setting));
      }
    }
    return model;
  }

  @SuppressWarnings("unchecked") // These settings are texts, and so are their params.
  private static void set(SequenceForecastModel model, String param, Object value) {
    model.set((Param<Object>) model.getParam(param), value);
  }
}
