package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a sequence of tokens for a sequence, of a length of its own: asynchronous sequence to
 * sequence by an encoder and a decoder with or without attention. The features are tokens or
 * numbers, the label an array of tokens. Where data validate or are evaluated, rows with equal
 * sources are references of one another.
 */
public final class SequenceTranslator
    extends SettingEstimator<SequenceTranslator, SequenceTranslationModel> {
  private static final long serialVersionUID = 1L;

  /** All settings. */
  public static final Settings SETTINGS = TranslationSettings.ALL;

  /** Takes a uid. */
  public SequenceTranslator(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public SequenceTranslator() {
    this(Identifiable$.MODULE$.randomUID("sequenceTranslator"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<SequenceTranslator> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static SequenceTranslator load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public SequenceTranslationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    String backend = TrainingSettings.backend(values());
    TranslationContent content = new TranslationFit(values(), backend, listener()).on(dataset);
    SequenceTranslationModel model = new SequenceTranslationModel(uid(), content);
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  /**
   * Looks at all rows as {@link #fit} would, and trains nothing.
   *
   * @return what it found, in words
   * @throws DataException if rows cannot be used and may not be skipped
   */
  public String check(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    ColumnSettings columns = ColumnSettings.from(values());
    Survey survey =
        Survey.of(
            dataset.toDF().javaRDD(),
            ExampleReader.labelled(dataset.schema(), columns, TargetKind.TOKENS));
    survey.require(columns, "train on");
    return survey.summary();
  }

  /** Checks the settings together, and the columns against the schema. Trains nothing. */
  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    ExampleReader reader =
        ExampleReader.labelled(schema, ColumnSettings.from(values), TargetKind.TOKENS);
    TranslationSettings.require(values, reader.form());
    return TranslationColumns.of(values).appendTo(schema);
  }

  /** Sets the column of sources. */
  public SequenceTranslator setFeaturesCol(String value) {
    return set(ColumnSettings.FEATURES, value);
  }

  /** Sets the column of targets. */
  public SequenceTranslator setLabelCol(String value) {
    return set(ColumnSettings.LABEL, value);
  }

  /** Sets the column that translations are written to. */
  public SequenceTranslator setPredictionCol(String value) {
    return set(ColumnSettings.PREDICTION, value);
  }

  /** Sets the column of scores. */
  public SequenceTranslator setScoreCol(String value) {
    return set(TranslationSettings.SCORE, value);
  }

  /** Sets the column of the best hypotheses. */
  public SequenceTranslator setHypothesesCol(String value) {
    return set(TranslationSettings.HYPOTHESES, value);
  }

  /** Sets the boolean column of rows that only validate. */
  public SequenceTranslator setValidationIndicatorCol(String value) {
    return set(ColumnSettings.VALIDATION_INDICATOR, value);
  }

  /** Sets what happens to rows that cannot be used. */
  public SequenceTranslator setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  /** Sets what of each source token is looked up. */
  public SequenceTranslator setTokenViews(String... values) {
    return set(FeatureSettings.TOKEN_VIEWS, List.of(values));
  }

  /** Sets the cell of encoder and decoder. */
  public SequenceTranslator setCell(String value) {
    return set(NetworkSettings.CELL, value);
  }

  /** Sets whether the encoder runs in both directions. */
  public SequenceTranslator setBidirectional(boolean value) {
    return set(NetworkSettings.BIDIRECTIONAL, value);
  }

  /** Sets the widths of embeddings. */
  public SequenceTranslator setEmbeddingSizes(int... values) {
    return set(NetworkSettings.EMBEDDING_SIZES, values);
  }

  /** Sets the units of each layer of the decoder. */
  public SequenceTranslator setDecoderHiddenSizes(int... values) {
    return set(DecoderSettings.HIDDEN_SIZES, values);
  }

  /** Sets the attention: none, additive or multiplicative. */
  public SequenceTranslator setAttention(String value) {
    return set(DecoderSettings.ATTENTION, value);
  }

  /** Sets whether attentional states are fed to the next step. */
  public SequenceTranslator setInputFeeding(boolean value) {
    return set(DecoderSettings.INPUT_FEEDING, value);
  }

  /** Sets the share of inputs in training that are the decoder's own samples. */
  public SequenceTranslator setSamplingRate(double value) {
    return set(DecoderSettings.SAMPLING_RATE, value);
  }

  /** Sets the epochs over which that share is reached. */
  public SequenceTranslator setSamplingRamp(double value) {
    return set(DecoderSettings.SAMPLING_RAMP, value);
  }

  /** Sets whether source and target have one vocabulary. */
  public SequenceTranslator setSharedVocabulary(boolean value) {
    return set(DecoderSettings.SHARED_VOCABULARY, value);
  }

  /** Sets the share of a target that is spread over all tokens. */
  public SequenceTranslator setLabelSmoothing(double value) {
    return set(TranslationSettings.LABEL_SMOOTHING, value);
  }

  /** Sets the width of the beam; 1 for greedy search. */
  public SequenceTranslator setBeam(int value) {
    return set(SearchSettings.BEAM, value);
  }

  /** Sets the hypotheses given. */
  public SequenceTranslator setBest(int value) {
    return set(SearchSettings.BEST, value);
  }

  /** Sets the normalisation for length. */
  public SequenceTranslator setLengthPenalty(double value) {
    return set(SearchSettings.LENGTH_PENALTY, value);
  }
}
