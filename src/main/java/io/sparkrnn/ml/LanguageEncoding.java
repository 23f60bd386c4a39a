package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.layer.SoftmaxLayer;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.Tokens;
import io.sparkrnn.sequence.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents to ids and back. Id 0 is the unknown token; where boundaries are learnt, id 1 is that
 * of the boundary, which stands before and behind a document.
 *
 * @param tokens how texts are made of tokens
 * @param boundaries whether boundaries are learnt
 * @param vocabulary known tokens, most frequent first
 */
record LanguageEncoding(Tokens tokens, boolean boundaries, Vocabulary vocabulary)
    implements Serializable {

  /** Kind of the targets in {@link ModelFolder#ENCODING}. */
  static final String KIND = "NEXT_TOKEN";

  /** The boundary's term. A token that is written like it is unknown. */
  static final String BOUNDARY = "<boundary>";

  static final int BOUNDARY_ID = 1;

  /** The first of {@link #withBoundaries} that is predicted: nothing comes before the other. */
  static final int FIRST_SCORED = 1;

  private static final int[] NO_IDS = {};
  private static final float[] NO_VALUES = {};

  /** Fixes the vocabulary. */
  static LanguageEncoding of(LanguageSettings settings, Map<String, Long> counts) {
    Map<String, Long> known = new HashMap<>(counts);
    known.remove(BOUNDARY);
    Vocabulary counted = Vocabulary.ofCounts(known, settings.minCount());
    List<String> terms = new ArrayList<>(counted.knownTerms());
    int rareFrom = counted.rareFrom();
    if (settings.vocabularySize() > 0 && terms.size() > settings.vocabularySize()) {
      terms = terms.subList(0, settings.vocabularySize());
      rareFrom = Math.min(rareFrom, terms.size() + 1);
    }
    if (settings.boundaries()) {
      terms.add(0, BOUNDARY);
      rareFrom++;
    }
    return new LanguageEncoding(
        settings.tokens(), settings.boundaries(), new Vocabulary(terms, rareFrom));
  }

  /** Steps of a document of so many tokens; 0 for one that has nothing to predict. */
  long steps(int tokenCount) {
    return boundaries ? tokenCount + 1L : Math.max(0, tokenCount - 1L);
  }

  /** The ids that a document begins with, or what is drawn after them. */
  int[] beginning(String prompt) {
    int[] ids = ids(tokens.of(prompt));
    if (boundaries) {
      return concat(new int[] {BOUNDARY_ID}, ids);
    }
    return ids.length > 0 ? ids : new int[] {vocabulary.known("\n").orElse(1)};
  }

  /**
   * A document as sequences that predict each token once.
   *
   * @param longest steps of a sequence at most: a longer document is cut
   * @param context steps that a cut begins earlier, which do not count
   */
  List<Sequence> encode(List<String> document, int longest, int context) {
    int[] ids = withBoundaries(document);
    int[] characters = characters(document);
    List<Sequence> cut = new ArrayList<>();
    int steps = ids.length - 1;
    for (int from = 0; from < steps; from += longest) {
      int to = (int) Math.min(steps, (long) from + longest);
      int begin = Math.max(0, from - context);
      int[] targets = Arrays.copyOfRange(ids, begin + 1, to + 1);
      Arrays.fill(targets, 0, from - begin, SoftmaxLayer.NO_TARGET);
      cut.add(
          new Sequence(
              to - begin,
              1f,
              new float[][] {NO_VALUES, NO_VALUES, NO_VALUES},
              new int[][] {
                Arrays.copyOfRange(ids, begin, to),
                targets,
                Arrays.copyOfRange(characters, begin + 1, to + 1)
              }));
    }
    return cut;
  }

  /** The ids of a document, between boundaries where they are learnt. */
  int[] withBoundaries(List<String> document) {
    int[] border = {BOUNDARY_ID};
    return boundaries ? concat(concat(border, ids(document)), border) : ids(document);
  }

  /** The characters that each of {@link #withBoundaries} stands for, none for a boundary. */
  int[] characters(List<String> document) {
    int[] characters = document.stream().mapToInt(tokens::characters).toArray();
    int[] none = {0};
    return boundaries ? concat(concat(none, characters), none) : characters;
  }

  private int[] ids(List<String> document) {
    return document.stream()
        .mapToInt(token -> token.equals(BOUNDARY) ? 0 : vocabulary.id(token))
        .toArray();
  }

  private static int[] concat(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both.length == 0 ? NO_IDS : both;
  }

  ObjectNode toJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.putObject("targets").put("kind", KIND);
    root.put("tokens", tokens.kind());
    root.put("boundaries", boundaries);
    vocabulary.knownTerms().forEach(root.putArray("terms")::add);
    root.put("rareFrom", vocabulary.rareFrom());
    return root;
  }

  /** Reads what {@link #toJson} wrote; fails with an IllegalArgumentException otherwise. */
  static LanguageEncoding ofJson(JsonNode root) {
    if (!KIND.equals(root.path("targets").path("kind").asText())) {
      throw new IllegalArgumentException(
          "expected a language model, found targets of kind "
              + root.path("targets").path("kind").asText());
    }
    List<String> terms = new ArrayList<>();
    root.required("terms").forEach(term -> terms.add(term.asText()));
    return new LanguageEncoding(
        new Tokens(root.required("tokens").asText()),
        root.required("boundaries").asBoolean(),
        new Vocabulary(terms, root.required("rareFrom").asInt()));
  }
}
