package io.sparkrnn.layer;

import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Row layers one after another, named 0, 1, … in their order.
 *
 * @param layers in the order of the forward direction
 */
public record RowChain(List<RowLayer> layers) implements RowLayer {

  /** Keeps a copy of the list. */
  public RowChain {
    layers = List.copyOf(layers);
  }

  /** Multi-layer perceptron: hidden layers with an activation, then the output layer. */
  public static RowChain perceptron(List<Integer> hidden, Activation activation, Dense output) {
    List<RowLayer> layers = new ArrayList<>();
    hidden.forEach(size -> layers.add(new Dense(size, activation)));
    layers.add(output);
    return new RowChain(layers);
  }

  @Override
  public int outputSize(int inputSize) {
    int size = inputSize;
    for (RowLayer layer : layers) {
      size = layer.outputSize(size);
    }
    return size;
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    int size = inputSize;
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).declare(layout.child(Integer.toString(i)), size);
      size = layers.get(i).outputSize(size);
    }
  }

  @Override
  public Rows forward(Rows input, Pass pass) {
    Rows rows = input;
    for (int i = 0; i < layers.size(); i++) {
      rows = layers.get(i).forward(rows, pass.child(Integer.toString(i)));
    }
    return rows;
  }

  @Override
  public Rows backward(Rows dOutput, Pass pass) {
    Rows rows = dOutput;
    for (int i = layers.size() - 1; i >= 0; i--) {
      rows = layers.get(i).backward(rows, pass.child(Integer.toString(i)));
    }
    return rows;
  }
}
