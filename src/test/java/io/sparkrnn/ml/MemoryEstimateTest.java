package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.BatchFootprint;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.spark.SparkShards.LargestBatch;
import io.sparkrnn.spark.TaskMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What does not fit into memory is told before training, with what would; never by running out. */
class MemoryEstimateTest {
  private static final long MIB = 1L << 20;
  private static final int INPUTS = 3;

  /** 4 · (fixed + 10 B + 1000 Σ lengths). */
  private static final BatchFootprint FOOTPRINT = new BatchFootprint(0, 10, 1000, 400);

  private static MemoryEstimate estimate(long heap, int tasks) {
    return new MemoryEstimate(
        FOOTPRINT, 1000, 2, new TaskMemory(heap, tasks, "spark.executor.memory"));
  }

  @Test
  void whatFitsIsAccepted() {
    assertThatCode(() -> estimate(100 * MIB, 2).require(new LargestBatch(32, 3200, 100)))
        .doesNotThrowAnyException();
  }

  @Test
  void aBatchThatDoesNotFitIsRefusedWithOneThatDoes() {
    LargestBatch large = new LargestBatch(320, 32_000, 100);
    assertThatThrownBy(() -> estimate(100 * MIB, 2).require(large))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "training.batchSize: a mini-batch of 320 sequences of up to 100 steps needs 122 MiB, and a task has 45 MiB (2 tasks in a heap of 100 MiB); set it to at most 117, cut long sequences, or raise spark.executor.memory");
    assertThatCode(() -> estimate(100 * MIB, 2).require(new LargestBatch(117, 11_700, 100)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> estimate(100 * MIB, 2).require(new LargestBatch(119, 11_900, 100)))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aSequenceThatDoesNotFitByItselfIsRefusedWithALengthThatDoes() {
    assertThatThrownBy(() -> estimate(100 * MIB, 2).require(new LargestBatch(1, 20_000, 20_000)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a sequence of 20,000 steps needs 76 MiB unrolled, and a task has 45 MiB (2 tasks in a heap of 100 MiB); cut it into sequences of at most 11,787 steps, or raise spark.executor.memory");
    assertThatCode(() -> estimate(100 * MIB, 2).require(new LargestBatch(1, 11_787, 11_787)))
        .doesNotThrowAnyException();
  }

  @Test
  void parametersThatDoNotFitAreRefused() {
    MemoryEstimate huge =
        new MemoryEstimate(
            BatchFootprint.NONE,
            50_000_000,
            2,
            new TaskMemory(1024 * MIB, 2, "spark.driver.memory"));
    assertThatThrownBy(huge::requireParameters)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "network.hiddenSizes: the 50,000,000 parameters of the network need 1.3 GiB a task with their gradient and optimizer, and a task has 175 MiB (2 tasks in a heap of 1.0 GiB); make the network smaller, or raise spark.driver.memory");
  }

  @Test
  void noBufferMayBeLongerThanAnArray() {
    assertThatThrownBy(
            () -> estimate(1L << 50, 1).require(new LargestBatch(2, 12_000_000, 6_000_000)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at most 5,368,709 steps");
  }

  @Test
  void theMeasureOfAFewStepsTellsTheBuffersOfAnyBatch() {
    List<Column> schema =
        List.of(Column.values("values", INPUTS), Column.ids(ObjectiveDescription.TARGET));
    for (String cell : List.of("srn", "lstm", "gru", "gru-reset-before", "none")) {
      NetworkSettings settings =
          new NetworkSettings(
              cell,
              List.of(5, 7),
              !cell.equals("none"),
              NetworkSettings.LAST,
              List.of(6),
              "tanh",
              true,
              List.of(),
              new NetworkSettings.DropoutRates(0.1, 0.1, 0.1, 0));
      Objective<SequenceBatch> objective =
          new ClassificationDescription(
                  new NetworkDescription(
                      List.of(InputColumn.values("values", INPUTS)),
                      settings,
                      NetworkDescription.Output.STEP,
                      4),
                  List.of())
              .build();
      BatchFootprint footprint = BatchFootprint.of(objective, schema);
      assertThat(footprint.perStep()).isGreaterThan(2 * (5 + 7) + 4);
      for (int sequences : new int[] {1, 3, 20}) {
        for (int length : new int[] {1, 30, 100}) {
          double batch = Float.BYTES * (INPUTS + 1.0) * sequences * length;
          double held = Float.BYTES * (double) floats(objective, schema, sequences, length);
          assertThat(footprint.bytes(sequences, (double) sequences * length, length))
              .as("%s, %d sequences of %d steps", cell, sequences, length)
              .isCloseTo(held + batch, within(0.01 * (held + batch) + 16));
        }
      }
    }
  }

  /** What a pass really holds after such a batch. */
  private static long floats(
      Objective<SequenceBatch> objective, List<Column> schema, int sequences, int length) {
    Sequence one =
        new Sequence(
            length,
            1f,
            new float[][] {new float[INPUTS * length], {}},
            new int[][] {{}, new int[length]});
    SequenceSet set = new SequenceSet(schema, Collections.nCopies(sequences, one));
    Parameters parameters =
        new Parameters(objective.layout(), objective.layout().initialize(RandomKey.ofSeed(1)));
    try (Pass pass =
        new Pass(parameters, new Gradient(objective.layout()), Backend.gemm(Backend.JAVA))) {
      pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
      objective.lossAndGradient(set.gather(IntStream.range(0, sequences).toArray()), pass);
      return pass.bufferedFloats();
    }
  }

  @Test
  void anEnormousSequenceIsRefusedByTheEstimatorInNoTime() {
    List<Double> steps = Collections.nCopies(1_000_000, 0.5);
    Dataset<Row> rows =
        Frames.of(
            "features ARRAY<DOUBLE>, label STRING",
            Frames.row(new ArrayList<>(steps), "x"),
            Frames.row(List.of(0.5), "y"));
    assertThatThrownBy(() -> Frames.classifier().setHiddenSizes(512).fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a sequence of 1,000,000 steps needs ")
        .hasMessageContaining("GiB unrolled")
        .hasMessageEndingWith("or raise spark.driver.memory");
  }

  @Test
  void anEnormousPairIsRefusedByTheTranslator() {
    List<String> many = Collections.nCopies(60_000, "a");
    Dataset<Row> rows =
        Frames.of(
            "features ARRAY<STRING>, label ARRAY<STRING>",
            Frames.row(many, many),
            Frames.row(List.of("a"), List.of("a", "b")));
    SequenceTranslator translator =
        new SequenceTranslator().setHiddenSizes(8).setBackend("java").setPartitions(2);
    assertThatThrownBy(() -> translator.setAttention("multiplicative").fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a sequence of 120,001 steps needs ")
        .hasMessageContaining("GiB unrolled")
        .hasMessageEndingWith("or raise spark.driver.memory");
    assertThatThrownBy(() -> translator.setHiddenSizes(9_000).fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("make the network smaller");
  }

  @Test
  void enormousSegmentsAndLanesAreRefusedByTheLanguageModeler() {
    Dataset<Row> rows =
        Frames.of("features STRING", Frames.row("ab ".repeat(300_000)), Frames.row("ab"));
    LanguageModeler modeler =
        new LanguageModeler()
            .setHiddenSizes(1_000)
            .setEmbeddingSize(4)
            .setBackend("java")
            .setPartitions(1);
    assertThatThrownBy(() -> modeler.setBatchSize(1).setSegment(900_000).fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("a sequence of 900,00")
        .hasMessageContaining("; set language.segment to at most ")
        .hasMessageEndingWith("or raise spark.driver.memory");
    assertThatThrownBy(() -> modeler.setBatchSize(20_000).setSegment(40).fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("training.batchSize: a mini-batch of ")
        .hasMessageContaining("lower language.segment to shorten them");
    assertThatThrownBy(() -> modeler.setHiddenSizes(20_000).fit(rows))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("make the network smaller");
  }

  @Test
  void anEnormousNetworkIsRefusedBeforeItIsMade() {
    assertThatThrownBy(() -> Frames.classifier().setHiddenSizes(20_000).fit(Frames.sentences(4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("network.hiddenSizes: the 1,600,")
        .hasMessageContaining("make the network smaller");
    assertThatThrownBy(() -> Frames.classifier().setHiddenSizes(100_000).fit(Frames.sentences(4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected a network of fewer than 2^31 parameters");
  }
}
