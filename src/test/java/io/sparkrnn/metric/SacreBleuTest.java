package io.sparkrnn.metric;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BLEU and the cutting of texts are sacreBLEU's (scripts/oracles/write_sacrebleu.py). */
class SacreBleuTest {

  private static JsonNode golden() throws IOException {
    try (InputStream in = SacreBleuTest.class.getResourceAsStream("/metric/sacrebleu.json")) {
      return new ObjectMapper().readTree(requireNonNull(in));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void bleuOfGivenTokensIsSacreBleus() throws IOException {
    JsonNode cases = golden().path("cases");
    assertThat(cases).hasSize(6);
    for (JsonNode one : cases) {
      Bleu whole = new Bleu();
      Bleu merged = new Bleu();
      for (int i = 0; i < one.path("outputs").size(); i++) {
        List<String> output = texts(one.path("outputs").path(i));
        List<List<String>> references = new ArrayList<>();
        one.path("references").path(i).forEach(reference -> references.add(texts(reference)));
        whole.add(output, references);
        Bleu part = new Bleu();
        part.add(output, references);
        merged = merged.plus(part);
      }
      double expected = one.path("bleu").asDouble();
      assertThat(whole.score()).as(one.path("name").asText()).isEqualTo(expected, within(1e-9));
      assertThat(merged.score()).isEqualTo(whole.score());
    }
  }

  @Test
  void textsAreCutAsSacreBleuCutsThem() throws IOException {
    JsonNode texts = golden().path("texts");
    assertThat(texts.size()).isGreaterThan(10);
    for (JsonNode one : texts) {
      assertThat(Tokenizer13a.tokens(one.path("text").asText()))
          .as(one.path("text").asText())
          .isEqualTo(texts(one.path("tokens")));
    }
  }

  /** The example of sacreBLEU's own documentation, which prints 48.53. */
  @Test
  void thePublishedExampleHasItsPublishedScore() throws IOException {
    JsonNode example = golden().path("example");
    Bleu bleu = new Bleu();
    for (int i = 0; i < 3; i++) {
      List<List<String>> references = new ArrayList<>();
      example
          .path("references")
          .path(i)
          .forEach(reference -> references.add(Tokenizer13a.tokens(reference.asText())));
      bleu.add(Tokenizer13a.tokens(example.path("outputs").path(i).asText()), references);
    }
    assertThat(bleu.score()).isEqualTo(48.53, within(0.005));
    assertThat(bleu.score()).isEqualTo(example.path("bleu").asDouble(), within(1e-9));
  }
}
