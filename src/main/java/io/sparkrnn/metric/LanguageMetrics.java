package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the tokens of a text are predicted, each from those before it:
 *
 * <pre>
 * loss             = Σ −ln p / tokens                       nats a token
 * perplexity       = e^loss
 * bitsPerCharacter = Σ −log₂ p / characters of the text     absent if a token stands for none
 * unknown          = tokens that training never saw: what is scored for one is the probability of
 *                    any unknown token, so vocabularies with different numbers do not compare
 * </pre>
 */
public final class LanguageMetrics implements Metrics {
  private static final long serialVersionUID = 1L;

  private static final List<String> NAMES =
      List.of("loss", "perplexity", "bitsPerCharacter", "unknown", "count");

  private double nats;
  private long tokens;
  private long characters;
  private long unknown;

  /** Adds one token. */
  public void add(double tokenNats, int tokenCharacters, boolean tokenUnknown) {
    nats += tokenNats;
    tokens++;
    characters += tokenCharacters;
    unknown += tokenUnknown ? 1 : 0;
  }

  @Override
  public LanguageMetrics plus(Metrics other) {
    if (!(other instanceof LanguageMetrics that)) {
      throw new IllegalArgumentException(
          "expected an evaluation of a language model to merge with, found " + other);
    }
    LanguageMetrics both = new LanguageMetrics();
    both.nats = nats + that.nats;
    both.tokens = tokens + that.tokens;
    both.characters = characters + that.characters;
    both.unknown = unknown + that.unknown;
    return both;
  }

  @Override
  public long count() {
    return tokens;
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public boolean higherIsBetter(String name) {
    requireName(name);
    return name.equals("count");
  }

  @Override
  public Map<String, Double> values() {
    if (tokens == 0) {
      throw new IllegalStateException(
          "scores of an evaluation of no token were asked for; evaluate at least one");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    double loss = nats / tokens;
    values.put("loss", loss);
    values.put("perplexity", Math.exp(loss));
    if (characters > 0) {
      values.put("bitsPerCharacter", nats / Math.log(2) / characters);
    }
    values.put("unknown", (double) unknown);
    values.put("count", (double) tokens);
    return Collections.unmodifiableMap(values);
  }

  /** {@inheritDoc} Labels are not needed. */
  @Override
  public ObjectNode toJson(List<String> labels) {
    return MetricsJson.scores(this).put("unknown", unknown);
  }

  @Override
  public String toString() {
    return "LanguageMetrics(tokens=" + tokens + ", nats=" + nats + ")";
  }
}
