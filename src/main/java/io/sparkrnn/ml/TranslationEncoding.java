package io.sparkrnn.ml;

import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * From sources and targets to joint sequences ({@link PairBatch}), as training fixed it. The ids of
 * targets are those of their vocabulary; the boundary comes after the last.
 *
 * @param encoding of sources, and the vocabulary of targets
 */
record TranslationEncoding(Encoding encoding) implements Serializable {

  /** Gives source and target one vocabulary: the terms of the source, then the others. */
  static TranslationEncoding shared(Encoding encoding) {
    Set<String> terms = new LinkedHashSet<>(encoding.features().vocabularies().get(0).knownTerms());
    terms.addAll(encoding.targets().labels().knownTerms());
    Vocabulary vocabulary = new Vocabulary(List.copyOf(terms));
    TargetEncoding targets = encoding.targets();
    return new TranslationEncoding(
        new Encoding(
            FeatureEncoding.ofTokens(encoding.features().views(), List.of(vocabulary)),
            new TargetEncoding(targets.kind(), vocabulary, targets.numeric(), targets.scaling())));
  }

  Vocabulary vocabulary() {
    return encoding.targets().labels();
  }

  int boundary() {
    return vocabulary().size();
  }

  /** The network over these columns. */
  EncoderDecoderDescription network(NetworkSettings settings, DecoderSettings decoder) {
    return new EncoderDecoderDescription(
        encoding.features().inputs(settings.embeddingSizes()), settings, decoder, boundary() + 1);
  }

  /** Columns of the source. */
  List<Column> columns() {
    return encoding.features().columns();
  }

  /** Columns of joint sequences. */
  List<Column> schema() {
    List<Column> columns = new ArrayList<>(columns());
    columns.add(Column.ids(PairBatch.TARGET));
    return columns;
  }

  /** A joint sequence. */
  Sequence encode(Translated translated) {
    int source = translated.source().length();
    int length = source;
    for (List<String> reference : translated.references()) {
      length += reference.size() + 1;
    }
    float[][] values = encoding.features().values(translated.source());
    int[][] ids = encoding.features().ids(translated.source());
    int columns = values.length;
    float[][] allValues = Arrays.copyOf(values, columns + 1);
    int[][] allIds = Arrays.copyOf(ids, columns + 1);
    for (int c = 0; c < columns; c++) {
      allValues[c] = Arrays.copyOf(values[c], values[c].length / source * length);
      allIds[c] = Arrays.copyOf(ids[c], ids[c].length / source * length);
    }
    allValues[columns] = new float[0];
    allIds[columns] = targets(translated, source, length);
    return new Sequence(length, translated.weight(), allValues, allIds);
  }

  private int[] targets(Translated translated, int source, int length) {
    int[] targets = new int[length];
    Arrays.fill(targets, 0, source, PairBatch.SOURCE_STEP);
    int at = source;
    for (List<String> reference : translated.references()) {
      for (String token : reference) {
        targets[at++] = vocabulary().id(token);
      }
      targets[at++] = boundary();
    }
    return targets;
  }

  /** The tokens of ids. */
  List<String> tokens(List<Integer> ids) {
    return ids.stream().map(vocabulary()::term).toList();
  }
}
