package io.sparkrnn.layer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;

import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleStates;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.ParameterTensors;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * A sequence layer beside the oracle's on the same random numbers: outputs and last states, and the
 * gradients of every parameter, input and initial state of the scalar
 *
 * <pre>
 * L = Σ over sequences of (Σ_t p_t·y_t + q·s_T)
 * </pre>
 *
 * <p>with random p and q, y the outputs, s_T the last state. The layer has run on another batch
 * before, so that nothing may depend on what its buffers hold.
 */
public final class SequenceLayerComparison {
  private static final Tolerance TOLERANCE = new Tolerance(5e-6, 1e-6);
  private static final int[] EARLIER_LENGTHS = {2, 9, 1, 9, 4, 3};

  private final SequenceLayer layer;
  private final int inputSize;
  private final Random random;
  private final LayerRun run;

  /** Draws parameters of a layer. */
  public SequenceLayerComparison(SequenceLayer layer, int inputSize, long seed) {
    this.layer = layer;
    this.inputSize = inputSize;
    this.random = new Random(seed);
    this.run = new LayerRun(layer, inputSize);
    ParameterTensors.randomize(run.parameters(), 0.8, random);
    run.forward(rows(EARLIER_LENGTHS, inputSize), states(EARLIER_LENGTHS.length));
    run.backward(rows(EARLIER_LENGTHS, layer.outputSize()), states(EARLIER_LENGTHS.length));
    run.gradient().clear();
  }

  /** The layer's run. */
  public LayerRun run() {
    return run;
  }

  /** Compares on sequences of these lengths. */
  public void assertAgree(OracleLayer oracle, int... lengths) {
    assertAgree(sequence -> oracle, lengths);
  }

  /** The same where the oracle's layer differs from sequence to sequence, as dropout does. */
  public void assertAgree(IntFunction<OracleLayer> oracle, int... lengths) {
    double[][][] inputs = rows(lengths, inputSize);
    double[][] initial = states(lengths.length);
    double[][][] p = rows(lengths, layer.outputSize());
    double[][] q = states(lengths.length);
    NamedTensors tensors = ParameterTensors.of(run.parameters());
    run.forward(inputs, initial);
    run.backward(p, q);
    for (int s = 0; s < lengths.length; s++) {
      OracleLayer own = oracle.apply(s);
      int sequence = s;
      OracleStates states = own.run(tensors, "c", inputs[s], initial[s]);
      close("outputs", run.output(s), states.outputs());
      assertClose("last state", run.last(s), states.last(), TOLERANCE);
      double[] dInput =
          CentralDifferences.gradient(
              flattened(inputs[s]),
              x ->
                  projected(
                      own.run(tensors, "c", inRows(x, inputSize), initial[sequence]),
                      p[sequence],
                      q[sequence]));
      assertClose("∂L/∂x", flattened(run.inputGradient(s)), dInput, TOLERANCE);
      double[] dInitial =
          CentralDifferences.gradient(
              initial[s],
              state ->
                  projected(
                      own.run(tensors, "c", inputs[sequence], state), p[sequence], q[sequence]));
      assertClose("∂L/∂s_0", run.initialGradient(s), dInitial, TOLERANCE);
    }
    NamedTensors expected =
        CentralDifferences.gradient(
            tensors,
            x -> {
              double sum = 0;
              for (int s = 0; s < lengths.length; s++) {
                OracleStates states = oracle.apply(s).run(x, "c", inputs[s], initial[s]);
                sum += projected(states, p[s], q[s]);
              }
              return sum;
            });
    assertGradients(expected, 1);
    run.forward(inputs, initial);
    run.backward(p, q);
    assertGradients(expected, 2);
  }

  /** Backward adds: after {@code times} runs the gradients are as many times the expected. */
  private void assertGradients(NamedTensors expected, int times) {
    NamedTensors actual = ParameterTensors.of(run.gradient());
    for (String name : expected.names()) {
      double[] sum = Vectors.scale(times, expected.values(name));
      assertClose("∂L/∂" + name, actual.values(name), sum, TOLERANCE);
    }
  }

  private static double projected(OracleStates states, double[][] p, double[] q) {
    double sum = q.length == 0 ? 0 : Vectors.dot(q, states.last());
    for (int t = 0; t < p.length; t++) {
      sum += Vectors.dot(p[t], states.outputs()[t]);
    }
    return sum;
  }

  private double[][][] rows(int[] lengths, int width) {
    double[][][] rows = new double[lengths.length][][];
    for (int s = 0; s < lengths.length; s++) {
      rows[s] = new double[lengths[s]][];
      Arrays.setAll(rows[s], t -> vector(width));
    }
    return rows;
  }

  private double[][] states(int count) {
    double[][] states = new double[count][];
    Arrays.setAll(states, s -> vector(layer.stateSize()));
    return states;
  }

  /** Uniform in ±1, representable in float32. */
  private double[] vector(int size) {
    double[] vector = new double[size];
    Arrays.setAll(vector, i -> 2 * random.nextFloat() - 1);
    return vector;
  }

  private static void close(String name, double[][] actual, double[][] expected) {
    assertClose(name, flattened(actual), flattened(expected), TOLERANCE);
  }

  private static double[] flattened(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] inRows(double[] values, int width) {
    double[][] rows = new double[values.length / width][];
    Arrays.setAll(rows, t -> Vectors.part(values, t, width));
    return rows;
  }
}
