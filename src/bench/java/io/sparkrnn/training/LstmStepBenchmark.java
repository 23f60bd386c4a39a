package io.sparkrnn.training;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.network.InputColumn;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.objective.ClassificationDescription;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.optimizer.Optimizer;
import io.sparkrnn.optimizer.Sgd;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One mini-batch of an LSTM with 50 classes at every step: forward, backward, update, on one
 * thread. Milliseconds a mini-batch of B × T time steps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LstmStepBenchmark {

  private static final int CLASSES = 50;

  /** Backend. */
  @Param({"onednn", "openblas", "java"})
  public String backend;

  /** B, T, M, D. */
  @Param({"32x50x64x128", "64x64x128x256", "32x24x1x32"})
  public String shape;

  private Objective<SequenceBatch> objective;
  private SequenceBatch batch;
  private float[] parameters;
  private Gradient gradient;
  private Pass pass;

  /** Makes the network and the batch. */
  @Setup
  public void setUp() {
    int[] sizes =
        IntStream.of(0, 1, 2, 3).map(i -> Integer.parseInt(shape.split("x", 4)[i])).toArray();
    NetworkSettings settings =
        new NetworkSettings(
            "lstm",
            List.of(sizes[3]),
            false,
            NetworkSettings.LAST,
            List.of(),
            "tanh",
            true,
            List.of(1),
            new NetworkSettings.DropoutRates(0, 0, 0, 0));
    NetworkDescription network =
        new NetworkDescription(
            List.of(InputColumn.values("x", sizes[2])),
            settings,
            NetworkDescription.Output.STEP,
            CLASSES);
    objective = new ClassificationDescription(network, List.of()).build();
    parameters = objective.layout().initialize(RandomKey.ofSeed(1));
    gradient = new Gradient(objective.layout());
    pass =
        new Pass(
            new Parameters(objective.layout(), parameters),
            gradient,
            Backend.gemm(Backend.choose(backend).name()));
    batch = batch(sizes[0], sizes[1], sizes[2]);
  }

  /** One mini-batch. */
  @Benchmark
  public LossSum miniBatch() {
    gradient.clear();
    pass.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(2));
    LossSum loss = objective.lossAndGradient(batch, pass);
    new Sgd()
        .step(
            new Optimizer.StepSize(0.01, 1 / loss.weight(), 0, 1),
            parameters,
            gradient,
            new float[0]);
    pass.parametersChanged();
    return loss;
  }

  private static SequenceBatch batch(int sequences, int steps, int width) {
    RandomStream random = RandomKey.ofSeed(3).stream();
    List<Sequence> all = new ArrayList<>();
    for (int i = 0; i < sequences; i++) {
      float[] values = new float[steps * width];
      int[] targets = new int[steps];
      for (int k = 0; k < values.length; k++) {
        values[k] = random.nextFloat() - 0.5f;
      }
      for (int t = 0; t < steps; t++) {
        targets[t] = random.nextInt(CLASSES);
      }
      all.add(new Sequence(steps, 1f, new float[][] {values, {}}, new int[][] {{}, targets}));
    }
    List<Column> schema =
        List.of(Column.values("x", width), Column.ids(ObjectiveDescription.TARGET));
    return new SequenceSet(schema, all).gather(IntStream.range(0, sequences).toArray());
  }
}
