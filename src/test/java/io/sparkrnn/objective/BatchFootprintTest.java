package io.sparkrnn.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.DecoderSettings;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.network.SoftmaxSettings;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.sequence.Streams;
import io.sparkrnn.testing.Pairs;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a few short batches tell of the memory of any batch, where there are pairs of steps, and
 * where a large vocabulary is taken some rows at a time.
 */
class BatchFootprintTest {

  @ParameterizedTest
  @CsvSource({
    "none, false",
    "multiplicative, false",
    "multiplicative, true",
    "additive, false",
    "additive, true"
  })
  void ofPairs(String attention, boolean fed) {
    List<Column> schema = List.of(Column.ids("word"), Column.ids(PairBatch.TARGET));
    Objective<SequenceBatch> objective =
        Pairs.description(
                new DecoderSettings(List.of(7), attention, 6, fed, 4, false, 0, 0),
                0.1,
                SearchSettings.GREEDY,
                "network.cell",
                "gru",
                "network.bidirectional",
                true,
                "network.hiddenSizes",
                List.of(5))
            .build();
    double share = 0.375;
    BatchFootprint footprint = BatchFootprint.ofPairs(objective, schema, Pairs.BOUNDARY, share);
    for (int sequences : new int[] {1, 3, 10}) {
      for (int length : new int[] {8, 40, 160}) {
        int source = (int) (share * length);
        int[] said = new int[length];
        Arrays.fill(said, 0, source, PairBatch.SOURCE_STEP);
        Arrays.fill(said, source, length - 1, 1);
        said[length - 1] = Pairs.BOUNDARY;
        Sequence one =
            new Sequence(length, 1f, new float[][] {{}, {}}, new int[][] {new int[length], said});
        double expected = bytes(objective, schema, one, sequences);
        assertThat(footprint.bytes(sequences, (double) sequences * length, length))
            .as("%d pairs of %d steps", sequences, length)
            .isBetween(0.99 * expected, (fed ? 1.2 : 1.01) * expected);
      }
    }
    assertThat(footprint.pairs().each() > 0).isEqualTo(!attention.equals("none"));
    assertThat(footprint.pairs().longest() > 0).isEqualTo(attention.equals("additive"));
  }

  @ParameterizedTest
  @CsvSource({"full, 90", "full, 30000", "sampled, 30000", "adaptive, 30000"})
  void ofStreams(String softmax, int vocabulary) {
    NetworkSettings network =
        new NetworkSettings(
            "lstm",
            List.of(12),
            false,
            NetworkSettings.LAST,
            List.of(),
            "tanh",
            true,
            List.of(3),
            new NetworkSettings.DropoutRates(0, 0.1, 0.1, 0));
    LanguageDescription language =
        new LanguageDescription(
            vocabulary,
            vocabulary,
            network,
            new SoftmaxSettings(softmax, 2_000, List.of(500, 4_000), false));
    Objective<SequenceBatch> objective = new LanguageModellingDescription(language, 0).build();
    List<Column> columns = LanguageModellingDescription.columns();
    BatchFootprint footprint = BatchFootprint.ofStreams(objective, columns, vocabulary);
    List<Column> schema =
        List.of(
            columns.get(0),
            columns.get(1),
            columns.get(2),
            Column.sequenceId(Streams.STREAM),
            Column.sequenceId(Streams.FROM));
    for (int lanes : new int[] {1, 6, 30}) {
      for (int segment : new int[] {8, 32}) {
        int[] targets =
            IntStream.range(0, segment).map(t -> (int) ((long) (t % 8) * vocabulary / 8)).toArray();
        Sequence one =
            new Sequence(
                segment,
                1f,
                new float[5][0],
                new int[][] {new int[segment], targets, new int[segment], new int[1], new int[1]});
        double expected = bytes(objective, schema, one, lanes);
        double several = softmax.equals("adaptive") ? Float.BYTES * footprint.parts().most() : 0;
        assertThat(footprint.bytes(lanes, (double) lanes * segment, segment))
            .as("%d lanes of %d steps", lanes, segment)
            .isBetween(0.98 * expected - 64, 1.02 * expected + 64 + several);
      }
    }
  }

  /** What a pass really holds after such a batch, and the batch. */
  private static double bytes(
      Objective<SequenceBatch> objective, List<Column> schema, Sequence one, int sequences) {
    SequenceSet set = new SequenceSet(schema, Collections.nCopies(sequences, one));
    Parameters parameters =
        new Parameters(objective.layout(), objective.layout().initialize(RandomKey.ofSeed(1)));
    try (Pass pass =
        new Pass(parameters, new Gradient(objective.layout()), Backend.gemm(Backend.JAVA))) {
      pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
      objective.lossAndGradient(set.gather(IntStream.range(0, sequences).toArray()), pass);
      double batch = schema.stream().mapToDouble(Column::width).sum() * sequences * one.length();
      return Float.BYTES * (pass.bufferedFloats() + batch);
    }
  }
}
