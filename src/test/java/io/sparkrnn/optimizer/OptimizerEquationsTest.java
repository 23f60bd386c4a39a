package io.sparkrnn.optimizer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.oracle.OracleOptimizer;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.oracle.Vectors;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Steps down a sum of gradients are those of PyTorch's equations on their mean, with L2 and with
 * clipping; rows of a table that no batch touched stay as they are, memory included.
 */
class OptimizerEquationsTest {
  private static final double LEARNING_RATE = 0.05;
  private static final LearningRateSchedule SCHEDULE =
      new LearningRateSchedule(LearningRateSchedule.CONSTANT, LEARNING_RATE, 0, 1, 1, 1);

  static Stream<Arguments> optimizers() {
    return Stream.of(
        of(new Sgd(), OracleOptimizer.Sgd::new),
        of(new Momentum(0.9), decay -> new OracleOptimizer.Momentum(0.9, decay)),
        of(new Adam(0.9, 0.99, 1e-6), decay -> new OracleOptimizer.Adam(0.9, 0.99, 1e-6, decay)));
  }

  private static Arguments of(Optimizer optimizer, DoubleFunction<OracleOptimizer> oracle) {
    return Arguments.of(optimizer, oracle);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void thirtyStepsAreThoseOfTheEquations(
      Optimizer optimizer, DoubleFunction<OracleOptimizer> oracle) {
    ParameterLayout layout =
        ParameterLayout.builder()
            .matrix("W", 2, 3, Initializer.zeros())
            .vector("b", 4, Initializer.zeros())
            .build();
    for (double weightDecay : new double[] {0, 0.1}) {
      for (double clipNorm : new double[] {0, 0.6, 100}) {
        OptimizerSettings settings =
            new OptimizerSettings(optimizer, SCHEDULE, clipNorm, weightDecay);
        assertThirtySteps(settings, layout, oracle.apply(weightDecay));
      }
    }
  }

  private static void assertThirtySteps(
      OptimizerSettings settings, ParameterLayout layout, OracleOptimizer oracle) {
    Random random = new Random(71);
    float[] parameters = random(layout.size(), random);
    float[] memory = new float[settings.optimizer().slots() * layout.size()];
    double[] theta = widened(parameters);
    for (int step = 1; step <= 30; step++) {
      double weight = 1 + random.nextInt(8);
      float[] sum = random(layout.size(), random);
      Gradient gradient = new Gradient(layout);
      gradient.set(sum);
      settings.step(parameters, gradient, memory, weight, 0, step);
      double[] mean = Vectors.scale(1 / weight, widened(sum));
      if (settings.clipNorm() > 0) {
        mean = OracleOptimizer.clipped(mean, settings.clipNorm());
      }
      theta = oracle.step(theta, mean, LEARNING_RATE);
      assertClose("θ after step " + step, parameters, theta, Tolerance.FLOAT);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void rowsOfATableThatWereNotTouchedStayAsTheyAre(
      Optimizer optimizer, DoubleFunction<OracleOptimizer> oracle) {
    ParameterLayout layout =
        ParameterLayout.builder().table("E", 4, 2, Initializer.zeros()).build();
    OptimizerSettings settings = new OptimizerSettings(optimizer, SCHEDULE, 0.5, 0.1);
    float[] parameters = random(layout.size(), new Random(72));
    float[] memory = new float[optimizer.slots() * layout.size()];
    Gradient gradient = new Gradient(layout);
    step(settings, parameters, gradient, memory, 1, 0, 1, 2, 3);

    float[] parametersBefore = parameters.clone();
    float[] memoryBefore = memory.clone();
    step(settings, parameters, gradient, memory, 2, 3, 1);
    for (int i : List.of(0, 1, 4, 5)) {
      assertThat(parameters[i]).isEqualTo(parametersBefore[i]);
      for (int at = i; at < memory.length; at += layout.size()) {
        assertThat(memory[at]).isEqualTo(memoryBefore[at]);
      }
    }
    for (int i : List.of(2, 3, 6, 7)) {
      assertThat(parameters[i]).isNotEqualTo(parametersBefore[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void whatIsNotDecayedStepsAsWithoutDecayBetweenWhatIs(
      Optimizer optimizer, DoubleFunction<OracleOptimizer> oracle) {
    ParameterLayout layout =
        ParameterLayout.builder()
            .matrix("W", 1, 2, Initializer.zeros())
            .undecayed("S", 3, 1, Initializer.zeros())
            .vector("b", 1, Initializer.zeros())
            .build();
    Random random = new Random(74);
    float[] parameters = random(layout.size(), random);
    float[] memory = new float[optimizer.slots() * layout.size()];
    double[] decayed = widened(parameters);
    double[] free = widened(parameters);
    OracleOptimizer decaying = oracle.apply(0.1);
    OracleOptimizer plain = oracle.apply(0);
    for (int step = 1; step <= 5; step++) {
      float[] slope = random(layout.size(), random);
      Gradient gradient = new Gradient(layout);
      gradient.set(slope);
      optimizer.step(
          new Optimizer.StepSize(LEARNING_RATE, 1, 0.1, step), parameters, gradient, memory);
      decayed = decaying.step(decayed, widened(slope), LEARNING_RATE);
      free = plain.step(free, widened(slope), LEARNING_RATE);
    }
    double[] expected = {decayed[0], decayed[1], free[2], free[3], free[4], decayed[5]};
    assertClose("θ", parameters, expected, Tolerance.FLOAT);
  }

  /** 700 is no multiple of any block that an optimizer may work in. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOneOfManyParametersStepsAsIfItWereAlone(
      Optimizer optimizer, DoubleFunction<OracleOptimizer> oracle) {
    int size = 700;
    ParameterLayout one = ParameterLayout.builder().vector("b", 1, Initializer.zeros()).build();
    ParameterLayout many = ParameterLayout.builder().vector("b", size, Initializer.zeros()).build();
    Random random = new Random(73);
    float[] parameters = random(size, random);
    float[] slope = random(size, random);
    float[] start = parameters.clone();
    float[] memory = new float[optimizer.slots() * size];
    Gradient gradient = new Gradient(many);
    gradient.set(slope);
    Optimizer.StepSize second = new Optimizer.StepSize(LEARNING_RATE, 0.25, 0.1, 2);
    optimizer.step(second, parameters, gradient, memory);
    optimizer.step(second, parameters, gradient, memory);
    for (int i = 0; i < size; i++) {
      float[] alone = {start[i]};
      float[] its = new float[optimizer.slots()];
      Gradient only = new Gradient(one);
      only.set(new float[] {slope[i]});
      optimizer.step(second, alone, only, its);
      optimizer.step(second, alone, only, its);
      assertThat(parameters[i]).as("parameter %d", i).isEqualTo(alone[0]);
    }
    double norm = gradient.squaredNorm();
    double[] exact = widened(slope);
    assertThat(norm).isCloseTo(Vectors.dot(exact, exact), within(1e-9));
  }

  /** A step with a gradient of 1 in the rows given. */
  private static void step(
      OptimizerSettings settings,
      float[] parameters,
      Gradient gradient,
      float[] memory,
      int count,
      int... rows) {
    gradient.clear();
    for (int row : rows) {
      int first = gradient.table("E").touch(row);
      Arrays.fill(gradient.values(), first, first + 2, 1f);
    }
    settings.step(parameters, gradient, memory, 1, 0, count);
  }

  private static float[] random(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
