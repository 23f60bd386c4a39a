package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ForecastEncoding.ColumnCounts;
import io.sparkrnn.reader.TimeBoundary;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.spark.ml.util.MLReader;

/**
 * The folder of a forecaster: that of any model, {@link ModelFolder}, where {@link
 * ModelFolder#ENCODING} holds the scaling of series, the boundaries of their parts and the
 * calibration of intervals.
 */
final class ForecastFolder {

  /** Kind of the targets in {@link ModelFolder#ENCODING}. */
  static final String KIND = "FORECAST";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ForecastFolder() {}

  static final class Writer extends WholeFolderWriter {
    private final SequenceForecastModel model;

    Writer(SequenceForecastModel model) {
      super(model);
      this.model = model;
    }

    @Override
    void write(HadoopStorage unfinished) {
      ForecastContent content = model.content();
      content.ahead().write(unfinished);
      if (content.learnt() instanceof LearntLinear learnt && content.settings().refit()) {
        learnt.write(unfinished, LearntLinear.OF_TRAINING);
      }
      unfinished.writeText(ModelFolder.ENCODING, ModelFolder.pretty(encoding(content)));
      ModelFolder.writeSummary(unfinished, content.summary());
    }
  }

  static final class Reader extends MLReader<SequenceForecastModel> {

    @Override
    public SequenceForecastModel load(String path) {
      HadoopStorage folder = new HadoopStorage(path, sc().hadoopConfiguration());
      if (!folder.exists()) {
        throw new DataException("there is no model folder %s".formatted(folder.location()));
      }
      JsonNode encoding = ModelFolder.parse(folder, ModelFolder.ENCODING);
      TrainingSummary summary = ModelFolder.summary(folder);
      return ModelFolder.metadata(
          folder, SequenceForecastModel.class, () -> model(path, folder, encoding, summary));
    }

    private SequenceForecastModel model(
        String path, HadoopStorage folder, JsonNode encoding, TrainingSummary summary) {
      ModelMetadata metadata = ModelMetadata.read(path, sc(), SequenceForecastModel.class);
      SequenceForecaster settings = new SequenceForecaster(metadata.uid());
      metadata.applyTo(settings);
      ForecastContent content;
      try {
        content = content(settings.values(), encoding, folder, summary);
      } catch (IllegalArgumentException e) {
        throw new DataException(
            "%s of %s cannot be read: %s"
                .formatted(ModelFolder.ENCODING, folder.location(), e.getMessage()),
            e);
      }
      SequenceForecastModel model = new SequenceForecastModel(metadata.uid(), content);
      metadata.applyTo(model);
      return model;
    }
  }

  private static ObjectNode encoding(ForecastContent content) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("targets").put("kind", KIND);
    ForecastEncoding encoding = content.encoding();
    ObjectNode scale = root.putObject("scale");
    scale.put("mean", encoding.common().mean());
    scale.put("deviation", encoding.common().deviation());
    scale.put("change", encoding.common().change());
    ObjectNode columns = root.putObject("columns");
    columns.put("past", encoding.counts().past());
    columns.put("future", encoding.counts().future());
    columns.put("static", encoding.counts().statics());
    ArrayNode mean = columns.putArray("mean");
    ArrayNode deviation = columns.putArray("deviation");
    for (int c = 0; c < encoding.columns().width(); c++) {
      mean.add(encoding.columns().mean(c));
      deviation.add(encoding.columns().deviation(c));
    }
    ObjectNode parts = root.putObject("parts");
    put(parts.putObject("validationFrom"), content.parts().validationFrom());
    put(parts.putObject("testFrom"), content.parts().testFrom());
    put(parts.putObject("testUntil"), content.parts().testUntil());
    if (content.learnt() instanceof LearntLinear learnt
        && content.ahead() instanceof LearntLinear ahead) {
      put(root.putArray("variances"), learnt.variances());
      put(root.putArray("variancesAhead"), ahead.variances());
    }
    ObjectNode calibrations = root.putObject("calibrations");
    content
        .calibrations()
        .forEach(
            (name, calibration) -> {
              ObjectNode node = calibrations.putObject(name);
              put(node.putArray("below"), calibration.below());
              put(node.putArray("above"), calibration.above());
            });
    return root;
  }

  private static ForecastContent content(
      Values values, JsonNode root, HadoopStorage folder, TrainingSummary summary) {
    JsonNode scale = root.required("scale");
    JsonNode columns = root.required("columns");
    JsonNode parts = root.required("parts");
    ForecastEncoding encoding =
        new ForecastEncoding(
            ForecastSettings.from(values),
            SeriesSettings.from(values).scaling(),
            new SeriesScale(
                number(scale, "mean"), number(scale, "deviation"), number(scale, "change")),
            new Normalizer(
                numbers(columns.required("mean")), numbers(columns.required("deviation"))),
            new ColumnCounts(
                columns.required("past").asInt(),
                columns.required("future").asInt(),
                columns.required("static").asInt()));
    LinkedHashMap<String, Calibration> calibrations = new LinkedHashMap<>();
    root.required("calibrations")
        .properties()
        .forEach(
            entry ->
                calibrations.put(
                    entry.getKey(),
                    new Calibration(
                        numbers(entry.getValue().required("below")),
                        numbers(entry.getValue().required("above")))));
    boolean refit = encoding.settings().refit();
    Learnt learnt =
        encoding.settings().linear()
            ? linear(
                encoding,
                values,
                folder,
                refit ? LearntLinear.OF_TRAINING : LearntLinear.COEFFICIENTS,
                root.required("variances"))
            : LearntEnsemble.read(folder, encoding.settings().members());
    Learnt ahead =
        refit
            ? linear(
                encoding,
                values,
                folder,
                LearntLinear.COEFFICIENTS,
                root.required("variancesAhead"))
            : learnt;
    return new ForecastContent(
        encoding,
        new SeriesParts(
            boundary(parts.required("validationFrom")),
            boundary(parts.required("testFrom")),
            boundary(parts.required("testUntil"))),
        learnt,
        ahead,
        calibrations,
        summary);
  }

  private static Learnt linear(
      ForecastEncoding encoding,
      Values values,
      HadoopStorage folder,
      String file,
      JsonNode variances) {
    List<String> terms = new Regressors(encoding).names(SeriesSettings.from(values).columns());
    return LearntLinear.read(folder, file, terms, numbers(variances));
  }

  private static void put(ObjectNode node, TimeBoundary boundary) {
    node.put("value", boundary.value()).put("share", boundary.isShare());
  }

  private static TimeBoundary boundary(JsonNode node) {
    return new TimeBoundary(number(node, "value"), node.required("share").asBoolean());
  }

  private static double number(JsonNode node, String name) {
    return node.required(name).asDouble();
  }

  private static void put(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }
}
