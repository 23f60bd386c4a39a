package io.sparkrnn.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of job files that are sound by themselves, one key a line. */
final class JobVariations {

  /** For any task; most of them. */
  private static final List<String> COMMON =
      List.of(
          "network.cell = srn",
          "network.cell = gru",
          "network.cell = gru-reset-before",
          "network.cell = srn-logistic",
          "network.cell = none",
          "network.hiddenSizes = [2, 3]",
          "network.hiddenSizes = []",
          "network.bidirectional = true",
          "network.outputBias = false",
          "network.skip = true",
          "network.embeddingSizes = [1]",
          "network.embeddingSizes = [2, 2]",
          "network.inputDropout = 0.9",
          "network.layerDropout = 0.5",
          "network.outputDropout = 0.5",
          "network.unknownRate = 1.0",
          "network.delays = [2]",
          "network.delays = [1000]",
          "training.batchSize = 1",
          "training.batchSize = 1000",
          "training.partitions = 3",
          "training.patience = 1",
          "training.metric = rmse",
          "training.divergence = skip",
          "training.divergence = rollback",
          "optimizer.name = sgd",
          "optimizer.name = momentum",
          "optimizer.learningRate = 1e30",
          "optimizer.learningRate = 1e-30",
          "optimizer.clipNorm = 0",
          "optimizer.weightDecay = 1",
          "optimizer.schedule = cosine",
          "optimizer.schedule = step",
          "optimizer.warmup = 5",
          "averaging.period = \"1\"",
          "averaging.of = gradients",
          "averaging.optimizerState = reset",
          "averaging.blockMomentum = 0.9",
          "columns.handleInvalid = skip",
          "columns.handleInvalid = skip",
          "columns.handleInvalid = keep",
          "columns.handleInvalid = keep",
          "columns.weight = id",
          "columns.weight = time",
          "columns.label = features",
          "columns.features = id",
          "columns.validationIndicator = id",
          "features.minCount = 2",
          "features.minCount = 50",
          "features.standardize = false",
          "features.tokenViews = [form, shape]",
          "split.validation = 0.5",
          "split.test = 0.3",
          "output.overwrite = true",
          "output.predictionsFormat = parquet",
          "output.forecastsFormat = csv",
          "data.test = ${data.train}",
          "data.validation = ${data.train}",
          "data.train.where = \"id = 'a'\"",
          "data.train.where = \"id IS NULL\"",
          "data.train.columns = [id, features, label]",
          "data.train.columns = [\"label AS features\", \"features AS label\", id]",
          "data.train.columns = [\"1/0 AS features\", label, id]",
          "data.train.columns = [\"raise_error('x') AS features\", label, id]",
          "data.train.options = [\"mode=PERMISSIVE\"]",
          "data.train.options = [\"mode=DROPMALFORMED\"]");

  private static final Map<String, List<String>> BY_TASK =
      Map.of(
          "classification",
          List.of(
              "network.readout = mean",
              "network.headSizes = [2]",
              "network.headActivation = relu",
              "training.metric = accuracy",
              "training.classWeights = [balanced]",
              "training.classWeights = [1, 2]",
              "split.stratified = true",
              "job.baselines = [most-frequent]"),
          "forecasting",
          List.of(
              "columns.past = [target]",
              "columns.static = [id]",
              "series.gaps = previous",
              "series.gaps = zero",
              "series.duplicates = mean",
              "series.scaling = none",
              "series.scaling = global",
              "series.testUntil = \"85%\"",
              "forecast.model = narx",
              "forecast.model = tdnn",
              "forecast.horizon = 9",
              "forecast.horizon = 90",
              "forecast.strategy = recursive",
              "forecast.values = changes",
              "forecast.values = residual",
              "forecast.season = 7",
              "forecast.delays = 35",
              "forecast.context = 500",
              "forecast.window = 1",
              "forecast.distribution = gaussian",
              "forecast.distribution = quantiles",
              "forecast.intervals = model",
              "forecast.intervals = none",
              "forecast.feedback = free",
              "forecast.refit = true"),
          "language-model",
          List.of(
              "language.tokens = words",
              "language.vocabularySize = 2",
              "language.boundaries = false",
              "language.segment = 1",
              "language.context = 0",
              "language.sampleLength = 0",
              "softmax.form = sampled",
              "softmax.samples = 1",
              "softmax.form = adaptive",
              "softmax.cutoffs = [2, 4]",
              "softmax.tied = true"),
          "translation",
          List.of(
              "training.labelSmoothing = 0.5",
              "job.baselines = [copy-source]",
              "decoder.hiddenSizes = [2]",
              "decoder.attention = none",
              "decoder.attention = additive",
              "decoder.inputFeeding = true",
              "decoder.samplingRate = 1.0",
              "decoder.sharedVocabulary = true",
              "search.beam = 3",
              "search.longest = 1"));

  private JobVariations() {}

  /** What a job of a task may say; its own lines as often as all the common ones. */
  static List<String> of(String task) {
    List<String> own = BY_TASK.getOrDefault(task, List.of());
    List<String> all = new ArrayList<>(COMMON);
    for (int i = 0; i < COMMON.size() && !own.isEmpty(); i++) {
      all.add(own.get(i % own.size()));
    }
    return all;
  }
}
