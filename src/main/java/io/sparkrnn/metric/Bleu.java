package io.sparkrnn.metric;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus (Papineni 2002) as sacreBLEU defines it (Post 2018): with m_n of t_n runs of n
 * tokens found in a reference, each at most as often as in the reference that has it most often,
 *
 * <pre>
 * BLEU = 100 · min(1, e^{1 − r/c}) · (Π_{n=1..4} p_n)^{1/4}
 * </pre>
 *
 * p_n = m_n / t_n, or for the k-th n with m_n = 0, 1 / (2^k t_n) (exponential smoothing); c is the
 * length of all outputs, r that of the references nearest in length, the shorter of two as near.
 * Sums that merge. Tokens are taken as given; {@link Tokenizer13a} cuts texts as sacreBLEU does.
 */
public final class Bleu implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ORDER = 4;

  private final long[] matches = new long[ORDER];
  private final long[] runs = new long[ORDER];
  private long outputLength;
  private long referenceLength;

  /** Adds an output with its references, at least one. */
  public void add(List<?> output, List<? extends List<?>> references) {
    outputLength += output.size();
    referenceLength += nearestLength(output.size(), references);
    for (int n = 1; n <= ORDER; n++) {
      Map<List<?>, Integer> most = new HashMap<>();
      for (List<?> reference : references) {
        counts(reference, n).forEach((run, count) -> most.merge(run, count, Math::max));
      }
      for (Map.Entry<List<?>, Integer> run : counts(output, n).entrySet()) {
        runs[n - 1] += run.getValue();
        matches[n - 1] += Math.min(run.getValue(), most.getOrDefault(run.getKey(), 0));
      }
    }
  }

  private static int nearestLength(int length, List<? extends List<?>> references) {
    int nearest = references.get(0).size();
    for (List<?> reference : references) {
      int difference = Math.abs(reference.size() - length) - Math.abs(nearest - length);
      if (difference < 0 || (difference == 0 && reference.size() < nearest)) {
        nearest = reference.size();
      }
    }
    return nearest;
  }

  private static Map<List<?>, Integer> counts(List<?> tokens, int n) {
    Map<List<?>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      counts.merge(new ArrayList<>(tokens.subList(i, i + n)), 1, Integer::sum);
    }
    return counts;
  }

  /** Both corpora as one; neither is changed. */
  public Bleu plus(Bleu other) {
    Bleu sum = new Bleu();
    for (int n = 0; n < ORDER; n++) {
      sum.matches[n] = matches[n] + other.matches[n];
      sum.runs[n] = runs[n] + other.runs[n];
    }
    sum.outputLength = outputLength + other.outputLength;
    sum.referenceLength = referenceLength + other.referenceLength;
    return sum;
  }

  /** The score, 0 to 100; 0 where no output has four tokens, or nothing matches. */
  public double score() {
    double logarithms = 0;
    double smoothing = 1;
    for (int n = 0; n < ORDER; n++) {
      if (runs[n] == 0 || matches[0] == 0) {
        return 0;
      }
      double precision = (double) matches[n] / runs[n];
      if (matches[n] == 0) {
        smoothing *= 2;
        precision = 1 / (smoothing * runs[n]);
      }
      logarithms += Math.log(precision);
    }
    double brevity =
        outputLength < referenceLength ? Math.exp(1 - (double) referenceLength / outputLength) : 1;
    return 100 * brevity * Math.exp(logarithms / ORDER);
  }
}
