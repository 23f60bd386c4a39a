package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.sequence.Tokens;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to predict the next token of documents, a row each: a text, or an array of tokens. Trains
 * by truncated backpropagation through time with states carried along every document.
 */
public final class LanguageModeler extends SettingEstimator<LanguageModeler, LanguageModel> {
  private static final long serialVersionUID = 1L;

  private static final List<Setting<?>> WITHOUT =
      List.of(
          NetworkSettings.BIDIRECTIONAL,
          NetworkSettings.READOUT,
          NetworkSettings.HEAD_SIZES,
          NetworkSettings.HEAD_ACTIVATION,
          NetworkSettings.OUTPUT_BIAS,
          NetworkSettings.SKIP,
          TrainingSettings.CLASS_WEIGHTS);

  /** Settings that only language models have, but those of the output. */
  public static final Settings OF_DOCUMENTS =
      Settings.union(LanguageSettings.SETTINGS, LanguageColumns.WRITTEN);

  /** All settings. */
  public static final Settings SETTINGS =
      Settings.of(
          Settings.union(
                  LanguageColumns.SETTINGS,
                  Settings.of(FeatureSettings.MIN_COUNT),
                  LanguageSettings.SETTINGS,
                  NetworkSettings.SETTINGS,
                  SoftmaxSettings.SETTINGS,
                  OptimizerSettings.SETTINGS,
                  AveragingSettings.SETTINGS,
                  TrainingSettings.SETTINGS,
                  CheckpointSettings.SETTINGS)
              .stream()
              .filter(setting -> !WITHOUT.contains(setting))
              .toArray(Setting<?>[]::new));

  /** Takes a uid. */
  public LanguageModeler(String uid) {
    super(uid);
  }

  /** Draws a uid. */
  public LanguageModeler() {
    this(Identifiable$.MODULE$.randomUID("languageModeler"));
  }

  /** Reads an estimator written by {@code write()}. */
  public static MLReader<LanguageModeler> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads an estimator from a folder. */
  public static LanguageModeler load(String path) {
    return read().load(path);
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public LanguageModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    String backend = TrainingSettings.backend(values());
    LanguageContent content = new LanguageFit(values(), backend, listener()).on(dataset);
    LanguageModel model = new LanguageModel(uid(), content);
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  /**
   * Looks at all rows as {@link #fit} would, and trains nothing.
   *
   * @return what it found, in words
   * @throws io.sparkrnn.error.DataException if rows cannot be used and may not be skipped
   */
  public String check(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    LanguageColumns columns = LanguageColumns.from(values());
    DocumentSurvey survey = DocumentSurvey.of(dataset.toDF().javaRDD(), reader(dataset.schema()));
    survey.require(columns, "train on");
    return survey.summary();
  }

  /** Checks the settings together, and the columns against the schema. Trains nothing. */
  @Override
  public StructType transformSchema(StructType schema) {
    Values values = values();
    NetworkSettings network = NetworkSettings.from(values);
    if (network.embeddingSizes().size() != 1) {
      throw new ConfigurationException(
          "network.embeddingSizes: a language model has one embedding, expected one number, found "
              + network.embeddingSizes());
    }
    int anyVocabulary = 2;
    CheckpointSettings.from(values);
    SoftmaxSettings softmax = SoftmaxSettings.from(values);
    new LanguageDescription(anyVocabulary, anyVocabulary, network, softmax).build();
    reader(schema);
    return LanguageScoring.schema(schema, LanguageColumns.from(values));
  }

  private DocumentReader reader(StructType schema) {
    LanguageSettings settings = LanguageSettings.from(values());
    return DocumentReader.of(
        schema, LanguageColumns.from(values()), settings.tokens(), settings.boundaries());
  }

  /** Sets the column of documents. */
  public LanguageModeler setFeaturesCol(String value) {
    return set(ColumnSettings.FEATURES, value);
  }

  /** Sets the boolean column of rows that only validate. */
  public LanguageModeler setValidationIndicatorCol(String value) {
    return set(ColumnSettings.VALIDATION_INDICATOR, value);
  }

  /** Sets what happens to rows that cannot be used: error or skip. */
  public LanguageModeler setHandleInvalid(String value) {
    return set(ColumnSettings.HANDLE_INVALID, value);
  }

  /** Sets the column for ln p of a document. */
  public LanguageModeler setLogProbabilityCol(String value) {
    return set(LanguageColumns.LOG_PROBABILITY, value);
  }

  /** Sets the column for the perplexity of a document. */
  public LanguageModeler setPerplexityCol(String value) {
    return set(LanguageColumns.PERPLEXITY, value);
  }

  /** Sets the column for −ln p of each token. */
  public LanguageModeler setSurpriseCol(String value) {
    return set(LanguageColumns.SURPRISE, value);
  }

  /**
   * Sets what a text is made of.
   *
   * @param value one of {@link Tokens#KINDS}
   */
  public LanguageModeler setTokens(String value) {
    return set(LanguageSettings.TOKENS, value);
  }

  /** Sets the count below which a token is unknown. */
  public LanguageModeler setMinCount(int value) {
    return set(FeatureSettings.MIN_COUNT, value);
  }

  /** Sets whether documents begin and end with a boundary. */
  public LanguageModeler setBoundaries(boolean value) {
    return set(LanguageSettings.BOUNDARIES, value);
  }

  /** Sets T: the steps that gradients go back at most. */
  public LanguageModeler setSegment(int value) {
    return set(LanguageSettings.SEGMENT, value);
  }

  /** Sets the cell. */
  public LanguageModeler setCell(String value) {
    return set(NetworkSettings.CELL, value);
  }

  /** Sets the width of the embedding. */
  public LanguageModeler setEmbeddingSize(int value) {
    return set(NetworkSettings.EMBEDDING_SIZES, new int[] {value});
  }

  /** Sets the output: full, sampled or adaptive. */
  public LanguageModeler setSoftmax(String value) {
    return set(SoftmaxSettings.FORM, value);
  }

  /** Sets whether the output weights are those of the embedding. */
  public LanguageModeler setTiedWeights(boolean value) {
    return set(SoftmaxSettings.TIED, value);
  }
}
