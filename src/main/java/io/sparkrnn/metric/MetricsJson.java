package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The scores as plain JSON: counts as whole numbers, what is not finite as null. */
final class MetricsJson {

  private MetricsJson() {}

  /** An object with every defined score by its name; {@code count} as a whole number. */
  static ObjectNode scores(Metrics metrics) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    metrics
        .values()
        .forEach(
            (name, value) -> {
              if (name.equals("count")) {
                json.put(name, metrics.count());
              } else {
                putFinite(json, name, value);
              }
            });
    return json;
  }

  /** JSON has neither NaN nor infinity: null stands for them. */
  static void putFinite(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
