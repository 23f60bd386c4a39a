package io.sparkrnn.network;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.AdaptiveSoftmax;
import io.sparkrnn.layer.FullSoftmax;
import io.sparkrnn.layer.OutputTable;
import io.sparkrnn.layer.SampledSoftmax;
import io.sparkrnn.layer.SoftmaxLayer;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a language model.
 *
 * @param form full, sampled or adaptive
 * @param samples S of the sampled one
 * @param cutoffs of the adaptive one, without V
 * @param tied whether the weights are those of the embedding
 */
public record SoftmaxSettings(String form, int samples, List<Integer> cutoffs, boolean tied)
    implements Serializable {

  private static final String FULL = "full";
  private static final String SAMPLED = "sampled";
  private static final String ADAPTIVE = "adaptive";

  /** {@link #form}. */
  public static final Setting<String> FORM =
      Setting.choice(
          "softmax.form",
          "softmax",
          FULL,
          List.of(FULL, SAMPLED, ADAPTIVE),
          "the output over the vocabulary: all of it at every step; targets against a sample in"
              + " training (Jean et al. 2015); or the frequent tokens and clusters of rare ones"
              + " (Grave et al. 2017)");

  /** {@link #samples}. */
  public static final Setting<Integer> SAMPLES =
      Setting.integer(
          "softmax.samples",
          "softmaxSamples",
          512,
          Range.closed(1, 100_000_000),
          "tokens drawn a mini-batch by the sampled softmax");

  /** {@link #cutoffs}. */
  public static final Setting<List<Integer>> CUTOFFS =
      Setting.integers(
          "softmax.cutoffs",
          "softmaxCutoffs",
          List.of(2000, 10000),
          Range.closed(1, 100_000_000),
          "ranks by frequency at which the clusters of the adaptive softmax begin; those beyond the"
              + " vocabulary are left away");

  /** {@link #tied}. */
  public static final Setting<Boolean> TIED =
      Setting.bool(
          "softmax.tied",
          "tiedWeights",
          false,
          "whether the output weights are those of the embedding, whose width is then that of the"
              + " last hidden layer (Press and Wolf 2017)");

  /** All settings of the output. */
  public static final Settings SETTINGS = Settings.of(FORM, SAMPLES, CUTOFFS, TIED);

  /** Copies the list. */
  public SoftmaxSettings {
    cutoffs = new ArrayList<>(cutoffs);
  }

  /** Reads the settings out of values. */
  public static SoftmaxSettings from(Values values) {
    SoftmaxSettings settings =
        new SoftmaxSettings(
            values.get(FORM), values.get(SAMPLES), values.get(CUTOFFS), values.get(TIED));
    List<Integer> cutoffs = settings.cutoffs;
    for (int i = 1; i < cutoffs.size(); i++) {
      if (cutoffs.get(i) <= cutoffs.get(i - 1)) {
        throw new ConfigurationException(
            "softmax.cutoffs: expected rising numbers, found " + cutoffs);
      }
    }
    if (settings.tied && settings.form.equals(ADAPTIVE)) {
      throw new ConfigurationException(
          "softmax.tied: the adaptive softmax has no weights of the shape of an embedding; set it to false, or softmax.form = full or sampled");
    }
    return settings;
  }

  /**
   * Builds the output layer.
   *
   * @param vocabulary V
   * @param inputSize D
   * @param embedding children of the network that lead to the embedding
   */
  SoftmaxLayer layer(int vocabulary, int inputSize, List<String> embedding) {
    return switch (form) {
      case ADAPTIVE -> {
        List<Integer> ends = new ArrayList<>(cutoffs);
        ends.removeIf(cutoff -> cutoff >= vocabulary);
        ends.add(vocabulary);
        yield new AdaptiveSoftmax(ends, inputSize);
      }
      case SAMPLED ->
          samples >= vocabulary
              ? new FullSoftmax(table(vocabulary, embedding, false))
              : new SampledSoftmax(table(vocabulary, embedding, true), samples);
      default -> new FullSoftmax(table(vocabulary, embedding, false));
    };
  }

  private OutputTable table(int vocabulary, List<String> embedding, boolean sparse) {
    if (tied) {
      return OutputTable.tied(vocabulary, embedding, sparse);
    }
    return sparse ? OutputTable.sparse(vocabulary) : OutputTable.dense(vocabulary);
  }
}
