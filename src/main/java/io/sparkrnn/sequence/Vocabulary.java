package io.sparkrnn.sequence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Terms and their ids: id 0 is the unknown term, the known ones follow. Immutable. */
public final class Vocabulary implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The term of id 0. */
  public static final String UNKNOWN = "<unknown>";

  private final ArrayList<String> terms;
  private final HashMap<String, Integer> ids;
  private final int rareFrom;

  /** Takes the known terms in the order of their ids, which begin at 1. None counts as rare. */
  public Vocabulary(List<String> known) {
    this(known, known.size());
  }

  private Vocabulary(List<String> known, int common) {
    rareFrom = common + 1;
    terms = new ArrayList<>(known.size() + 1);
    terms.add(UNKNOWN);
    terms.addAll(known);
    ids = new HashMap<>(2 * terms.size());
    for (int id = 1; id < terms.size(); id++) {
      Integer before = ids.put(terms.get(id), id);
      if (before != null) {
        throw new IllegalArgumentException("term twice in a vocabulary: " + terms.get(id));
      }
    }
  }

  /** The terms counted at least {@code minimumCount} times, most frequent first, then by text. */
  public static Vocabulary ofCounts(Map<String, Long> counts, long minimumCount) {
    List<Map.Entry<String, Long>> known =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= minimumCount)
            .sorted(
                Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    long common = known.stream().filter(entry -> entry.getValue() > 1).count();
    return new Vocabulary(known.stream().map(Map.Entry::getKey).toList(), Math.toIntExact(common));
  }

  /** Number of ids, the unknown one included. */
  public int size() {
    return terms.size();
  }

  /** First id of the rare terms, those counted once, which come last; {@link #size} for none. */
  public int rareFrom() {
    return rareFrom;
  }

  /** Id of a term; 0 if it is not known. */
  public int id(String term) {
    return ids.getOrDefault(term, 0);
  }

  /** Id of a known term. */
  public OptionalInt known(String term) {
    Integer id = ids.get(term);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Term of an id. */
  public String term(int id) {
    return terms.get(id);
  }

  /** The known terms in the order of their ids, from id 1 on. */
  public List<String> knownTerms() {
    return List.copyOf(terms.subList(1, terms.size()));
  }
}
