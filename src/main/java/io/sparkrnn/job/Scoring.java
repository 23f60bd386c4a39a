package io.sparkrnn.job;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.Metrics;
import io.sparkrnn.metric.RegressionMetrics;
import io.sparkrnn.ml.ColumnSettings;
import io.sparkrnn.ml.SequenceModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Scores a model on parts of the data, as {@code metrics.json} holds them. */
final class Scoring {

  private static final int SAMPLE = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SequenceModel<?> model;
  private final ColumnSettings columns;

  Scoring(SequenceModel<?> model) {
    this.model = model;
    this.columns = ColumnSettings.from(model.values());
  }

  /** Scores of the parts that there are. */
  ObjectNode score(JobData data, List<String> parts) {
    ObjectNode metrics = JSON.createObjectNode();
    for (String part : parts) {
      data.part(part).ifPresent(rows -> metrics.set(part, score(part, rows)));
    }
    return metrics;
  }

  /** Scores of baselines, without the details behind them. */
  static ObjectNode baselines(Map<String, Metrics> scores) {
    ObjectNode node = JSON.createObjectNode();
    scores.forEach(
        (name, metrics) -> {
          ObjectNode baseline = node.putObject(name);
          metrics.values().forEach(baseline::put);
          baseline.put("count", metrics.count());
        });
    return node;
  }

  private ObjectNode score(String part, Dataset<Row> rows) {
    try {
      return score(rows);
    } catch (DataException failure) {
      throw new DataException("data.%s: %s".formatted(part, failure.getMessage()), failure);
    }
  }

  private ObjectNode score(Dataset<Row> rows) {
    Metrics metrics = model.evaluate(rows);
    if (metrics.count() == 0) {
      throw new DataException(
          "no step of these rows has a target, so there is nothing to score; add targets, or leave the rows away");
    }
    ObjectNode node = metrics.toJson(labels(metrics));
    if (metrics instanceof RegressionMetrics) {
      sample(rows, node.putArray("sample"));
    }
    return node;
  }

  private List<String> labels(Metrics metrics) {
    return metrics instanceof RegressionMetrics regression
        ? IntStream.rangeClosed(1, regression.outputs()).mapToObj(k -> "output " + k).toList()
        : model.labels();
  }

  /** A few sequences in the order of their ids, with what was predicted. */
  private void sample(Dataset<Row> rows, ArrayNode sample) {
    if (columns.id().isEmpty()) {
      return;
    }
    Dataset<Row> first = rows.orderBy(col(columns.id())).limit(SAMPLE);
    List<Row> predicted =
        model
            .transform(first)
            .select(columns.id(), columns.label(), columns.prediction())
            .collectAsList();
    for (Row row : predicted) {
      ObjectNode node = sample.addObject().put("id", String.valueOf(row.get(0)));
      List<?> actual = steps(row.get(1));
      int known = 0;
      while (known < actual.size() && isMissing(actual.get(known))) {
        known++;
      }
      node.set("actual", JSON.valueToTree(actual.subList(known, actual.size())));
      node.set("predicted", JSON.valueToTree(steps(row.get(2)).subList(known, actual.size())));
    }
  }

  /** Whether no target of a step is known: such steps at the start are context, not shown. */
  private static boolean isMissing(Object step) {
    return step == null
        || (step instanceof List<?> targets && targets.stream().allMatch(Scoring::isMissing));
  }

  private static List<?> steps(Object sequence) {
    return (List<?>) Objects.requireNonNull(plain(sequence));
  }

  /** Plain values for JSON, which has no NaN: null stands for it. */
  private static Object plain(Object value) {
    if (value instanceof scala.collection.Seq<?> seq) {
      return CollectionConverters.asJava(seq).stream().map(Scoring::plain).toList();
    }
    if (value instanceof Vector vector) {
      return DoubleStream.of(vector.toArray()).mapToObj(Scoring::plain).toList();
    }
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }
}
