package io.sparkrnn.ml;

import io.sparkrnn.sequence.Tokens;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;

/**
 * How a language model reads its documents.
 *
 * @param tokens how a text is made of tokens
 * @param vocabularySize tokens known at most; 0 for no bound
 * @param minCount a token seen less often in training is unknown
 * @param boundaries whether a token stands before and behind every document, and is learnt
 * @param segment T: steps that gradients go back at most
 * @param context segments that a round reads again before its own
 * @param sample of text after each epoch
 */
public record LanguageSettings(
    Tokens tokens,
    int vocabularySize,
    int minCount,
    boolean boundaries,
    int segment,
    int context,
    Sample sample)
    implements Serializable {

  /**
   * What is drawn after each epoch, for the history.
   *
   * @param length tokens; 0 for none
   * @param prompt its beginning
   * @param temperature of the drawing
   */
  public record Sample(int length, String prompt, double temperature) implements Serializable {}

  /** {@link #tokens}. */
  public static final Setting<String> TOKENS =
      Setting.choice(
          "language.tokens",
          "tokens",
          Tokens.CHARACTERS,
          Tokens.KINDS,
          "what a text is made of: its characters; its words, each with the blank before it; or"
              + " tokens that come as an array");

  /** {@link #vocabularySize}. */
  public static final Setting<Integer> VOCABULARY_SIZE =
      Setting.integer(
          "language.vocabularySize",
          "vocabularySize",
          0,
          Range.atLeast(0),
          "the most frequent tokens known at most, the others are unknown; 0 for no bound");

  /** {@link #boundaries}. */
  public static final Setting<Boolean> BOUNDARIES =
      Setting.bool(
          "language.boundaries",
          "boundaries",
          true,
          "whether a document begins and ends with a boundary, which is learnt and scored like a"
              + " token; without one the first token of a document is not scored");

  /** {@link #segment}. */
  public static final Setting<Integer> SEGMENT =
      Setting.integer(
          "language.segment",
          "segment",
          64,
          Range.closed(1, 1_000_000),
          "steps that a mini-batch reads of each of its training.batchSize lanes of text, and that"
              + " gradients go back at most; states are carried on");

  /** {@link #context}. */
  public static final Setting<Integer> CONTEXT =
      Setting.integer(
          "language.context",
          "contextSegments",
          1,
          Range.closed(0, 1_000_000),
          "segments that a round of averaging reads again, without learning, before its own, since"
              + " no state is kept between rounds; of no use where a round is an epoch");

  /** Length of the sample. */
  public static final Setting<Integer> SAMPLE_LENGTH =
      Setting.integer(
          "language.sampleLength",
          "sampleLength",
          200,
          Range.closed(0, 1_000_000),
          "tokens of a sample of text after each epoch, in history.jsonl and the report; 0 for none");

  /** Beginning of the sample. */
  public static final Setting<String> SAMPLE_PROMPT =
      Setting.text(
          "language.samplePrompt",
          "samplePrompt",
          "",
          "what the sample begins with; empty for the beginning of a document");

  /** Temperature of the sample. */
  public static final Setting<Double> SAMPLE_TEMPERATURE =
      Setting.decimal(
          "language.sampleTemperature",
          "sampleTemperature",
          0.8,
          Range.atLeast(0),
          "temperature of the sample; 0 for the most likely tokens");

  /** All settings of documents. */
  public static final Settings SETTINGS =
      Settings.of(
          TOKENS,
          VOCABULARY_SIZE,
          BOUNDARIES,
          SEGMENT,
          CONTEXT,
          SAMPLE_LENGTH,
          SAMPLE_PROMPT,
          SAMPLE_TEMPERATURE);

  /** Reads the settings out of values. */
  public static LanguageSettings from(Values values) {
    return new LanguageSettings(
        new Tokens(values.get(TOKENS)),
        values.get(VOCABULARY_SIZE),
        values.get(FeatureSettings.MIN_COUNT),
        values.get(BOUNDARIES),
        values.get(SEGMENT),
        values.get(CONTEXT),
        new Sample(
            values.get(SAMPLE_LENGTH), values.get(SAMPLE_PROMPT), values.get(SAMPLE_TEMPERATURE)));
  }
}
