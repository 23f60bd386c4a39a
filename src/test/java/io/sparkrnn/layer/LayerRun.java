package io.sparkrnn.layer;

import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Arrays;

/**
 * A sequence layer of the product, called {@code c}, run on sequences given and returned one by one
 * in the order in which they were given; packing happens inside.
 */
public final class LayerRun {
  private final SequenceLayer layer;
  private final Parameters parameters;
  private final Gradient gradient;
  private final Pass root;
  private SequenceBatch batch = new SequenceBatch(new Packing(new int[] {1}), new float[] {1});
  private Rows output = Rows.zeros(0, 0);
  private Rows last = Rows.zeros(0, 0);
  private Rows dInput = Rows.zeros(0, 0);
  private Rows dInitial = Rows.zeros(0, 0);

  /** Declares the parameters of a layer; all are 0 until set. */
  public LayerRun(SequenceLayer layer, int inputSize) {
    this.layer = layer;
    ParameterLayout.Builder builder = ParameterLayout.builder();
    layer.declare(builder.child("c"), inputSize);
    ParameterLayout layout = builder.build();
    this.parameters = new Parameters(layout, new float[layout.size()]);
    this.gradient = new Gradient(layout);
    this.root = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
    root.begin(Pass.Mode.TRAINING, RandomKey.ofSeed(7));
  }

  /** The parameters; to be followed by {@code pass().parametersChanged()} when written. */
  public Parameters parameters() {
    return parameters;
  }

  /** The gradients. */
  public Gradient gradient() {
    return gradient;
  }

  /** The part of the traversal that belongs to the layer. */
  public Pass pass() {
    return root.child("c");
  }

  /** Runs forward over [sequence][t][input], each sequence from its initial state. */
  public void forward(double[][][] inputs, double[][] initial) {
    root.parametersChanged();
    int[] lengths = Arrays.stream(inputs).mapToInt(sequence -> sequence.length).toArray();
    float[] weights = new float[inputs.length];
    batch = new SequenceBatch(new Packing(lengths), weights);
    last = Rows.zeros(inputs.length, layer.stateSize());
    output = layer.forward(batch, packed(inputs), ranked(initial), last, pass());
  }

  /** Runs forward from states of zero. */
  public void forward(double[][][] inputs) {
    forward(inputs, new double[inputs.length][layer.stateSize()]);
  }

  /** Runs backward from gradients of the outputs [sequence][t][output] and of the last states. */
  public void backward(double[][][] dOutputs, double[][] dLast) {
    dInitial = Rows.zeros(dLast.length, layer.stateSize());
    dInput = layer.backward(batch, packed(dOutputs), ranked(dLast), dInitial, pass());
  }

  /** The packing of the last run. */
  public Packing packing() {
    return batch.packing();
  }

  /** The outputs [t][output] of a sequence. */
  public double[][] output(int sequence) {
    return unpacked(output, sequence);
  }

  /** The last state of a sequence. */
  public double[] last(int sequence) {
    return row(last, rank(sequence));
  }

  /** The gradients [t][input] of the inputs of a sequence. */
  public double[][] inputGradient(int sequence) {
    return unpacked(dInput, sequence);
  }

  /** The gradient of the initial state of a sequence. */
  public double[] initialGradient(int sequence) {
    return row(dInitial, rank(sequence));
  }

  /** The rows [t] of a sequence out of packed ones. */
  public double[][] unpacked(Rows rows, int sequence) {
    int rank = rank(sequence);
    double[][] result = new double[packing().length(rank)][];
    Arrays.setAll(result, t -> row(rows, packing().row(rank, t)));
    return result;
  }

  private int rank(int sequence) {
    for (int rank = 0; rank < packing().sequences(); rank++) {
      if (packing().sequenceAt(rank) == sequence) {
        return rank;
      }
    }
    throw new IllegalArgumentException("no sequence " + sequence);
  }

  private Rows packed(double[][][] sequences) {
    Rows rows = Rows.zeros(packing().totalRows(), sequences[0][0].length);
    for (int rank = 0; rank < sequences.length; rank++) {
      double[][] sequence = sequences[packing().sequenceAt(rank)];
      for (int t = 0; t < sequence.length; t++) {
        setRow(rows, packing().row(rank, t), sequence[t]);
      }
    }
    return rows;
  }

  private Rows ranked(double[][] states) {
    Rows rows = Rows.zeros(states.length, layer.stateSize());
    for (int rank = 0; rank < states.length; rank++) {
      setRow(rows, rank, states[packing().sequenceAt(rank)]);
    }
    return rows;
  }

  private static void setRow(Rows rows, int row, double[] values) {
    for (int j = 0; j < values.length; j++) {
      rows.set(row, j, (float) values[j]);
    }
  }

  private static double[] row(Rows rows, int row) {
    double[] values = new double[rows.width()];
    Arrays.setAll(values, j -> rows.get(row, j));
    return values;
  }
}
