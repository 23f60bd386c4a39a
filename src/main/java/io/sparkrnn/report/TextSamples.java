package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a language model wrote after some epochs: the first, the last, and some between. */
final class TextSamples {
  private static final int SHOWN = 5;

  private final List<JsonNode> epochs = new ArrayList<>();

  /** Takes the lines of {@code history.jsonl}. */
  TextSamples(List<JsonNode> history) {
    List<JsonNode> all = history.stream().filter(line -> line.has("sample")).toList();
    int count = Math.min(SHOWN, all.size());
    for (int i = 0; i < count; i++) {
      epochs.add(all.get(count == 1 ? all.size() - 1 : i * (all.size() - 1) / (count - 1)));
    }
  }

  /** The section, if there are samples. */
  Optional<Element> section() {
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    Element section =
        Html.section(
            "Samples",
            Html.note("hint", "What the model wrote after an epoch, by the same random numbers."));
    for (JsonNode epoch : epochs) {
      section.add(
          Html.text("h3", "After epoch " + epoch.path("epoch").asInt()),
          Html.text("pre", epoch.path("sample").asText()));
    }
    return Optional.of(section);
  }
}
