package io.sparkrnn.ml;

import io.sparkrnn.network.InputColumn;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns features into columns of ids or scaled values, as training fixed it. Either there are token
 * views with a vocabulary each, or numbers with their scaling.
 */
final class FeatureEncoding implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Column of values in a batch. */
  static final String VALUES = "values";

  private final ArrayList<TokenView> views;
  private final ArrayList<Vocabulary> vocabularies;
  private final Normalizer scaling;

  private FeatureEncoding(
      List<TokenView> views, List<Vocabulary> vocabularies, Normalizer scaling) {
    this.views = new ArrayList<>(views);
    this.vocabularies = new ArrayList<>(vocabularies);
    this.scaling = scaling;
  }

  /** Tokens through these views. */
  static FeatureEncoding ofTokens(List<TokenView> views, List<Vocabulary> vocabularies) {
    return new FeatureEncoding(views, vocabularies, Normalizer.identity(0));
  }

  /** Numbers scaled so. */
  static FeatureEncoding ofNumbers(Normalizer scaling) {
    return new FeatureEncoding(List.of(), List.of(), scaling);
  }

  /** Whether features are tokens. */
  boolean tokens() {
    return !views.isEmpty();
  }

  List<TokenView> views() {
    return List.copyOf(views);
  }

  List<Vocabulary> vocabularies() {
    return List.copyOf(vocabularies);
  }

  Normalizer scaling() {
    return scaling;
  }

  /** Columns of a batch. */
  List<Column> columns() {
    return tokens()
        ? views.stream().map(view -> Column.ids(view.name())).toList()
        : List.of(Column.values(VALUES, scaling.width()));
  }

  /** Columns of a network, with these widths of embeddings, or one width for all. */
  List<InputColumn> inputs(List<Integer> embeddingSizes) {
    if (!tokens()) {
      return List.of(InputColumn.values(VALUES, scaling.width()));
    }
    List<InputColumn> inputs = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      int width = embeddingSizes.size() == 1 ? embeddingSizes.get(0) : embeddingSizes.get(i);
      Vocabulary vocabulary = vocabularies.get(i);
      inputs.add(
          InputColumn.ids(views.get(i).name(), vocabulary.size(), vocabulary.rareFrom(), width));
    }
    return inputs;
  }

  /** Whether a network of these inputs takes these columns; rare ids concern its training alone. */
  boolean fits(List<InputColumn> inputs) {
    if (!tokens()) {
      return inputs.equals(inputs(List.of()));
    }
    return inputs.size() == views.size()
        && IntStream.range(0, views.size())
            .allMatch(
                i ->
                    inputs.get(i).name().equals(views.get(i).name())
                        && inputs.get(i).vocabulary() == vocabularies.get(i).size());
  }

  /** Ids of each column; no arrays for numbers. */
  int[][] ids(Features features) {
    if (!(features instanceof Features.Tokens tokens)) {
      return new int[][] {{}};
    }
    int[][] ids = new int[views.size()][features.length()];
    for (int v = 0; v < ids.length; v++) {
      for (int t = 0; t < ids[v].length; t++) {
        String token = tokens.tokens().get(t);
        boolean unknown = token.equals(Features.Tokens.UNKNOWN);
        ids[v][t] = unknown ? 0 : vocabularies.get(v).id(views.get(v).of(token));
      }
    }
    return ids;
  }

  /** Scaled values of each column; empty arrays for tokens. */
  float[][] values(Features features) {
    if (!(features instanceof Features.Numbers numbers)) {
      return new float[views.size()][0];
    }
    return new float[][] {scaled(numbers, scaling)};
  }

  static float[] scaled(Features.Numbers numbers, Normalizer scaling) {
    float[] scaled = new float[numbers.values().length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scaling.scale(i % numbers.width(), numbers.values()[i]);
    }
    return scaled;
  }
}
