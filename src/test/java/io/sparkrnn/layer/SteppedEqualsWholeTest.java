package io.sparkrnn.layer;

import static io.sparkrnn.oracle.GradientAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.cell.ElmanCell;
import io.sparkrnn.cell.GruCell;
import io.sparkrnn.cell.GruResetBeforeCell;
import io.sparkrnn.cell.LstmCell;
import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.oracle.Tolerance;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer run step by step has the outputs, states and gradients of its run over the whole. */
class SteppedEqualsWholeTest {
  private static final Tolerance TOLERANCE = new Tolerance(2e-6, 1e-6);
  private static final int INPUT = 2;

  private final Random random = new Random(3);

  static Stream<SequenceLayer> layers() {
    SequenceLayer delayed =
        new Delayed(
            new TapDelay(Taps.upTo(2), INPUT),
            new Memoryless(new Dense(3, Activation.TANH), 3),
            new TapDelay(Taps.upTo(1), 3));
    return Stream.of(
        new Recurrent(new ElmanCell(3, Activation.TANH)),
        new Recurrent(new LstmCell(3)),
        new Recurrent(new GruCell(3)),
        new Recurrent(new GruResetBeforeCell(3)),
        new TapDelay(new Taps(1, 3), INPUT),
        delayed,
        new Shortcut(new TapDelay(Taps.upTo(3), INPUT), delayed),
        new Stack(List.of(delayed, new Recurrent(new GruCell(2))), new Dropout(0)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void outputsStatesAndGradientsAreTheSame(SequenceLayer layer) {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    layer.declare(builder, INPUT);
    ParameterLayout layout = builder.build();
    Parameters parameters = new Parameters(layout, floats(layout.size()));
    SequenceBatch batch =
        new SequenceBatch(new Packing(new int[] {4, 7, 1, 4}), new float[] {1, 1, 1, 1});
    Rows input = rows(batch.totalRows(), INPUT);
    Rows initial = rows(batch.sequences(), layer.stateSize());
    Rows dOutput = rows(batch.totalRows(), layer.outputSize());
    Rows dLast = rows(batch.sequences(), layer.stateSize());
    Run whole = whole(layer, parameters, batch, input, initial, dOutput, dLast);
    // Twice, so that frames are used again.
    Gradient gradient = new Gradient(layout);
    Pass pass = pass(parameters, gradient);
    steps(layer, pass, batch, input, initial, dOutput, dLast);
    gradient.clear();
    Run steps = steps(layer, pass, batch, input, initial, dOutput, dLast);
    assertClose("outputs", steps.output, doubles(whole.output), TOLERANCE);
    assertClose("last state", steps.last, doubles(whole.last), TOLERANCE);
    assertClose("∂L/∂x", steps.dInput, doubles(whole.dInput), TOLERANCE);
    assertClose("∂L/∂s_0", steps.dInitial, doubles(whole.dInitial), TOLERANCE);
    assertClose("gradient", gradient.values(), doubles(whole.gradient), TOLERANCE);
  }

  @Test
  void aLayerThatSeesTheFutureTakesNoSteps() {
    SequenceLayer gru = new Recurrent(new GruCell(3));
    assertThatThrownBy(() -> new Stepped(new Bidirectional(gru, gru)))
        .hasMessageContaining("runs forward in time");
  }

  private record Run(
      float[] output, float[] last, float[] dInput, float[] dInitial, float[] gradient) {}

  private static Run whole(
      SequenceLayer layer,
      Parameters parameters,
      SequenceBatch batch,
      Rows input,
      Rows initial,
      Rows dOutput,
      Rows dLast) {
    Gradient gradient = new Gradient(parameters.layout());
    Pass pass = pass(parameters, gradient);
    Rows last = Rows.zeros(batch.sequences(), layer.stateSize());
    float[] output = layer.forward(batch, input, initial, last, pass).toArray();
    Rows dInitial = Rows.zeros(batch.sequences(), layer.stateSize());
    Rows dInput = layer.backward(batch, copy(dOutput), dLast, dInitial, pass);
    return new Run(
        output, last.toArray(), dInput.toArray(), dInitial.toArray(), gradient.values().clone());
  }

  private static Run steps(
      SequenceLayer layer,
      Pass pass,
      SequenceBatch batch,
      Rows input,
      Rows initial,
      Rows dOutput,
      Rows dLast) {
    Stepped steps = new Stepped(layer);
    Packing packing = batch.packing();
    int size = layer.stateSize();
    Rows[] states = new Rows[batch.steps() + 1];
    states[0] = initial;
    Rows output = Rows.zeros(batch.totalRows(), layer.outputSize());
    Rows last = Rows.zeros(batch.sequences(), size);
    for (int t = 0; t < batch.steps(); t++) {
      int active = packing.activeAt(t);
      states[t + 1] = Rows.zeros(active, size);
      Rows own = input.slice(packing.rowOffset(t), active);
      Rows y = steps.step(own, states[t].slice(0, active), states[t + 1], pass.frame(t));
      output.slice(packing.rowOffset(t), active).copyFrom(y);
      last.slice(0, active).copyFrom(states[t + 1]);
    }
    Rows dInput = Rows.zeros(batch.totalRows(), INPUT);
    Rows dState = copy(dLast);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int active = packing.activeAt(t);
      Rows dY = copy(dOutput.slice(packing.rowOffset(t), active));
      Rows dPrevious = Rows.zeros(active, size);
      Rows dX = steps.stepBack(dY, copy(dState.slice(0, active)), dPrevious, pass.frame(t));
      dState.slice(0, active).copyFrom(dPrevious);
      dInput.slice(packing.rowOffset(t), active).copyFrom(dX);
    }
    return new Run(
        output.toArray(), last.toArray(), dInput.toArray(), dState.toArray(), new float[0]);
  }

  private static Pass pass(Parameters parameters, Gradient gradient) {
    Pass pass = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(1));
    return pass;
  }

  private static Rows copy(Rows rows) {
    return Rows.of(rows.toArray(), rows.count(), rows.width());
  }

  private Rows rows(int count, int width) {
    return Rows.of(floats(count * width), count, width);
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 1.6f * random.nextFloat() - 0.8f;
    }
    return values;
  }

  private static double[] doubles(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
