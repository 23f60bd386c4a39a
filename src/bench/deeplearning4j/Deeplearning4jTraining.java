import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Trains one workload with Deeplearning4j 1.0.0-M2.1 whenever it is told to, for the training
 * benchmark; run as a single source file on a class path of its own (profile deeplearning4j).
 *
 * <pre>
 *   Deeplearning4jTraining cell=lstm bidirectional=false batch=64 shortest=64 longest=64 …
 * </pre>
 *
 * Says {@code ready PARAMETERS DESCRIPTION} after its warm-up, or {@code unable REASON}; for each
 * line {@code run SECONDS} it trains about so long and says {@code TIME_STEPS SECONDS}; ends with
 * its input. Workspaces on and off are tried first and the faster is kept. Ragged batches are
 * padded and masked, as is its way.
 */
public final class Deeplearning4jTraining {

  private static final long POOL_BYTES = 256L << 20;
  private static final int POOL_BATCHES = 64;
  private static final double TRIAL_SECONDS = 3;
  private static final double WARM_UP_SECONDS = 3;

  private final MultiLayerNetwork network;
  private final List<DataSet> batches;
  private final List<Integer> steps;
  private int turn;

  private Deeplearning4jTraining(
      MultiLayerNetwork network, List<DataSet> batches, List<Integer> steps) {
    this.network = network;
    this.batches = batches;
    this.steps = steps;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> words = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      words.put(parts[0], parts[1]);
    }
    if (words.get("cell").equals("gru")) {
      System.out.println("unable: it has no GRU layer");
      return;
    }
    if (!words.get("precision").equals("float32")) {
      System.out.println("unable: it has no bf16 training on processors");
      return;
    }
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    List<DataSet> batches = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    makeBatches(words, batches, steps);
    Deeplearning4jTraining best = null;
    String mode = "";
    double bestSpeed = 0;
    for (WorkspaceMode workspaces : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
      Deeplearning4jTraining trial =
          new Deeplearning4jTraining(network(words, workspaces), batches, steps);
      trial.run(TRIAL_SECONDS / 2);
      double[] run = trial.run(TRIAL_SECONDS);
      if (run[0] / run[1] > bestSpeed) {
        bestSpeed = run[0] / run[1];
        best = trial;
        mode = workspaces.name();
      }
    }
    best.run(WARM_UP_SECONDS);
    System.out.printf(
        "ready %d Deeplearning4j 1.0.0-M2.1, workspaces %s, one bias a gate%n",
        best.network.numParams(), mode);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      double[] run = best.run(Double.parseDouble(line.split(" ")[1]));
      System.out.printf("%.0f %.6f%n", run[0], run[1]);
    }
    System.exit(0);
  }

  /** Returns time steps and seconds. */
  private double[] run(double leastSeconds) {
    long began = System.nanoTime();
    double trained = 0;
    double seconds = 0;
    while (seconds < leastSeconds) {
      int batch = turn++ % batches.size();
      network.fit(batches.get(batch));
      trained += steps.get(batch);
      seconds = (System.nanoTime() - began) / 1e9;
    }
    return new double[] {trained, seconds};
  }

  private static MultiLayerNetwork network(Map<String, String> words, WorkspaceMode workspaces) {
    int inputs = number(words, "inputs");
    int hidden = number(words, "hidden");
    boolean both = words.get("bidirectional").equals("true");
    Layer recurrent =
        words.get("cell").equals("lstm")
            ? new LSTM.Builder()
                .nIn(inputs)
                .nOut(hidden)
                .activation(Activation.TANH)
                .dataFormat(RNNFormat.NCW)
                .build()
            : new SimpleRnn.Builder()
                .nIn(inputs)
                .nOut(hidden)
                .activation(Activation.TANH)
                .dataFormat(RNNFormat.NCW)
                .build();
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0.01))
            .trainingWorkspaceMode(workspaces)
            .inferenceWorkspaceMode(workspaces)
            .list();
    if (number(words, "vocabulary") > 0) {
      list.layer(
          new EmbeddingSequenceLayer.Builder()
              .nIn(number(words, "vocabulary"))
              .nOut(inputs)
              .outputDataFormat(RNNFormat.NCW)
              .build());
    }
    list.layer(both ? new Bidirectional(Bidirectional.Mode.CONCAT, recurrent) : recurrent);
    list.layer(
        new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .nIn(both ? 2 * hidden : hidden)
            .nOut(number(words, "classes"))
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Features B × M × T, or B × 1 × T ids; targets one of C, B × C × T. */
  private static void makeBatches(
      Map<String, String> words, List<DataSet> batches, List<Integer> steps) {
    Random random = new Random(1);
    int size = number(words, "batch");
    int shortest = number(words, "shortest");
    int longest = number(words, "longest");
    int vocabulary = number(words, "vocabulary");
    int inputs = vocabulary > 0 ? 1 : number(words, "inputs");
    int classes = number(words, "classes");
    long bytes = 4L * size * longest * (inputs + classes);
    int count = (int) Math.max(2, Math.min(POOL_BATCHES, POOL_BYTES / bytes));
    for (int b = 0; b < count; b++) {
      int[] lengths = new int[size];
      Arrays.setAll(lengths, i -> shortest + random.nextInt(longest - shortest + 1));
      int most = Arrays.stream(lengths).max().getAsInt();
      INDArray features = Nd4j.rand(size, inputs, most).subi(0.5);
      INDArray targets = Nd4j.zeros(size, classes, most);
      INDArray mask = Nd4j.zeros(size, most);
      for (int i = 0; i < size; i++) {
        for (int t = 0; t < lengths[i]; t++) {
          targets.putScalar(i, random.nextInt(classes), t, 1);
          mask.putScalar(i, t, 1);
          if (vocabulary > 0) {
            features.putScalar(i, 0, t, random.nextInt(vocabulary));
          }
        }
      }
      if (vocabulary > 0) {
        features.muli(features.gte(0).castTo(features.dataType())); // padding is the word 0
      }
      batches.add(
          shortest < longest
              ? new DataSet(features, targets, mask, mask)
              : new DataSet(features, targets));
      steps.add(Arrays.stream(lengths).sum());
    }
  }

  private static int number(Map<String, String> words, String name) {
    return Integer.parseInt(words.get(name));
  }
}
