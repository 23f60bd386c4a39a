package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Fixes vocabularies, labels and scaling from the rows that train. */
final class EncodingFit {

  private final ExampleReader reader;
  private final FeatureSettings settings;
  private final TargetKind kind;

  EncodingFit(ExampleReader reader, FeatureSettings settings, TargetKind kind) {
    this.reader = reader;
    this.settings = settings;
    this.kind = kind;
  }

  /** Fits to rows that were surveyed. */
  Encoding fit(JavaRDD<Row> rows, Survey survey, boolean numericLabels) {
    FeatureEncoding features =
        reader.form() == CellReader.Form.TOKENS
            ? tokens(rows)
            : FeatureEncoding.ofNumbers(scaling(survey.features()));
    return new Encoding(features, targets(survey, numericLabels));
  }

  private TargetEncoding targets(Survey survey, boolean numericLabels) {
    if (kind == TargetKind.STEP_VALUES) {
      return new TargetEncoding(kind, new Vocabulary(List.of()), true, scaling(survey.targets()));
    }
    List<String> labels = new ArrayList<>(survey.labels().keySet());
    if (labels.size() < 2) {
      throw new DataException(
          "the training rows must have at least 2 different labels, found " + labels);
    }
    if (numericLabels) {
      labels.sort(Comparator.comparingDouble(Double::parseDouble));
    }
    return new TargetEncoding(kind, new Vocabulary(labels), numericLabels, Normalizer.identity(0));
  }

  private Normalizer scaling(ExactSums sums) {
    Normalizer scaling = sums.normalizer();
    return settings.standardize() ? scaling : Normalizer.identity(scaling.width());
  }

  private FeatureEncoding tokens(JavaRDD<Row> rows) {
    List<TokenView> views = new ArrayList<>();
    settings.tokenViews().forEach(name -> views.add(new TokenView(name)));
    ExampleReader rowReader = reader;
    Map<Tuple2<Integer, String>, Long> counts =
        rows.flatMap(row -> rowReader.read(row).example().stream().iterator())
            .filter(example -> !example.validation())
            .flatMap(example -> ((Features.Tokens) example.features()).tokens().iterator())
            .filter(token -> !token.equals(Features.Tokens.UNKNOWN))
            .mapToPair(token -> new Tuple2<>(token, 1L))
            .reduceByKey(Long::sum)
            .flatMapToPair(counted -> views(views, counted).iterator())
            .reduceByKey(Long::sum)
            .collectAsMap();
    List<Map<String, Long>> byView = new ArrayList<>();
    views.forEach(view -> byView.add(new HashMap<>()));
    counts.forEach((key, count) -> byView.get(key._1).put(key._2, count));
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (int v = 0; v < views.size(); v++) {
      Vocabulary vocabulary = Vocabulary.ofCounts(byView.get(v), settings.minCount());
      if (vocabulary.size() == 1) {
        throw new ConfigurationException(
            "features.minCount: no %s of a token occurs %d times in the training data"
                .formatted(views.get(v).name(), settings.minCount()));
      }
      vocabularies.add(vocabulary);
    }
    return FeatureEncoding.ofTokens(views, vocabularies);
  }

  private static List<Tuple2<Tuple2<Integer, String>, Long>> views(
      List<TokenView> views, Tuple2<String, Long> counted) {
    List<Tuple2<Tuple2<Integer, String>, Long>> seen = new ArrayList<>();
    for (int v = 0; v < views.size(); v++) {
      seen.add(new Tuple2<>(new Tuple2<>(v, views.get(v).of(counted._1)), counted._2));
    }
    return seen;
  }
}
