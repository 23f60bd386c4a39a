package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ForecastEncoding.ColumnCounts;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.objective.ForecastDescription;
import io.sparkrnn.reader.SeriesColumns;
import io.sparkrnn.reader.TimeSeries;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training: rows → series → survey → scaling → windows → shards → rounds → calibration. */
final class ForecastFit {

  private static final Logger LOG = LoggerFactory.getLogger(ForecastFit.class);

  private final Values values;
  private final SeriesSettings series;
  private final ForecastSettings settings;
  private final TrainingSettings training;
  private final String backend;
  private final TrainingListener listener;

  ForecastFit(Values values, String backend, TrainingListener listener) {
    this.values = values;
    this.series = SeriesSettings.from(values);
    this.settings = ForecastSettings.from(values);
    this.training = TrainingSettings.from(values, backend);
    this.backend = backend;
    this.listener = listener;
  }

  /** Shards, which are also the partitions that series are gathered in. */
  static int partitions(Values values, JavaSparkContext context) {
    int partitions = values.get(TrainingSettings.PARTITIONS);
    return partitions > 0 ? partitions : context.defaultParallelism();
  }

  /** Trains on a DataFrame. */
  ForecastContent on(Dataset<?> dataset) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int partitions = partitions(values, context);
    SeriesPolicy policy = SeriesPolicy.of(dataset.sparkSession(), values);
    JavaRDD<TimeSeries> gathered =
        series
            .gathering(dataset.schema())
            .of(dataset, partitions, policy)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return train(context, gathered, series.parts(dataset.schema()), policy);
    } finally {
      context.sc().setJobDescription(null);
      gathered.unpersist(false);
    }
  }

  private ForecastContent train(
      JavaSparkContext context,
      JavaRDD<TimeSeries> gathered,
      SeriesParts parts,
      SeriesPolicy policy) {
    context.sc().setJobDescription("looking at the series");
    SeriesSurvey survey = SeriesSurvey.of(gathered, parts);
    long leftOut = policy.leftOut().value();
    if (leftOut > 0) {
      LOG.warn("{} series cannot be used and are left out", leftOut);
    }
    if (survey.trainingSteps() == 0) {
      throw new DataException(
          "there is no step to train on: %s, and series.validationFrom is %s"
              .formatted(survey.summary(), series.validationFrom()));
    }
    ForecastEncoding encoding = encoding(survey);
    ForecastContent content =
        settings.linear()
            ? linear(context, gathered, encoding, parts)
            : network(context, gathered, encoding, parts);
    ForecastContent told = content.summarized(content.summary().withInvalidRows(leftOut));
    return settings.backtest().conformal() ? calibrated(context, told, gathered) : told;
  }

  private ForecastContent linear(
      JavaSparkContext context,
      JavaRDD<TimeSeries> gathered,
      ForecastEncoding encoding,
      SeriesParts parts) {
    context.sc().setJobDescription("least squares");
    LearntLinear learnt = new LinearLearning(encoding, parts, false).on(gathered, series.columns());
    LearntLinear ahead =
        settings.refit()
            ? new LinearLearning(encoding, parts, true).on(gathered, series.columns())
            : learnt;
    ObjectNode provenance = new ObjectMapper().createObjectNode();
    provenance.put("network", learnt.summary());
    provenance.put("parameters", learnt.terms().size() * learnt.coefficients().length);
    provenance.put("seed", training.seed());
    provenance.put("partitions", gathered.getNumPartitions());
    provenance.set("versions", NetworkTraining.versions(backend));
    return new ForecastContent(
        encoding,
        parts,
        learnt,
        ahead,
        new LinkedHashMap<>(),
        new TrainingSummary(List.of(), provenance.toString()));
  }

  private ForecastContent network(
      JavaSparkContext context,
      JavaRDD<TimeSeries> gathered,
      ForecastEncoding encoding,
      SeriesParts parts) {
    NetworkDescription network = LearntNetwork.description(values, encoding);
    ForecastWindows windows = new ForecastWindows(encoding);
    context.sc().setJobDescription("cutting windows");
    JavaRDD<Sequence> learnt =
        gathered.flatMap(
            one -> {
              int end = parts.trainingEnd(one);
              return windows.training(encoding.scaled(one, end), end).iterator();
            });
    JavaRDD<Sequence> held =
        gathered.flatMap(
            one -> {
              int start = parts.trainingEnd(one);
              return windows
                  .part(encoding.scaled(one, start), start, parts.validationEnd(one))
                  .iterator();
            });
    int partitions = gathered.getNumPartitions();
    try (SparkShards train =
            SparkShards.of("training windows", encoding.schema(), learnt, partitions);
        SparkShards validation =
            SparkShards.of("validation windows", encoding.schema(), held, partitions)) {
      ForecastDescription objective = LearntNetwork.objective(encoding, network);
      NetworkTraining.of(context, values, backend, listener)
          .requireMemory(objective, train, encoding.schema());
      MemberTraining.Trained trained =
          new MemberTraining(context, values, backend, listener)
              .on(
                  settings.members(),
                  objective,
                  train,
                  validation.items() == 0 ? Optional.empty() : Optional.of(validation));
      Learnt result =
          LearntEnsemble.of(
              trained.parameters().stream()
                  .map(parameters -> new LearntNetwork(network, parameters))
                  .toList());
      return new ForecastContent(
          encoding, parts, result, result, new LinkedHashMap<>(), trained.summary());
    }
  }

  private ForecastContent calibrated(
      JavaSparkContext context, ForecastContent content, JavaRDD<TimeSeries> gathered) {
    context.sc().setJobDescription("calibrating intervals");
    Broadcast<ForecastContent> broadcast = context.broadcast(content);
    try {
      Map<String, Calibration> calibrations = new LinkedHashMap<>();
      new Backtest(broadcast, backend)
          .misses(gathered)
          .forEach(
              (name, misses) ->
                  calibrations.put(name, misses.calibration(settings.backtest().level())));
      return content.calibrated(calibrations);
    } finally {
      broadcast.destroy();
    }
  }

  private ForecastEncoding encoding(SeriesSurvey survey) {
    SeriesColumns columns = series.columns();
    ColumnCounts counts =
        new ColumnCounts(columns.past().size(), columns.future().size(), columns.statics().size());
    boolean scales = !series.scaling().equals(SeriesSettings.NONE);
    return new ForecastEncoding(
        settings,
        series.scaling(),
        survey.scale(),
        scales ? survey.columns() : Normalizer.identity(counts.all()),
        counts);
  }
}
