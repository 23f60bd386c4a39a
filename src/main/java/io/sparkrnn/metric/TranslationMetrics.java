package io.sparkrnn.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of outputs of any length.
 *
 * <pre>
 * loss            nats a token of the targets, the end included, under the teacher
 * perplexity      e^loss
 * exactMatch      share of sources whose output equals a reference
 * wordErrorRate   1 − exactMatch: a source (a word to be pronounced) is right or wrong as a whole
 * phoneErrorRate  Σ edit distance to the nearest reference / Σ length of that reference, in tokens;
 *                 of references as near the shorter
 * bleu            of the corpus, 0 to 100, on the tokens as they are ({@link Bleu})
 * </pre>
 */
public final class TranslationMetrics implements Metrics {
  private static final long serialVersionUID = 1L;

  private static final String LOSS = "loss";
  private static final String PERPLEXITY = "perplexity";
  private static final String EXACT_MATCH = "exactMatch";
  private static final String WORD_ERROR_RATE = "wordErrorRate";
  private static final String PHONE_ERROR_RATE = "phoneErrorRate";
  private static final String BLEU = "bleu";
  private static final String COUNT = "count";

  private double lossSum;
  private double lossWeight;
  private long count;
  private long exact;
  private long edits;
  private long referenceLength;
  private Bleu bleu = new Bleu();

  /** Adds the loss of some tokens. */
  public void addLoss(double sum, double weight) {
    lossSum += sum;
    lossWeight += weight;
  }

  /**
   * Adds an output.
   *
   * @param references at least one
   */
  public void add(List<?> output, List<? extends List<?>> references) {
    count++;
    int least = Integer.MAX_VALUE;
    int length = 0;
    for (List<?> reference : references) {
      int distance = EditDistance.of(output, reference);
      if (distance < least || (distance == least && reference.size() < length)) {
        least = distance;
        length = reference.size();
      }
    }
    exact += least == 0 ? 1 : 0;
    edits += least;
    referenceLength += length;
    bleu.add(output, references);
  }

  @Override
  public TranslationMetrics plus(Metrics other) {
    if (!(other instanceof TranslationMetrics that)) {
      throw new IllegalArgumentException(
          "Scores of translations merge with scores of translations, found "
              + other.getClass().getSimpleName());
    }
    TranslationMetrics sum = new TranslationMetrics();
    sum.lossSum = lossSum + that.lossSum;
    sum.lossWeight = lossWeight + that.lossWeight;
    sum.count = count + that.count;
    sum.exact = exact + that.exact;
    sum.edits = edits + that.edits;
    sum.referenceLength = referenceLength + that.referenceLength;
    sum.bleu = bleu.plus(that.bleu);
    return sum;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public List<String> names() {
    return List.of(LOSS, PERPLEXITY, EXACT_MATCH, WORD_ERROR_RATE, PHONE_ERROR_RATE, BLEU, COUNT);
  }

  @Override
  public boolean higherIsBetter(String name) {
    requireName(name);
    return List.of(EXACT_MATCH, BLEU, COUNT).contains(name);
  }

  @Override
  public Map<String, Double> values() {
    if (count == 0) {
      throw new IllegalStateException("Scores were asked for before anything was evaluated");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    if (lossWeight > 0) {
      values.put(LOSS, lossSum / lossWeight);
      values.put(PERPLEXITY, Math.exp(lossSum / lossWeight));
    }
    double right = (double) exact / count;
    values.put(EXACT_MATCH, right);
    values.put(WORD_ERROR_RATE, 1 - right);
    if (referenceLength > 0) {
      values.put(PHONE_ERROR_RATE, (double) edits / referenceLength);
    }
    values.put(BLEU, bleu.score());
    values.put(COUNT, (double) count);
    return values;
  }

  @Override
  public ObjectNode toJson(List<String> labels) {
    return MetricsJson.scores(this);
  }
}
