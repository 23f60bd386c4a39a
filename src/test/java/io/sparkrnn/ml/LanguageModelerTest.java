package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.metric.LanguageMetrics;
import io.sparkrnn.network.Sampling;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.spark.HadoopStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A language model learns regular lines, marks an irregular one, writes more, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageModelerTest {
  private static final StructType TEXTS =
      new StructType().add("id", DataTypes.StringType).add("features", DataTypes.StringType);

  @TempDir private Path folder;

  private LanguageModel model;

  @BeforeAll
  void train() {
    model = modeler().fit(lines(60));
  }

  @Test
  void regularTextIsExpectedAndIrregularTextIsNot() {
    LanguageMetrics metrics = model.evaluate(lines(20));
    assertThat(metrics.value("loss")).isLessThan(0.6);
    assertThat(metrics.value("perplexity"))
        .isCloseTo(Math.exp(metrics.value("loss")), within(1e-9));
    // "login of user n": 15 characters and the boundary are scored, the characters divide.
    assertThat(metrics.value("bitsPerCharacter"))
        .isCloseTo(metrics.value("loss") * 16 / 15 / Math.log(2), within(1e-9));
    List<Row> scored =
        model
            .setSurpriseCol("surprise")
            .transform(texts("login of user 3", "login of xser 3"))
            .collectAsList();
    double regular = scored.get(0).getDouble(2);
    double irregular = scored.get(1).getDouble(2);
    assertThat(irregular).isLessThan(regular - 3);
    List<Double> surprise = scored.get(1).getList(4);
    assertThat(surprise).hasSize(16);
    assertThat(surprise.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(-irregular, within(1e-4));
    assertThat(scored.get(1).getDouble(3)).isCloseTo(Math.exp(-irregular / 16), within(1e-4));
    int worst = 0;
    for (int t = 0; t < 16; t++) {
      worst = surprise.get(t) > surprise.get(worst) ? t : worst;
    }
    assertThat(worst).isEqualTo("login of ".length());
  }

  @Test
  void probabilitiesOfAllNextTokensAddUpToOne() {
    double sum = 0;
    List<String> terms = model.content().encoding().vocabulary().knownTerms();
    List<String> continued = new ArrayList<>();
    terms.stream()
        .filter(term -> !term.equals(LanguageEncoding.BOUNDARY))
        .forEach(term -> continued.add("log" + term));
    continued.add("log\u00ff"); // any unknown one
    List<Row> scored =
        model
            .setSurpriseCol("surprise")
            .transform(texts(continued.toArray(new String[0])))
            .collectAsList();
    for (Row row : scored) {
      sum += Math.exp(-row.<Double>getList(4).get(3));
    }
    sum += Math.exp(-model.transform(texts("log")).first().<Double>getList(4).get(3)); // its end
    assertThat(sum).isCloseTo(1, within(1e-4));
  }

  @Test
  void aLongDocumentIsScoredAsOne() {
    String text = "login of user 1".repeat(60);
    Row whole = model.setSurpriseCol("surprise").transform(texts(text)).first();
    assertThat(whole.getList(4)).hasSize(text.length() + 1);
    LanguageMetrics metrics = model.evaluate(texts(text));
    assertThat(metrics.value("loss"))
        .isCloseTo(-whole.getDouble(2) / (text.length() + 1), within(1e-5));
  }

  @Test
  void theModelComesBackFromItsFolderWithTheSameBits() throws IOException {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    LanguageModel read = LanguageModel.load(path);
    assertThat(read.content().parameters()).isEqualTo(model.content().parameters());
    assertThat(read.content().encoding().toJson()).isEqualTo(model.content().encoding().toJson());
    assertThat(read.values()).isEqualTo(model.values());
    assertThat(read.evaluate(lines(5)).values()).isEqualTo(model.evaluate(lines(5)).values());
    assertThatThrownBy(() -> ModelFolder.load(path, hadoop()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("language-model");
    TextGenerator generator = TextGenerator.of(new HadoopStorage(path, hadoop()));
    assertThat(text(generator, "login", 0, List.of())).isEqualTo(text(model, "login", 0));
  }

  @Test
  void textIsWrittenTheSameBySeedUntilItsEndOrAStop() {
    String greedy = text(model, "logi", 0);
    assertThat(greedy).startsWith("n of user ").hasSize("n of user 1".length());
    TextGenerator generator = model.generator();
    assertThat(text(generator, "login", 0, List.of("user"))).isEqualTo(" of ");
    TextGenerator.Request request =
        new TextGenerator.Request("", 40, Sampling.ofTemperature(2), List.of(), 5);
    List<String> several = generator.continuations(List.of("", "login", ""), request);
    assertThat(several).isEqualTo(generator.continuations(List.of("", "login", ""), request));
    assertThat(several.get(0)).isNotEqualTo(several.get(2));
    StringBuilder alone = new StringBuilder();
    generator.write(request, alone::append);
    assertThat(several.get(0)).isEqualTo(alone.toString());
  }

  @Test
  void everyEpochLeavesASampleInTheHistory() {
    assertThat(model.summary().historyTrees())
        .hasSize(15)
        .allSatisfy(line -> assertThat(line.path("sample").asText()).startsWith("lo"));
  }

  @Test
  void countingAloneIsScoredOnTheSameTokens() {
    LanguageMetrics metrics = model.evaluate(lines(20));
    model
        .baselines(lines(60), lines(20))
        .forEach(
            (name, scores) -> {
              assertThat(scores.count()).as(name).isEqualTo(metrics.count());
              assertThat(scores.value("loss")).isPositive();
            });
    assertThat(model.baselines(lines(60), lines(20)).keySet())
        .containsExactly("unigram", "bigram", "trigram", "5-gram");
  }

  @Test
  void wordsTiedWeightsAndOtherSoftmaxesLearnToo() {
    for (String form : List.of("full", "sampled")) {
      LanguageModel words =
          modeler()
              .setTokens("words")
              .setHiddenSizes(12)
              .setEmbeddingSize(12)
              .setTiedWeights(true)
              .setSoftmax(form)
              .set(SoftmaxSettings.SAMPLES, 4)
              .set(LanguageSettings.SAMPLE_LENGTH, 0)
              .setMaxIter(30)
              .fit(lines(60));
      // a word of five is one of ten numbers: ln 10 / 5 = 0.46
      assertThat(words.evaluate(lines(20)).value("loss")).as(form).isLessThan(0.75);
    }
    LanguageModel adaptive =
        modeler()
            .setSoftmax("adaptive")
            .set(SoftmaxSettings.CUTOFFS, new int[] {6, 12})
            .fit(lines(60));
    assertThat(adaptive.evaluate(lines(20)).value("loss")).isLessThan(0.7);
  }

  @Test
  void rowsThatCannotBeUsedAreRefusedLeftOutOrKeptWithoutScores() {
    Dataset<Row> rows = texts("login of user 3", null, "login");
    assertThatThrownBy(() -> model.transform(rows).collectAsList())
        .hasStackTraceContaining("row r1: its document is null");
    LanguageModel skipping = model.copy(new ParamMap());
    set(skipping, "skip");
    assertThat(skipping.transform(rows).collectAsList()).hasSize(2);
    set(skipping, "keep");
    List<Row> kept = skipping.transform(rows).collectAsList();
    assertThat(kept).hasSize(3);
    assertThat(kept.get(1).isNullAt(2)).isTrue();
    assertThat(kept.get(1).isNullAt(3)).isTrue();
    assertThat(kept.get(2).getDouble(2)).isNegative();
  }

  @Test
  void theEstimatorComesBack() throws IOException {
    LanguageModeler written = modeler().setTokens("words").setSegment(9).setCell("gru");
    written.write().save(folder.resolve("estimator").toString());
    assertThat(LanguageModeler.load(folder.resolve("estimator").toString()).values())
        .isEqualTo(written.values());
  }

  @Test
  void whatCannotBeLearntIsRefusedWithARemedy() {
    assertThatThrownBy(() -> modeler().setTokens("given").fit(lines(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns.features")
        .hasMessageContaining("array");
    assertThatThrownBy(() -> modeler().setTiedWeights(true).setEmbeddingSize(5).fit(lines(2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("softmax.tied")
        .hasMessageContaining("[24]");
    assertThatThrownBy(() -> modeler().fit(texts("good", null)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("null");
    assertThat(modeler().setHandleInvalid("skip").setMaxIter(1).fit(texts("good", null)).uid())
        .isNotEmpty();
    assertThatThrownBy(() -> modeler().setBoundaries(false).fit(texts("ab", "c")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("language.boundaries");
  }

  private static LanguageModeler modeler() {
    return new LanguageModeler("modeler")
        .setHiddenSizes(24)
        .setEmbeddingSize(12)
        .setSegment(6)
        .setBatchSize(6)
        .setPartitions(2)
        .setLearningRate(0.02)
        .setAveragingPeriod("5")
        .setMaxIter(15)
        .setBackend("java")
        .setIdCol("id")
        .set(LanguageSettings.SAMPLE_LENGTH, 20)
        .set(LanguageSettings.SAMPLE_PROMPT, "lo");
  }

  private static void set(LanguageModel model, String handleInvalid) {
    model.set(model.getParam("handleInvalid"), handleInvalid);
  }

  private static Dataset<Row> lines(int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = "login of user " + i * 7 % 10;
    }
    return texts(texts);
  }

  private static Dataset<Row> texts(String... texts) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      rows.add(RowFactory.create("r" + i, texts[i]));
    }
    return TestSpark.session().createDataFrame(rows, TEXTS);
  }

  private static Configuration hadoop() {
    return TestSpark.session().sparkContext().hadoopConfiguration();
  }

  private static String text(LanguageModel model, String prompt, double temperature) {
    return text(model.generator(), prompt, temperature, List.of());
  }

  private static String text(
      TextGenerator generator, String prompt, double temperature, List<String> stops) {
    StringBuilder text = new StringBuilder();
    generator.write(
        new TextGenerator.Request(prompt, 50, Sampling.ofTemperature(temperature), stops, 1),
        text::append);
    return text.toString();
  }
}
