package io.sparkrnn.network;

import io.sparkrnn.layer.Dense;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Activation;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * From the last states of an encoder's layers to the first states of a decoder's: the same where
 * both have the same layers in one direction; else s_l = tanh(W_l e + b_l) for each layer l of the
 * decoder, with e the state (of both directions) of the encoder's layer as far from the top, or its
 * lowest. Parameters {@code l.W}, {@code l.b}.
 *
 * @param spans for each layer of the decoder, what it reads
 * @param copies whether states are handed on as they are
 */
record Bridge(List<Span> spans, boolean copies) {

  /**
   * What a layer of the decoder begins from.
   *
   * @param from first column of the encoder's state
   * @param width columns of it
   * @param to first column of the decoder's state
   * @param size columns of it
   */
  record Span(int from, int width, int to, int size) {}

  static Bridge copying(List<Integer> sizes) {
    return new Bridge(spans(sizes, sizes), true);
  }

  static Bridge mapping(List<Integer> encoder, List<Integer> decoder) {
    return new Bridge(spans(encoder, decoder), false);
  }

  private static List<Span> spans(List<Integer> encoder, List<Integer> decoder) {
    List<Span> spans = new ArrayList<>();
    int to = 0;
    for (int layer = 0; layer < decoder.size(); layer++) {
      int source = Math.max(0, layer + encoder.size() - decoder.size());
      int from = encoder.subList(0, source).stream().mapToInt(Integer::intValue).sum();
      spans.add(new Span(from, encoder.get(source), to, decoder.get(layer)));
      to += decoder.get(layer);
    }
    return spans;
  }

  int outputSize() {
    return spans.stream().mapToInt(Span::size).sum();
  }

  void declare(ParameterLayout.Builder layout) {
    for (int layer = 0; layer < spans.size() && !copies; layer++) {
      dense(layer).declare(layout.child(Integer.toString(layer)), spans.get(layer).width);
    }
  }

  /** Maps B × encoder's state to B × decoder's. */
  Rows forward(Rows last, Pass pass) {
    if (copies) {
      return last;
    }
    Rows states = pass.buffer("states", last.count(), outputSize());
    for (int layer = 0; layer < spans.size(); layer++) {
      Span span = spans.get(layer);
      Rows read = last.columns(span.from, span.width);
      states
          .columns(span.to, span.size)
          .copyFrom(dense(layer).forward(read, pass.child(Integer.toString(layer))));
    }
    return states;
  }

  /** The same backward. */
  Rows backward(Rows dStates, int width, Pass pass) {
    if (copies) {
      return dStates;
    }
    Rows dLast = pass.zeros("dLast", dStates.count(), width);
    for (int layer = 0; layer < spans.size(); layer++) {
      Span span = spans.get(layer);
      Rows dOwn = dStates.columns(span.to, span.size);
      dLast
          .columns(span.from, span.width)
          .add(dense(layer).backward(dOwn, pass.child(Integer.toString(layer))));
    }
    return dLast;
  }

  private Dense dense(int layer) {
    return new Dense(spans.get(layer).size, Activation.TANH);
  }
}
