package io.sparkrnn.training;

import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ‖∂L/∂θ_l‖ of every layer l, where L is the mean loss of a mini-batch and θ_l the tensors whose
 * names agree up to the last dot: what shows vanishing and exploding gradients. Taken of the last
 * mini-batch of each shard and round, before clipping, and averaged over shards and rounds.
 */
final class GradientNorms {

  private GradientNorms() {}

  /** Names of the layers, in the order of the layout. */
  static List<String> layers(ParameterLayout layout) {
    return layout.entries().stream().map(entry -> layer(entry.name())).distinct().toList();
  }

  /**
   * The norm of every layer.
   *
   * @param gradient a sum over the mini-batch
   * @param weight what turns it into a mean, above 0
   */
  static List<Double> of(Gradient gradient, double weight) {
    Map<String, Double> squares = new LinkedHashMap<>();
    for (ParameterLayout.Entry entry : gradient.layout().entries()) {
      squares.merge(layer(entry.name()), gradient.squaredNorm(entry), Double::sum);
    }
    List<Double> norms = new ArrayList<>();
    squares.values().forEach(square -> norms.add(Math.sqrt(square) / weight));
    return norms;
  }

  private static String layer(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot < 0 ? tensor : tensor.substring(0, dot);
  }
}
