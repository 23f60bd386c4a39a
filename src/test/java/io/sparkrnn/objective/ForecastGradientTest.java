package io.sparkrnn.objective;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Taps;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.Feedback;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.oracle.CentralDifferences;
import io.sparkrnn.oracle.NamedTensors;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleDelayed;
import io.sparkrnn.oracle.OracleDense;
import io.sparkrnn.oracle.OracleForecast;
import io.sparkrnn.oracle.OracleForecast.StepLoss;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleHead;
import io.sparkrnn.oracle.OracleInput;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLoss;
import io.sparkrnn.oracle.OracleNetwork;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleSequence;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleTapDelay;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.PackedSequences;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.testing.TestSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses and gradients of forecasts against the equations in double precision: every loss, linear,
 * multi-layer and recurrent networks with delays, taught by what was observed, running freely, and
 * both within one sequence.
 */
class ForecastGradientTest {
  private static final Tolerance TOLERANCE = new Tolerance(2e-5, 2e-6);
  private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.8);
  private static final int WIDTH = 3;

  /** Forms of f, with the oracle of the encoder. */
  private enum Form {
    LINEAR_NARX(List.of(), "none", List.of(0), new Taps(0, 2)) {
      @Override
      OracleLayer encoder() {
        return new OracleStack(tapped(0, 2), new OracleTapDelay(0, 0, 3 * WIDTH));
      }
    },
    GRU_OVER_DELAYS(List.of(3), "gru", List.of(1, 0), Taps.NOW) {
      @Override
      OracleLayer encoder() {
        return new OracleStack(
            new OracleDelayed(
                tapped(0, 1),
                new OracleRecurrent(new OracleGruCell()),
                new OracleTapDelay(0, 0, 3)));
      }
    },
    TIME_DELAY_NETWORK(List.of(4, 3), "none", List.of(2, 1, 2), Taps.NOW) {
      @Override
      OracleLayer encoder() {
        OracleLayer dense = new OracleDense(OracleActivation.TANH);
        return new OracleStack(
            new OracleDelayed(tapped(0, 2), dense, new OracleTapDelay(0, 0, 4)),
            new OracleDelayed(new OracleTapDelay(0, 1, 4), dense, new OracleTapDelay(0, 2, 3)));
      }
    },
    RESIDUAL_GRU(List.of(3), "gru", List.of(0), new Taps(0, 1)) {
      @Override
      OracleLayer encoder() {
        return new OracleStack(
            new OracleDelayed(
                tapped(0, 1),
                new OracleRecurrent(new OracleGruCell()),
                new OracleTapDelay(0, 0, 3)));
      }
    },
    GRU(List.of(3), "gru", List.of(0), Taps.NOW) {
      @Override
      OracleLayer encoder() {
        return new OracleStack(new OracleRecurrent(new OracleGruCell()));
      }
    };

    private final NetworkSettings settings;
    private final Taps taps;

    Form(List<Integer> hidden, String cell, List<Integer> delays, Taps taps) {
      this.settings =
          TestSettings.network(
              "network.cell", cell, "network.hiddenSizes", hidden, "network.delays", delays);
      this.taps = taps;
    }

    abstract OracleLayer encoder();

    InputColumn column(ValueLoss loss) {
      InputColumn column = InputColumn.values("x", 2).delayed(taps);
      return this == RESIDUAL_GRU ? column.addedToOutputs(loss.locations()) : column;
    }

    private static OracleTapDelay tapped(int first, int last) {
      return new OracleTapDelay(first, last, WIDTH);
    }
  }

  /** A loss on both sides. */
  private record Loss(ValueLoss ours, StepLoss oracle) {
    @Override
    public String toString() {
      return ours.toString();
    }
  }

  private static final List<Loss> LOSSES =
      List.of(
          new Loss(ValueLoss.squared(), new OracleForecast.Squared()),
          new Loss(ValueLoss.gaussian(), new OracleForecast.Gaussian()),
          new Loss(ValueLoss.quantiles(LEVELS), new OracleForecast.Pinball(LEVELS, 1)));

  static Stream<Arguments> cases() {
    return LOSSES.stream()
        .flatMap(
            loss ->
                Stream.of(Form.values())
                    .flatMap(
                        form ->
                            Stream.of(Feedback.ALL_SHOWN, 3, 1, 0)
                                .map(shown -> Arguments.of(loss, form, shown))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientsAreThoseOfTheEquations(Loss loss, Form form, int shown) {
    assertAgree(loss, form, Feedback.of("x", 2, shown), false, 5, 1, 7, 3);
    assertAgree(loss, form, Feedback.of("x", 2, shown), true, 5, 1, 7, 3);
    assertAgree(loss, form, Feedback.NONE, false, 4, 2);
  }

  private static ForecastDescription description(Loss loss, Form form, Feedback feedback) {
    NetworkDescription network =
        new NetworkDescription(
            List.of(form.column(loss.ours), InputColumn.values("z", 1).delayed(form.taps)),
            form.settings,
            NetworkDescription.Output.STEP,
            2 * loss.ours.parameters());
    return new ForecastDescription(network, loss.ours, Normalizer.identity(2), feedback);
  }

  private static OracleForecast oracle(Loss loss, Form form, Feedback feedback) {
    OracleNetwork network =
        new OracleNetwork(
            new OracleInput("x", "z"), encoder(form), new OracleHead(OracleActivation.TANH));
    int added = form == Form.RESIDUAL_GRU ? loss.ours.locations() : 0;
    return new OracleForecast(network, loss.oracle, feedback.width(), feedback.shown(), added);
  }

  private static OracleLayer encoder(Form form) {
    return form.encoder();
  }

  private static void assertAgree(
      Loss loss, Form form, Feedback feedback, boolean gaps, int... lengths) {
    OracleForecast oracle = oracle(loss, form, feedback);
    long seed = 43;
    ObjectiveRun run;
    List<OracleSequence> sequences;
    do { // the pinball loss has a kink at y = q, where differences say nothing
      Random random = new Random(seed++);
      run = new ObjectiveRun(description(loss, form, feedback), random);
      sequences = sequences(random, gaps, lengths);
    } while (loss.ours instanceof QuantileLoss
        && leastMiss(oracle, ParameterTensors.of(run.parameters()), sequences) < 0.01);
    assertAgree(run, oracle, sequences);
  }

  private static double leastMiss(
      OracleForecast oracle, NamedTensors tensors, List<OracleSequence> sequences) {
    double least = 1;
    for (OracleSequence sequence : sequences) {
      double[][] outputs = oracle.outputs(tensors, sequence);
      for (int t = 0; t < outputs.length; t++) {
        for (int i = 0; i < outputs[t].length; i++) {
          double miss = Math.abs(outputs[t][i] - sequence.targets()[t][i % 2]);
          least = Double.isNaN(miss) ? least : Math.min(least, miss);
        }
      }
    }
    return least;
  }

  private static void assertAgree(
      ObjectiveRun run, OracleForecast oracle, List<OracleSequence> sequences) {
    SequenceBatch batch = batch(sequences);
    NamedTensors tensors = ParameterTensors.of(run.parameters());
    OracleLoss expected = oracle.loss(tensors, sequences);
    NamedTensors gradients =
        CentralDifferences.gradient(tensors, x -> oracle.loss(x, sequences).sum());
    for (int time = 1; time <= 2; time++) {
      run.gradient().clear();
      LossSum found = run.lossAndGradient(batch);
      assertThat(found.weight()).isEqualTo(expected.weight(), within(1e-6));
      assertThat(found.sum())
          .isEqualTo(expected.sum(), within(5e-6 * (1 + Math.abs(expected.sum()))));
      NamedTensors actual = ParameterTensors.of(run.gradient());
      assertThat(actual.names()).containsExactlyElementsOf(gradients.names());
      for (String name : gradients.names()) {
        assertClose("∂L/∂" + name, actual.values(name), gradients.values(name), TOLERANCE);
      }
    }
    double evaluated = run.objective().evaluate(batch, run.inference()).values().get("loss");
    assertThat(evaluated)
        .isEqualTo(expected.mean(), within(5e-6 * (1 + Math.abs(expected.mean()))));
  }

  /** Reported are mean and deviation, sorted quantiles, or points, in the original units. */
  @ParameterizedTest
  @MethodSource("cases")
  void predictionsAreThoseOfTheEquations(Loss loss, Form form, int shown) {
    Random random = new Random(44);
    Feedback feedback = Feedback.of("x", 2, shown);
    ForecastDescription scaled = description(loss, form, feedback);
    double[] mean = {3, -1};
    double[] deviation = {2, 0.5};
    ForecastDescription description =
        new ForecastDescription(
            scaled.network(), scaled.loss(), new Normalizer(mean, deviation), feedback);
    ObjectiveRun run = new ObjectiveRun(description, random);
    List<OracleSequence> sequences = sequences(random, true, 2, 1, 7, 3, 7);
    NamedTensors tensors = ParameterTensors.of(run.parameters());
    Map<Integer, float[]> predicted = new HashMap<>();
    run.objective()
        .predict(
            batch(sequences), run.inference(), (at, rows) -> predicted.put(at, rows.toArray()));
    for (int i = 0; i < sequences.size(); i++) {
      double[][] outputs = oracle(loss, form, feedback).outputs(tensors, sequences.get(i));
      double[] expected =
          Arrays.stream(outputs)
              .flatMapToDouble(row -> Arrays.stream(reported(loss, row, mean, deviation)))
              .toArray();
      assertClose("sequence " + i, predicted.get(i), expected, Tolerance.FLOAT);
    }
  }

  private static double[] reported(Loss loss, double[] row, double[] mean, double[] deviation) {
    double[] reported = row.clone();
    for (int k = 0; k < 2; k++) {
      double[] theta = new double[loss.ours.parameters()];
      for (int p = 0; p < theta.length; p++) {
        theta[p] = row[2 * p + k];
      }
      if (loss.ours instanceof QuantileLoss) {
        Arrays.sort(theta);
      }
      for (int p = 0; p < theta.length; p++) {
        reported[2 * p + k] = theta[p] * deviation[k] + mean[k];
      }
      if (loss.ours instanceof GaussianLoss) {
        reported[2 + k] = Math.exp(6 * Math.tanh(theta[1] / 12)) * deviation[k];
      }
    }
    return reported;
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    Loss loss = LOSSES.get(0);
    ForecastDescription fits = description(loss, Form.GRU, Feedback.NONE);
    assertThatThrownBy(() -> fits.with(Feedback.of("x", 1, 0)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected as many values as targets, 2, found 1");
    assertThatThrownBy(() -> fits.with(Feedback.of("y", 2, 0)).build())
        .hasMessageContaining("expected an input column y");
    assertThatThrownBy(
            () ->
                new ForecastDescription(
                    fits.network(), ValueLoss.gaussian(), fits.scale(), Feedback.NONE))
        .hasMessageContaining("2 targets need 4 outputs");
    assertThatThrownBy(() -> ValueLoss.quantiles(List.of(0.5, 0.4)))
        .hasMessageContaining("ascending levels");
  }

  private static SequenceBatch batch(List<OracleSequence> sequences) {
    return PackedSequences.batch(
        List.of(Column.values("x", 2), Column.values("z", 1)),
        Column.values(ObjectiveDescription.TARGET, 2),
        sequences);
  }

  /** Sequences of unlike weights; with gaps some inputs are NaN, and some targets always are. */
  private static List<OracleSequence> sequences(Random random, boolean gaps, int... lengths) {
    List<OracleSequence> sequences = new ArrayList<>();
    for (int length : lengths) {
      double[][] x = rows(length, 2, random);
      double[][] targets = rows(length, 2, random);
      if (gaps) {
        x[length / 2][1] = Double.NaN;
        x[length - 1][0] = Double.NaN;
      }
      if (sequences.isEmpty()) {
        targets[0][1] = Double.NaN;
        Arrays.fill(targets[length - 1], Double.NaN);
      }
      sequences.add(
          new OracleSequence(length)
              .withValues("x", x)
              .withValues("z", rows(length, 1, random))
              .withTargets(targets)
              .withWeight(0.5 * (1 + random.nextInt(3))));
    }
    return sequences;
  }

  private static double[][] rows(int count, int width, Random random) {
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> 2 * random.nextFloat() - 1);
    }
    return rows;
  }
}
