package io.sparkrnn.network;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of a decoder, whose cell and dropout are those of the encoder.
 *
 * @param hiddenSizes D of each layer; none for those of the encoder
 * @param attention none, additive or multiplicative
 * @param attentionSize K of additive attention; 0 for D of the top layer
 * @param inputFeeding whether the attentional state of a step is an input of the next
 * @param embeddingSize width of the embedding of targets; 0 for that of the source
 * @param sharedVocabulary whether source and target have one vocabulary and one embedding
 * @param samplingRate how often, in training, the input is the decoder's own sample
 * @param samplingRamp epochs over which that rate grows from 0, evenly; 0 to have it at once
 */
public record DecoderSettings(
    List<Integer> hiddenSizes,
    String attention,
    int attentionSize,
    boolean inputFeeding,
    int embeddingSize,
    boolean sharedVocabulary,
    double samplingRate,
    double samplingRamp)
    implements Serializable {

  /** No attention. */
  public static final String NONE = "none";

  /** Bahdanau's. */
  public static final String ADDITIVE = "additive";

  /** Luong's. */
  public static final String MULTIPLICATIVE = "multiplicative";

  /** {@link #hiddenSizes}. */
  public static final Setting<List<Integer>> HIDDEN_SIZES =
      Setting.integers(
          "decoder.hiddenSizes",
          "decoderHiddenSizes",
          List.of(),
          Range.closed(1, 1_000_000),
          "units of each layer of the decoder; none for network.hiddenSizes");

  /** {@link #attention}. */
  public static final Setting<String> ATTENTION =
      Setting.choice(
          "decoder.attention",
          "attention",
          MULTIPLICATIVE,
          List.of(NONE, ADDITIVE, MULTIPLICATIVE),
          "how the decoder looks at the encoder's rows: additive (Bahdanau 2015), multiplicative"
              + " (Luong 2015), or not at all");

  /** {@link #attentionSize}. */
  public static final Setting<Integer> ATTENTION_SIZE =
      Setting.integer(
          "decoder.attentionSize",
          "attentionSize",
          0,
          Range.atLeast(0),
          "units of additive attention; 0 for those of the decoder's top layer");

  /** {@link #inputFeeding}. */
  public static final Setting<Boolean> INPUT_FEEDING =
      Setting.bool(
          "decoder.inputFeeding",
          "inputFeeding",
          false,
          "whether the attentional state of a step is an input of the next; training then goes step"
              + " by step");

  /** {@link #embeddingSize}. */
  public static final Setting<Integer> EMBEDDING_SIZE =
      Setting.integer(
          "decoder.embeddingSize",
          "decoderEmbeddingSize",
          0,
          Range.atLeast(0),
          "width of the embedding of target tokens; 0 for that of the source");

  /** {@link #sharedVocabulary}. */
  public static final Setting<Boolean> SHARED_VOCABULARY =
      Setting.bool(
          "decoder.sharedVocabulary",
          "sharedVocabulary",
          false,
          "whether source and target share one vocabulary and one embedding");

  /** {@link #samplingRate}. */
  public static final Setting<Double> SAMPLING_RATE =
      Setting.decimal(
          "decoder.samplingRate",
          "samplingRate",
          0,
          Range.closed(0, 1),
          "share of the decoder's inputs in training that are its own samples instead of the truth"
              + " (scheduled sampling, Bengio 2015)");

  /** {@link #samplingRamp}. */
  public static final Setting<Double> SAMPLING_RAMP =
      Setting.decimal(
          "decoder.samplingRamp",
          "samplingRamp",
          0,
          Range.atLeast(0),
          "epochs over which decoder.samplingRate is reached, evenly from 0 (the linear decay of"
              + " teacher forcing, Bengio 2015); 0 to begin with it");

  /** All settings of a decoder. */
  public static final Settings SETTINGS =
      Settings.of(
          HIDDEN_SIZES,
          ATTENTION,
          ATTENTION_SIZE,
          INPUT_FEEDING,
          EMBEDDING_SIZE,
          SHARED_VOCABULARY,
          SAMPLING_RATE,
          SAMPLING_RAMP);

  /** Copies the list and checks that the parts go together. */
  public DecoderSettings {
    hiddenSizes = new ArrayList<>(hiddenSizes);
    if (inputFeeding && attention.equals(NONE)) {
      throw new ConfigurationException(
          "decoder.inputFeeding: without attention the state itself would be fed, which the cell has already; set decoder.attention, or inputFeeding = false");
    }
  }

  /** Reads the settings of a decoder out of values. */
  public static DecoderSettings from(Values values) {
    return new DecoderSettings(
        values.get(HIDDEN_SIZES),
        values.get(ATTENTION),
        values.get(ATTENTION_SIZE),
        values.get(INPUT_FEEDING),
        values.get(EMBEDDING_SIZE),
        values.get(SHARED_VOCABULARY),
        values.get(SAMPLING_RATE),
        values.get(SAMPLING_RAMP));
  }

  /**
   * How often the input is the decoder's own sample at a moment of the training.
   *
   * @param progress in epochs
   */
  public double samplingRate(double progress) {
    return samplingRamp == 0 ? samplingRate : samplingRate * Math.min(1, progress / samplingRamp);
  }
}
