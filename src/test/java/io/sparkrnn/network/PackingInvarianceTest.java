package io.sparkrnn.network;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static io.sparkrnn.testing.Floats.widened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.testing.Backends;
import io.sparkrnn.testing.Sample;
import io.sparkrnn.testing.Sample.Task;
import io.sparkrnn.testing.Traversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a sequence gives does not depend on its company: outputs, losses and summed gradients are
 * the same alone, among others, and in any order.
 */
class PackingInvarianceTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-5, 1e-6);

  static Stream<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (String backend : Backends.ALL) {
      for (String cell : Cells.names()) {
        networks.add(Arguments.of(backend, Task.LABELLING, cell, true, "last"));
        networks.add(Arguments.of(backend, Task.REGRESSION, cell, false, "last"));
        networks.add(Arguments.of(backend, Task.CLASSIFICATION, cell, true, "last"));
        networks.add(Arguments.of(backend, Task.CLASSIFICATION, cell, false, "mean"));
      }
      networks.add(Arguments.of(backend, Task.LABELLING, NetworkSettings.NO_CELL, false, "last"));
    }
    return networks.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aloneTogetherAndInAnyOrder(
      String backend, Task task, String cell, boolean bidirectional, String readout) {
    Sample sample = Sample.of(task, 5, 4, 1, 7, 3, 7, 1, 12);
    ObjectiveDescription description =
        sample.description(
            "network.cell", cell,
            "network.hiddenSizes", List.of(4, 3),
            "network.bidirectional", bidirectional,
            "network.readout", readout,
            "network.headSizes", List.of(5));
    assertInvariant(new Traversal(description, Backends.required(backend), 9), sample);
  }

  @ParameterizedTest
  @MethodSource("io.sparkrnn.testing.Backends#all")
  void oneStepBesideFiveThousand(String backend) {
    Sample sample = Sample.of(Task.LABELLING, 6, 1, 5000);
    for (String cell : Cells.names()) {
      ObjectiveDescription description =
          sample.description(
              "network.cell",
              cell,
              "network.hiddenSizes",
              List.of(3),
              "network.bidirectional",
              true);
      assertInvariant(new Traversal(description, Backends.required(backend), 9), sample);
    }
  }

  private static void assertInvariant(Traversal traversal, Sample sample) {
    int count = sample.sequences().size();
    int[] all = IntStream.range(0, count).toArray();
    int[] reversed = IntStream.range(0, count).map(i -> count - 1 - i).toArray();
    LossSum together = traversal.lossAndGradient(sample.batch(all));
    float[] gradient = traversal.gradient().values().clone();
    Map<Integer, float[]> outputs = traversal.predictions(sample.batch(all));

    LossSum turned = traversal.lossAndGradient(sample.batch(reversed));
    assertSame(turned, together);
    assertClose("gradient", traversal.gradient().values(), widened(gradient), TOLERANCE);
    traversal
        .predictions(sample.batch(reversed))
        .forEach((i, found) -> assertOutputs(found, outputs.get(reversed[i])));

    LossSum sum = LossSum.ZERO;
    double[] summed = new double[gradient.length];
    for (int i = 0; i < count; i++) {
      sum = sum.plus(traversal.lossAndGradient(sample.batch(i)));
      summed = Vectors.plus(summed, widened(traversal.gradient().values()));
      assertOutputs(traversal.predictions(sample.batch(i)).get(0), outputs.get(i));
    }
    assertSame(sum, together);
    assertClose("summed gradient", gradient, summed, TOLERANCE);
  }

  private static void assertSame(LossSum found, LossSum expected) {
    assertThat(found.sum()).isEqualTo(expected.sum(), within(1e-6 * expected.sum()));
    assertThat(found.weight()).isEqualTo(expected.weight());
    assertThat(found.steps()).isEqualTo(expected.steps());
  }

  private static void assertOutputs(float[] found, float[] expected) {
    assertClose("outputs", found, widened(expected), TOLERANCE);
  }
}
