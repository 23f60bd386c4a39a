package io.sparkrnn.statistics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;

/**
 * The probability of a token after its n − 1 predecessors, from counts c, interpolated with shorter
 * contexts as Witten and Bell (1991) do:
 *
 * <pre>
 * p(w | h) = (c(h w) + T(h)·p(w | h′)) / (c(h) + T(h)),
 * </pre>
 *
 * h′ the context without its oldest token, T(h) how many different tokens were seen after h, and
 * below the empty context the uniform distribution over V tokens. Sequences of tokens are known by
 * a 64-bit hash.
 */
public final class NGramModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final long EMPTY = 0x9E3779B97F4A7C15L;

  private final int vocabulary;
  private final long[] grams;
  private final long[] counts;
  private final long[] contexts;
  private final long[] contextCounts;
  private final int[] contextTypes;

  /**
   * An n-gram.
   *
   * @param context hash of all its tokens but the last
   * @param whole hash of all its tokens
   */
  public record Gram(long context, long whole) implements Serializable {}

  /**
   * Takes the counts of all n-grams of all lengths from 1 to n.
   *
   * @param counted how often each was seen
   * @param vocabulary V
   */
  public NGramModel(Map<Gram, Long> counted, int vocabulary) {
    this.vocabulary = vocabulary;
    Gram[] order = counted.keySet().toArray(new Gram[0]);
    Arrays.sort(order, (a, b) -> Long.compare(a.whole, b.whole));
    grams = Arrays.stream(order).mapToLong(Gram::whole).toArray();
    counts = Arrays.stream(order).mapToLong(gram -> counted.getOrDefault(gram, 0L)).toArray();
    contexts = Arrays.stream(order).mapToLong(Gram::context).sorted().distinct().toArray();
    contextCounts = new long[contexts.length];
    contextTypes = new int[contexts.length];
    for (int i = 0; i < order.length; i++) {
      int context = Arrays.binarySearch(contexts, order[i].context);
      contextCounts[context] += counts[i];
      contextTypes[context]++;
    }
  }

  /**
   * The n-gram of this length that ends at a token.
   *
   * @param ids tokens of a document
   * @param at place of its last token
   * @param length tokens of it, at most at + 1
   */
  public static Gram gram(int[] ids, int at, int length) {
    long context = EMPTY + length;
    for (int i = at - length + 1; i < at; i++) {
      context = mix(context, ids[i]);
    }
    return new Gram(context, mix(context, ids[at]));
  }

  /**
   * p of a token of a document.
   *
   * @param ids tokens of the document
   * @param at place of the token
   * @param order n: the token and n − 1 before it, as far as there are so many
   */
  public double probability(int[] ids, int at, int order) {
    double p = 1.0 / vocabulary;
    for (int length = 1; length <= Math.min(order, at + 1); length++) {
      Gram gram = gram(ids, at, length);
      int context = Arrays.binarySearch(contexts, gram.context);
      if (context < 0) {
        break; // a longer context was not seen either
      }
      int seen = Arrays.binarySearch(grams, gram.whole);
      double count = seen < 0 ? 0 : counts[seen];
      double types = contextTypes[context];
      p = (count + types * p) / (contextCounts[context] + types);
    }
    return p;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014) over what was before and a token. */
  private static long mix(long before, int id) {
    long z = before * 0xD1342543DE82EF95L + id + 1;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
