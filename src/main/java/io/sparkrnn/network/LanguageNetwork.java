package io.sparkrnn.network;

import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Embedding;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.layer.SoftmaxLayer;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;

/**
 * Tokens → embedding → dropout → hidden layers → dropout → states h_t, and the softmax over the
 * next token: p(w_{t+1} | w_1 … w_t) = p(w_{t+1} | h_t) (Mikolov et al. 2010). Parameters: {@code
 * embedding.token.E}, {@code encoder.<layer>.…}, those of the softmax. Bound to no values; not for
 * use by two threads at a time.
 */
public final class LanguageNetwork {

  private final List<String> embeddingPath;
  private final Embedding embedding;
  private final Dropout inputDropout;
  private final SequenceLayer encoder;
  private final Dropout outputDropout;
  private final SoftmaxLayer softmax;
  private final ParameterLayout layout;
  private int[] used = {};

  LanguageNetwork(
      List<String> embeddingPath,
      Embedding embedding,
      Dropout inputDropout,
      SequenceLayer encoder,
      Dropout outputDropout,
      SoftmaxLayer softmax) {
    this.embeddingPath = embeddingPath;
    this.embedding = embedding;
    this.inputDropout = inputDropout;
    this.encoder = encoder;
    this.outputDropout = outputDropout;
    this.softmax = softmax;
    ParameterLayout.Builder network = ParameterLayout.builder();
    ParameterLayout.Builder place = network;
    for (String child : embeddingPath) {
      place = place.child(child);
    }
    embedding.declare(place);
    encoder.declare(network.child("encoder"), embedding.width());
    softmax.declare(network, encoder.outputSize());
    layout = network.build();
  }

  /** Names and shapes of all parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** S: values of state a sequence. */
  public int stateSize() {
    return encoder.stateSize();
  }

  /** The output. */
  public SoftmaxLayer softmax() {
    return softmax;
  }

  /**
   * The states that the softmax sees.
   *
   * @param initial B × S, by rank
   * @param last B × S, receives the last states
   * @return packed rows × D
   */
  public Rows forward(SequenceBatch batch, Rows initial, Rows last, Pass pass) {
    Rows rows = pass.buffer("embedded", batch.totalRows(), embedding.width());
    used = embedding.forward(batch.ids(LanguageDescription.TOKEN), rows, embeddingPass(pass));
    Rows input = inputDropout.forward(rows, pass.child("inputDropout"));
    Rows states = encoder.forward(batch, input, initial, last, pass.child("encoder"));
    return outputDropout.forward(states, pass.child("outputDropout"));
  }

  /**
   * Adds the gradients of the last forward; none goes back beyond the initial states.
   *
   * @param dHidden packed rows × D; may be overwritten
   */
  public void backward(SequenceBatch batch, Rows dHidden, Pass pass) {
    Rows dLast = pass.zeros("dLast", batch.sequences(), stateSize());
    Rows dInitial = pass.buffer("dInitial", batch.sequences(), stateSize());
    Rows dStates = outputDropout.backward(dHidden, pass.child("outputDropout"));
    Rows dInput = encoder.backward(batch, dStates, dLast, dInitial, pass.child("encoder"));
    Rows dEmbedded = inputDropout.backward(dInput, pass.child("inputDropout"));
    embedding.backward(used, dEmbedded, embeddingPass(pass));
  }

  private Pass embeddingPass(Pass pass) {
    Pass place = pass;
    for (String child : embeddingPath) {
      place = place.child(child);
    }
    return place;
  }
}
