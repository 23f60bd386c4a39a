package io.sparkrnn.testing;

import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.objective.TranslationDescription;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Sources of ids with one or more targets.
 *
 * @param sources ids below {@value #SOURCE_WORDS}
 * @param targets of each source one or more, of ids from 1 to {@value #BOUNDARY} − 1
 * @param weights of the sources
 */
public record Pairs(List<int[]> sources, List<List<int[]>> targets, List<Float> weights) {
  /** Ids of sources. */
  public static final int SOURCE_WORDS = 5;

  /** Id that ends a target. */
  public static final int BOUNDARY = 4;

  /** Column of sources. */
  public static final List<Column> COLUMNS = List.of(Column.ids("word"));

  /** Draws pairs: lengths of a source, then of its targets. */
  public static Pairs of(long seed, int[]... lengths) {
    Random random = new Random(seed);
    List<int[]> sources = new ArrayList<>();
    List<List<int[]>> targets = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    for (int[] each : lengths) {
      sources.add(random.ints(each[0], 0, SOURCE_WORDS).toArray());
      List<int[]> own = new ArrayList<>();
      for (int i = 1; i < each.length; i++) {
        own.add(random.ints(each[i], 1, BOUNDARY).toArray());
      }
      targets.add(own);
      weights.add(0.5f * (1 + random.nextInt(3)));
    }
    return new Pairs(sources, targets, weights);
  }

  /** All as one batch of joint sequences. */
  public SequenceBatch joint() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      sequences.add(joint(i));
    }
    List<Column> schema = List.of(Column.ids("word"), Column.ids(PairBatch.TARGET));
    int[] all = new int[sources.size()];
    Arrays.setAll(all, i -> i);
    return new SequenceSet(schema, sequences).gather(all);
  }

  private Sequence joint(int i) {
    int[] source = sources.get(i);
    int length = source.length;
    for (int[] target : targets.get(i)) {
      length += target.length + 1;
    }
    int[] words = Arrays.copyOf(source, length);
    int[] said = new int[length];
    Arrays.fill(said, 0, source.length, PairBatch.SOURCE_STEP);
    int at = source.length;
    for (int[] target : targets.get(i)) {
      System.arraycopy(target, 0, said, at, target.length);
      at += target.length;
      said[at++] = BOUNDARY;
    }
    return new Sequence(length, weights.get(i), new float[][] {{}, {}}, new int[][] {words, said});
  }

  /** An objective over such pairs; keys of the network's settings, each followed by its value. */
  public static TranslationDescription description(
      DecoderSettings decoder,
      double smoothing,
      SearchSettings search,
      Object... networkKeysAndValues) {
    InputColumn words =
        decoder.sharedVocabulary()
            ? InputColumn.ids("word", BOUNDARY, 3)
            : InputColumn.ids("word", SOURCE_WORDS, 3);
    EncoderDecoderDescription network =
        new EncoderDecoderDescription(
            List.of(words), TestSettings.network(networkKeysAndValues), decoder, BOUNDARY + 1);
    return new TranslationDescription(network, COLUMNS, smoothing, search);
  }
}
