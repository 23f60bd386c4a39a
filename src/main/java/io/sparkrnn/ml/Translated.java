package io.sparkrnn.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * A source with what it may be translated to.
 *
 * @param source its features
 * @param references at least one
 * @param weight in the loss
 */
record Translated(Features source, List<List<String>> references, float weight)
    implements Serializable {

  private static final Comparator<List<String>> BY_LENGTH_AND_TEXT =
      Comparator.comparingInt((List<String> tokens) -> tokens.size())
          .thenComparing(tokens -> String.join("\u0000", tokens));

  /** Copies the list. */
  Translated {
    references = new ArrayList<>(references);
  }

  /** A row by itself. */
  static Translated of(Example example) {
    return new Translated(example.features(), List.of(example.labels()), example.weight());
  }

  /**
   * Rows of equal source tokens as references of one another, in an order of their own; the weight
   * is their mean. Sources of numbers stay apart.
   */
  static JavaRDD<Translated> together(JavaRDD<Example> examples) {
    JavaRDD<Translated> apart =
        examples
            .filter(example -> !(example.features() instanceof Features.Tokens))
            .map(Translated::of);
    return examples
        .filter(example -> example.features() instanceof Features.Tokens)
        .mapToPair(
            example -> new Tuple2<>(((Features.Tokens) example.features()).tokens(), of(example)))
        .groupByKey()
        .map(group -> merged(group._2))
        .union(apart);
  }

  private static Translated merged(Iterable<Translated> rows) {
    List<List<String>> references = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    Features source = rows.iterator().next().source;
    for (Translated row : rows) {
      references.addAll(row.references);
      weights.add(row.weight);
    }
    references.sort(BY_LENGTH_AND_TEXT);
    weights.sort(Comparator.naturalOrder());
    double sum = weights.stream().mapToDouble(Float::doubleValue).sum();
    return new Translated(source, references, (float) (sum / weights.size()));
  }
}
