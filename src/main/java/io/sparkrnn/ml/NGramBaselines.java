package io.sparkrnn.ml;

import io.sparkrnn.metric.LanguageMetrics;
import io.sparkrnn.sequence.Tokens;
import io.sparkrnn.statistics.NGramModel;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * What counting alone makes of the documents that a language model was trained on: unigrams,
 * bigrams, trigrams, and for characters 5-grams, over the model's own vocabulary. Where there are
 * too many different n-grams to be held in one place, the longer ones are left away.
 *
 * @param encoding of the model
 */
record NGramBaselines(LanguageEncoding encoding) implements Serializable {

  private static final long MOST_GRAMS = 8_000_000;

  /** The orders, by name. */
  private Map<String, Integer> orders() {
    Map<String, Integer> orders = new LinkedHashMap<>();
    orders.put("unigram", 1);
    orders.put("bigram", 2);
    orders.put("trigram", 3);
    if (encoding.tokens().kind().equals(Tokens.CHARACTERS)) {
      orders.put("5-gram", 5);
    }
    return orders;
  }

  /** Counts one set of documents, and scores another one; by the name of the order. */
  Map<String, LanguageMetrics> score(JavaRDD<List<String>> training, JavaRDD<List<String>> test) {
    Map<String, LanguageMetrics> scores = new LinkedHashMap<>();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(training.context());
    Map<NGramModel.Gram, Long> counted = new HashMap<>();
    int longest = 0;
    for (Map.Entry<String, Integer> order : orders().entrySet()) {
      Map<NGramModel.Gram, Long> more = count(training, longest + 1, order.getValue());
      if (more.isEmpty()) {
        break;
      }
      counted.putAll(more);
      longest = order.getValue();
      Broadcast<NGramModel> model =
          context.broadcast(new NGramModel(counted, encoding.vocabulary().size()));
      scores.put(order.getKey(), score(test, model, order.getValue()));
      model.destroy();
    }
    return scores;
  }

  /** Counts of all n-grams of these lengths; nothing if they are too many. */
  private Map<NGramModel.Gram, Long> count(
      JavaRDD<List<String>> training, int shortest, int longest) {
    JavaPairRDD<NGramModel.Gram, Long> counts =
        training
            .mapPartitionsToPair(
                documents -> {
                  Map<NGramModel.Gram, Long> own = new HashMap<>();
                  documents.forEachRemaining(
                      document -> {
                        int[] ids = encoding.withBoundaries(document);
                        for (int at = LanguageEncoding.FIRST_SCORED; at < ids.length; at++) {
                          for (int n = shortest; n <= Math.min(longest, at + 1); n++) {
                            own.merge(NGramModel.gram(ids, at, n), 1L, Long::sum);
                          }
                        }
                      });
                  return own.entrySet().stream()
                      .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                      .iterator();
                })
            .reduceByKey(Long::sum);
    counts.cache();
    try {
      return counts.count() > MOST_GRAMS ? Map.of() : counts.collectAsMap();
    } finally {
      counts.unpersist(false);
    }
  }

  private LanguageMetrics score(
      JavaRDD<List<String>> test, Broadcast<NGramModel> model, int order) {
    List<LanguageMetrics> parts =
        test.mapPartitions(
                documents -> {
                  LanguageMetrics metrics = new LanguageMetrics();
                  documents.forEachRemaining(
                      document -> {
                        int[] ids = encoding.withBoundaries(document);
                        int[] characters = encoding.characters(document);
                        for (int at = LanguageEncoding.FIRST_SCORED; at < ids.length; at++) {
                          double p = model.value().probability(ids, at, order);
                          metrics.add(-Math.log(p), characters[at], ids[at] == 0);
                        }
                      });
                  return List.of(metrics).iterator();
                })
            .collect();
    return parts.stream().reduce(new LanguageMetrics(), LanguageMetrics::plus);
  }
}
