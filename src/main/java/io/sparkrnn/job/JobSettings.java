package io.sparkrnn.job;

import com.typesafe.config.ConfigValueFactory;
import io.sparkrnn.ml.Baselines;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.FeatureSettings;
import io.sparkrnn.ml.ForecastSettings;
import io.sparkrnn.ml.LanguageModeler;
import io.sparkrnn.ml.SeriesSettings;
import io.sparkrnn.ml.TranslationBaselines;
import io.sparkrnn.ml.TranslationSettings;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.reader.SequenceReader;
import io.sparkrnn.reader.SequenceReaders;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.ReferenceText;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import java.util.stream.Stream;

/** Every key of a job file: those of jobs alone, and those that are params of an estimator. */
final class JobSettings {

  static final String CLASSIFICATION = "classification";
  static final String LABELLING = "labelling";
  static final String REGRESSION = "regression";
  static final String FORECASTING = "forecasting";
  static final String TRANSLATION = "translation";
  static final String LANGUAGE_MODEL = "language-model";

  private static final List<String> BASELINE_NAMES =
      Stream.of(Baselines.NAMES, TranslationBaselines.NAMES).flatMap(List::stream).toList();

  static final Setting<String> TASK =
      Setting.choice(
          "job.task",
          "task",
          CLASSIFICATION,
          List.of(CLASSIFICATION, LABELLING, REGRESSION, FORECASTING, TRANSLATION, LANGUAGE_MODEL),
          "one class a sequence, one label a step, one value a step, the steps ahead of series, a"
              + " sequence of another length, or the next token of text");

  static final Setting<String> TITLE =
      Setting.text("job.title", "title", "", "heading of the report; empty: the job file's name");

  static final Setting<List<String>> NOTES =
      Setting.texts(
          "job.notes",
          "notes",
          List.of(),
          "remarks for the report, such as how settings were chosen");

  static final Setting<List<String>> BASELINES =
      Setting.texts(
          "job.baselines",
          "baselines",
          List.of(),
          new Rule<>(
              "a list of " + String.join(", ", BASELINE_NAMES),
              BASELINE_NAMES,
              BASELINE_NAMES::containsAll),
          "simple methods that train also fits, and scores on the test data for comparison");

  static final Setting<List<String>> EXAMPLES =
      Setting.texts(
          "job.examples",
          "examples",
          List.of(),
          "ids of test rows that the report shows, with the attention of the decoder (translation);"
              + " none for the first four by id");

  static final Setting<Double> SPLIT_VALIDATION =
      Setting.decimal(
          "split.validation",
          "splitValidation",
          0,
          Range.closedOpen(0, 1),
          "share of data.train that validates, if there is no data.validation");

  static final Setting<Double> SPLIT_TEST =
      Setting.decimal(
          "split.test",
          "splitTest",
          0,
          Range.closedOpen(0, 1),
          "share of data.train that tests, if there is no data.test");

  static final Setting<Long> SPLIT_SEED =
      Setting.longInteger(
          "split.seed",
          "splitSeed",
          1,
          Range.any(),
          "seed of the split; apart from training.seed, so that seeds compare on the same data");

  static final Setting<Boolean> SPLIT_STRATIFIED =
      Setting.bool(
          "split.stratified",
          "splitStratified",
          false,
          "whether every class has its exact share in each part (classification)");

  static final Setting<String> MODEL =
      Setting.text(
          "output.model",
          "outputModel",
          "",
          "model folder: written by train, read by evaluate and predict");

  static final Setting<Boolean> OVERWRITE =
      Setting.bool(
          "output.overwrite", "outputOverwrite", false, "whether an existing output is replaced");

  static final Setting<String> PREDICTIONS =
      Setting.text("output.predictions", "outputPredictions", "", "folder that predict writes to");

  static final Setting<String> PREDICTIONS_FORMAT =
      Setting.choice(
          "output.predictionsFormat",
          "outputPredictionsFormat",
          "json",
          List.of("json", "parquet", "orc"),
          "format of the predictions");

