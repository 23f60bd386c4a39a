package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleNetwork;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.PackedSequences;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Predictions are the softmax or the values of the equations, and each sequence gets its own,
 * whatever the order of packing.
 */
class PredictionTest {
  private static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

  @ParameterizedTest
  @EnumSource(Task.class)
  void predictionsAreThoseOfTheEquationsInTheirPlaces(Task task) {
    NetworkForm form = new NetworkForm("lstm", 2, true, "last", List.of(4), "tanh", true);
    Random random = new Random(51);
    ObjectiveRun run = new ObjectiveRun(task.description(form.settings(), ONES), random);
    List<OracleSequence> sequences = task.sequences(new int[] {2, 1, 7, 3, 7, 1}, random);
    NamedTensors tensors = ParameterTensors.of(run.parameters());
    OracleNetwork network = form.oracle();
    Map<Integer, float[]> predicted = new HashMap<>();
    run.objective()
        .predict(
            PackedSequences.batch(Task.INPUTS, task.target(), sequences),
            run.inference(),
            (position, rows) -> predicted.put(position, rows.toArray()));

    assertThat(predicted).hasSize(sequences.size());
    for (int i = 0; i < sequences.size(); i++) {
      OracleSequence sequence = sequences.get(i);
      double[][] expected =
          switch (task) {
            case CLASSIFICATION ->
                new double[][] {softmax(network.output(tensors, form.pooling(), sequence))};
            case LABELLING ->
                Arrays.stream(network.outputs(tensors, sequence))
                    .map(PredictionTest::softmax)
                    .toArray(double[][]::new);
            case REGRESSION -> network.outputs(tensors, sequence);
          };
      double[] flat = Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray();
      assertClose("sequence " + i, predicted.get(i), flat, Tolerance.FLOAT);
    }
  }

  private static double[] softmax(double[] outputs) {
    double[] exponentials = Vectors.map(Math::exp, outputs);
    return Vectors.scale(1 / Arrays.stream(exponentials).sum(), exponentials);
  }
}
