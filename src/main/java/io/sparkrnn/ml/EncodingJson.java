package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** {@code encoding.json}: vocabularies, labels and scaling of a model folder. */
final class EncodingJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EncodingJson() {}

  static ObjectNode write(Encoding encoding) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode features = root.putObject("features");
    FeatureEncoding feature = encoding.features();
    if (feature.tokens()) {
      ArrayNode views = features.putArray("tokenViews");
      for (int v = 0; v < feature.views().size(); v++) {
        ObjectNode view = views.addObject().put("view", feature.views().get(v).name());
        Vocabulary vocabulary = feature.vocabularies().get(v);
        vocabulary.knownTerms().forEach(view.putArray("terms")::add);
        view.put("rareFrom", vocabulary.rareFrom());
      }
    } else {
      putScaling(features, feature.scaling());
    }
    TargetEncoding target = encoding.targets();
    ObjectNode targets = root.putObject("targets");
    targets.put("kind", target.kind().name());
    targets.put("numeric", target.numeric());
    if (target.kind() == TargetKind.STEP_VALUES) {
      putScaling(targets, target.scaling());
    } else {
      target.labels().knownTerms().forEach(targets.putArray("labels")::add);
    }
    return root;
  }

  static Encoding read(JsonNode root) {
    JsonNode features = root.required("features");
    JsonNode targets = root.required("targets");
    TargetKind kind = TargetKind.valueOf(targets.required("kind").asText());
    boolean values = kind == TargetKind.STEP_VALUES;
    return new Encoding(
        features.has("tokenViews")
            ? tokens(features.required("tokenViews"))
            : FeatureEncoding.ofNumbers(scaling(features)),
        new TargetEncoding(
            kind,
            new Vocabulary(values ? List.of() : texts(targets.required("labels"))),
            targets.required("numeric").asBoolean(),
            values ? scaling(targets) : Normalizer.identity(0)));
  }

  private static FeatureEncoding tokens(JsonNode views) {
    List<TokenView> names = new ArrayList<>();
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (JsonNode view : views) {
      names.add(new TokenView(view.required("view").asText()));
      List<String> terms = texts(view.required("terms"));
      int rareFrom = view.path("rareFrom").asInt(terms.size() + 1);
      vocabularies.add(new Vocabulary(terms, rareFrom));
    }
    return FeatureEncoding.ofTokens(names, vocabularies);
  }

  private static void putScaling(ObjectNode node, Normalizer scaling) {
    ArrayNode mean = node.putArray("mean");
    ArrayNode deviation = node.putArray("deviation");
    for (int j = 0; j < scaling.width(); j++) {
      mean.add(scaling.mean(j));
      deviation.add(scaling.deviation(j));
    }
  }

  private static Normalizer scaling(JsonNode node) {
    double[] mean = numbers("mean", node.required("mean"));
    double[] deviation = numbers("deviation", node.required("deviation"));
    if (mean.length != deviation.length) {
      throw new IllegalArgumentException(
          "expected as many deviations as means, %d, found %d"
              .formatted(mean.length, deviation.length));
    }
    for (double value : deviation) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("deviation: expected numbers above 0, found " + value);
      }
    }
    return new Normalizer(mean, deviation);
  }

  private static double[] numbers(String name, JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int j = 0; j < numbers.length; j++) {
      JsonNode item = array.required(j);
      if (!item.isNumber() || !Double.isFinite(item.doubleValue())) {
        throw new IllegalArgumentException(name + ": expected finite numbers, found " + item);
      }
      numbers[j] = item.doubleValue();
    }
    return numbers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array) {
      if (!item.isTextual()) {
        throw new IllegalArgumentException("expected texts, found " + item);
      }
      texts.add(item.textValue());
    }
    return texts;
  }
}
