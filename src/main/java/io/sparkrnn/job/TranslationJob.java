package io.sparkrnn.job;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.SequenceTranslationModel;
import io.sparkrnn.ml.SequenceTranslator;
import io.sparkrnn.ml.TranslationBaselines;
import io.sparkrnn.ml.TranslationExample;
import io.sparkrnn.ml.TranslationSettings;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.report.TextSummary;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the commands do with a job of translation. */
final class TranslationJob {

  private static final int EXAMPLES = 4;

  private final SparkSession spark;
  private final JobFile job;
  private final PrintWriter out;
  private final JobData data;

  TranslationJob(SparkSession spark, JobFile job, PrintWriter out) {
    this.spark = spark;
    this.job = job;
    this.out = out;
    this.data = new JobData(spark, job);
  }

  /** Whether a job is one of translation. */
  static boolean is(JobFile job) {
    return job.values().get(JobSettings.TASK).equals(JobSettings.TRANSLATION);
  }

  /** Trains, scores, and writes a model folder. */
  void train(boolean onTerminal) {
    Values values = job.values();
    SequenceTranslator estimator = estimator();
    ModelOutput output = ModelOutput.of(spark, job);
    Dataset<Row> training = data.training();
    data.testing().ifPresent(rows -> requireUsable(estimator, rows));
    TranslationBaselines baselines = baselines(estimator);
    Progress progress = new Progress(System.out, onTerminal, values.get(TrainingSettings.METRIC));
    estimator.setListener(progress);
    SequenceTranslationModel model = estimator.fit(training);
    progress.end();
    ObjectNode metrics = score(model, List.of(JobData.VALIDATION, JobData.TEST));
    if (!values.get(JobSettings.BASELINES).isEmpty()) {
      metrics.set("baselines", Scoring.baselines(baselines.score(data.require(JobData.TEST))));
    }
    data.part(JobData.TEST)
        .ifPresent(
            rows -> metrics.withObject("/" + JobData.TEST).set("examples", examples(model, rows)));
    output.write(model, model.summary(), metrics);
    out.println();
    out.print(TextSummary.of(metrics));
    out.println("model and report: " + output.location());
    out.flush();
  }

  /** Scores the model of output.model. */
  void evaluate(boolean json) {
    SequenceTranslationModel model = model();
    if (data.part(JobData.VALIDATION).isEmpty()) {
      data.require(JobData.TEST);
    }
    ObjectNode metrics = score(model, List.of(JobData.VALIDATION, JobData.TEST));
    if (json) {
      out.println(metrics.toPrettyString());
    } else {
      out.print(TextSummary.of(metrics));
    }
    out.flush();
  }

  /** Looks at the data, and trains nothing. */
  void check() {
    SequenceTranslator estimator = estimator();
    out.println("data: " + estimator.check(data.training()));
    data.testing().ifPresent(test -> out.println("test: " + estimator.check(test)));
    out.flush();
  }

  /** The model that the job reads; columns, search and arithmetic the job may say anew. */
  SequenceTranslationModel model() {
    String path = job.values().get(JobSettings.MODEL);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "output.model: name the model folder to read, in the job file or by --set output.model=DIR");
    }
    Models.allowCell(spark, job, NetworkSettings.CELL);
    SequenceTranslationModel model = SequenceTranslationModel.load(path);
    List<Setting<?>> anew = new ArrayList<>();
    ColumnSettings.SETTINGS.forEach(anew::add);
    SearchSettings.SETTINGS.forEach(anew::add);
    anew.add(TranslationSettings.SCORE);
    anew.add(TranslationSettings.HYPOTHESES);
    anew.add(TrainingSettings.BACKEND);
    anew.add(TrainingSettings.PRECISION);
    for (Setting<?> setting : anew) {
      if (job.values().isSet(setting) && model.hasParam(setting.param())) {
        set(model, setting.param(), job.values().get(setting));
      }
    }
    return model;
  }

  @SuppressWarnings("unchecked") // The value's type is that of the param by construction.
  private static void set(SequenceTranslationModel model, String param, Object value) {
    model.set((Param<Object>) model.getParam(param), value);
  }

  private SequenceTranslator estimator() {
    SequenceTranslator estimator = Estimators.translator(job.values());
    JobData.require(job);
    return estimator.set(
        ColumnSettings.VALIDATION_INDICATOR, data.validates() ? JobData.INDICATOR : "");
  }

  private TranslationBaselines baselines(SequenceTranslator estimator) {
    List<String> names = job.values().get(JobSettings.BASELINES);
    if (!names.isEmpty() && data.part(JobData.TEST).isEmpty()) {
      throw new ConfigurationException(
          "job.baselines: they are scored on test data, and there are none; add data.test or split.test");
    }
    return new TranslationBaselines(names, estimator);
  }

  /** A wrong row among the test data is told now, and not when all the training is done. */
  private static void requireUsable(SequenceTranslator estimator, Dataset<Row> test) {
    try {
      estimator.check(test);
    } catch (DataException failure) {
      throw new DataException("data.test: " + failure.getMessage(), failure);
    }
  }

  /** A few rows with what was said for them. */
  private ArrayNode examples(SequenceTranslationModel model, Dataset<Row> rows) {
    ArrayNode examples = new ObjectMapper().createArrayNode();
    String id = job.values().get(ColumnSettings.ID);
    if (id.isEmpty()) {
      return examples;
    }
    List<String> chosen = job.values().get(JobSettings.EXAMPLES);
    Column text = col("`" + id.replace("`", "``") + "`").cast("string");
    Dataset<Row> few =
        chosen.isEmpty()
            ? rows.orderBy(text).limit(EXAMPLES)
            : rows.where(text.isInCollection(chosen)).orderBy(text);
    for (TranslationExample example : model.examples(few)) {
      ObjectNode node = examples.addObject();
      example.source().forEach(node.putArray("source")::add);
      ArrayNode references = node.putArray("references");
      example.references().forEach(one -> one.forEach(references.addArray()::add));
      example.output().forEach(node.putArray("output")::add);
      node.put("score", example.score());
      ArrayNode attention = node.putArray("attention");
      for (float[] row : example.attention()) {
        ArrayNode weights = attention.addArray();
        for (float weight : row) {
          weights.add(Math.round(weight * 1e4) / 1e4);
        }
      }
    }
    return examples;
  }

  private ObjectNode score(SequenceTranslationModel model, List<String> parts) {
    ObjectNode metrics = new ObjectMapper().createObjectNode();
    for (String part : parts) {
      data.part(part)
          .ifPresent(
              rows -> {
                try {
                  Metrics scores = model.evaluate(rows);
                  metrics.set(part, scores.toJson(List.of()));
                } catch (DataException failure) {
                  throw new DataException(
                      "data.%s: %s".formatted(part, failure.getMessage()), failure);
                }
              });
    }
    return metrics;
  }
}