  static final Setting<String> FORECASTS =
      Setting.text("output.forecasts", "outputForecasts", "", "folder that forecast writes to");

  static final Setting<String> FORECASTS_FORMAT =
      Setting.choice(
          "output.forecastsFormat",
          "outputForecastsFormat",
          "parquet",
          List.of("parquet", "csv"),
          "format of the forecasts; csv has a header");

  /** What only jobs have. */
  static final Settings OF_JOBS =
      Settings.of(
          TASK,
          TITLE,
          NOTES,
          BASELINES,
          EXAMPLES,
          SPLIT_VALIDATION,
          SPLIT_TEST,
          SPLIT_SEED,
          SPLIT_STRATIFIED,
          MODEL,
          OVERWRITE,
          PREDICTIONS,
          PREDICTIONS_FORMAT,
          FORECASTS,
          FORECASTS_FORMAT);

  private static final List<ReferenceText.Group> GROUPS =
      List.of(
          new ReferenceText.Group("The job", OF_JOBS),
          new ReferenceText.Group("Columns of the data", ColumnSettings.SETTINGS),
          new ReferenceText.Group("Features", FeatureSettings.SETTINGS),
          new ReferenceText.Group("Series (forecasting)", SeriesSettings.SETTINGS),
          new ReferenceText.Group("Forecasts (forecasting)", ForecastSettings.SETTINGS),
          new ReferenceText.Group(
              "Documents (language models)",
              Settings.union(LanguageModeler.OF_DOCUMENTS, SoftmaxSettings.SETTINGS)),
          new ReferenceText.Group("The network", NetworkSettings.SETTINGS),
          new ReferenceText.Group("The decoder (translation)", DecoderSettings.SETTINGS),
          new ReferenceText.Group("Search (translation)", SearchSettings.SETTINGS),
          new ReferenceText.Group("Translations (translation)", TranslationSettings.SETTINGS),
          new ReferenceText.Group("The optimizer", OptimizerSettings.SETTINGS),
          new ReferenceText.Group("Synchronous averaging", AveragingSettings.SETTINGS),
          new ReferenceText.Group("Training and arithmetic", TrainingSettings.SETTINGS),
          new ReferenceText.Group("Checkpoints", CheckpointSettings.SETTINGS));

  static final Settings ALL =
      Settings.union(GROUPS.stream().map(ReferenceText.Group::settings).toArray(Settings[]::new));

  /** Blocks that a reader checks. */
  static final List<String> DATA_BLOCKS =
      List.of("data.train", "data.validation", "data.test", "data.predict");

  static final JobSchema SCHEMA = new JobSchema(ALL, DATA_BLOCKS);

  private JobSettings() {}

  /** All keys with meaning, default and rule, and the keys of every reader, as HOCON. */
  static String reference() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Every key of a job file, with its default. Layers: these defaults, the job file,\n");
    text.append("# then each --set key=value. Made by: scripts/spark-rnn describe --settings\n\n");
    text.append(ReferenceText.render(GROUPS)).append('\n');
    String title = "Data: the blocks " + String.join(", ", DATA_BLOCKS);
    text.append("# ").append(title).append("\n# ").append("=".repeat(title.length())).append('\n');
    text.append("#\n# Each has a format, and the keys of that format, here with their defaults:\n");
    for (SequenceReader reader : SequenceReaders.all()) {
      text.append("#\n# format = ").append(reader.format()).append("    ");
      text.append(reader.purpose()).append('\n');
      for (Setting<?> setting : reader.settings()) {
        text.append("#   ").append(setting.key()).append(" = ");
        text.append(ConfigValueFactory.fromAnyRef(setting.defaultValue()).render(JobFile.ONE_LINE));
        text.append("\n#     ").append(setting.meaning());
        text.append(" (").append(setting.expected()).append(")\n");
      }
    }
    return text.toString();
  }
}
