package io.sparkrnn.network;

import io.sparkrnn.layer.Attention;
import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Embedding;
import io.sparkrnn.layer.Inputs;
import io.sparkrnn.layer.Memory;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.layer.RowLayer;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.layer.StepLayer;
import io.sparkrnn.layer.Stepped;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Map;

/**
 * Asynchronous sequence to sequence (Cho 2014; Sutskever 2014): an encoder reads the source, a
 * decoder that begins in its last states says the target token by token,
 *
 * <pre>
 * m = encoder(x)      s_0 = bridge(last states)
 * h_t, s_t = decoder([E y_{t−1}; h̃_{t−1}], s_{t−1})   h̃_t = attention(h_t, m)   y_t ~ softmax(V h̃_t + b)
 * </pre>
 *
 * where h̃_{t−1} is an input with input feeding alone. Sources and targets are ragged and packed
 * each by itself. Parameters: {@code embedding.<column>.E}, {@code encoder.<layer>.…}, {@code
 * bridge.<layer>.…}, {@code embedding.target.E}, {@code decoder.<layer>.…}, {@code attention.…},
 * {@code head.<layer>.…}. Bound to no values; for one thread.
 */
public final class EncoderDecoder {

  static final String DECODER = "decoder";
  static final String ATTENTION = "attention";
  static final String HEAD = "head";
  private static final String EMBEDDING = "embedding";
  private static final String ENCODER = "encoder";
  private static final String BRIDGE = "bridge";

  private final Parts parts;
  private final int fedSize;
  private final Dropout inputDropout;
  private final Dropout outputDropout;
  private final ParameterLayout layout;
  private final Teaching teaching;
  private final StepLayer steps;
  private final Map<String, int[]> used = Inputs.ids();

  /**
   * What an encoder–decoder is made of.
   *
   * @param inputs columns of the source side by side
   * @param encoder hidden layers over them
   * @param bridge from its last states to the decoder's first
   * @param embeddingName name of the embedding of targets
   * @param embedding of targets
   * @param layers of the decoder
   * @param attention of its states
   * @param head maps attentional states to scores of all targets
   */
  record Parts(
      Inputs inputs,
      SequenceLayer encoder,
      Bridge bridge,
      String embeddingName,
      Embedding embedding,
      SequenceLayer layers,
      Attention attention,
      RowLayer head) {}

  EncoderDecoder(Parts parts, NetworkSettings.DropoutRates rates, DecoderSettings settings) {
    this.parts = parts;
    this.inputDropout = new Dropout(rates.input());
    this.outputDropout = new Dropout(rates.output());
    this.fedSize = settings.inputFeeding() ? attentionalSize() : 0;
    ParameterLayout.Builder builder = ParameterLayout.builder();
    parts.inputs.declare(builder.child(EMBEDDING));
    parts.embedding.declare(builder.child(EMBEDDING).child(parts.embeddingName));
    parts.encoder.declare(builder.child(ENCODER), parts.inputs.size());
    parts.bridge.declare(builder.child(BRIDGE));
    parts.layers.declare(builder.child(DECODER), embeddingSize() + fedSize);
    parts.attention.declare(
        builder.child(ATTENTION), parts.layers.outputSize(), parts.encoder.outputSize());
    parts.head.declare(builder.child(HEAD), attentionalSize());
    this.layout = builder.build();
    this.steps = new Stepped(parts.layers);
    this.teaching =
        settings.inputFeeding() || settings.samplingRate() > 0
            ? new SteppedTeaching(this, steps, settings)
            : new WholeTeaching(this);
  }

  /** Names and shapes of all parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Values of state a decoding row carries from step to step. */
  public int stateSize() {
    return parts.layers.stateSize() + fedSize;
  }

  /** Scores of all targets, one row a packed row of the target, decoded under the teacher. */
  public Rows forward(PairBatch pair, Pass pass) {
    return taught(pair, encode(pair.source(), pass), pass);
  }

  private Rows taught(PairBatch pair, Encoded encoded, Pass pass) {
    int targets = pair.target().sequences();
    Rows initial = pass.buffer("targetInitial", targets, parts.layers.stateSize());
    for (int rank = 0; rank < targets; rank++) {
      initial.slice(rank, 1).copyFrom(encoded.states.slice(pair.sourceOf()[rank], 1));
    }
    Rows attended = teaching.forward(pair, encoded.memory, initial, pass);
    Rows kept = outputDropout.forward(attended, pass.child("outputDropout"));
    return parts.head.forward(kept, pass.child(HEAD));
  }

  /** Forward and backward over one batch; adds to the gradients. */
  public void learn(PairBatch pair, Loss loss, Pass pass) {
    Encoded encoded = encode(pair.source(), pass);
    Rows scores = taught(pair, encoded, pass);
    loss.gradient(scores);
    Rows dKept = parts.head.backward(scores, pass.child(HEAD));
    Rows dAttended = outputDropout.backward(dKept, pass.child("outputDropout"));
    Rows dInitial = teaching.backward(pair, encoded.memory, dAttended, pass);
    Rows dStates = pass.zeros("dBridged", pair.source().sequences(), dInitial.width());
    for (int rank = 0; rank < dInitial.count(); rank++) {
      dStates.slice(pair.sourceOf()[rank], 1).add(dInitial.slice(rank, 1));
    }
    encodeBack(pair.source(), encoded.memory, dStates, pass);
  }

  /** Turns scores into the gradient of a loss. */
  @FunctionalInterface
  public interface Loss {
    /** Replaces scores, one row a packed row of the target, by ∂loss/∂scores. */
    void gradient(Rows scores);
  }

  /**
   * A source read.
   *
   * @param memory what is attended to
   * @param states the decoder's first, a row a rank of the source
   */
  public record Encoded(Memory memory, Rows states) {}

  /** Reads a source. */
  public Encoded encode(SequenceBatch source, Pass pass) {
    Rows columns = parts.inputs.forward(source, pass.child(EMBEDDING), used);
    Rows dropped = inputDropout.forward(columns, pass.child("inputDropout"));
    int size = parts.encoder.stateSize();
    Rows initial = pass.zeros("initial", source.sequences(), size);
    Rows last = pass.buffer("last", source.sequences(), size);
    Rows rows = parts.encoder.forward(source, dropped, initial, last, pass.child(ENCODER));
    Memory memory = Memory.of(source, rows, pass.child("memory"));
    parts.attention.remember(memory, pass.child(ATTENTION));
    return new Encoded(memory, parts.bridge.forward(last, pass.child(BRIDGE)));
  }

  private void encodeBack(SequenceBatch source, Memory memory, Rows dStates, Pass pass) {
    parts.attention.rememberBack(memory, pass.child(ATTENTION));
    int size = parts.encoder.stateSize();
    Rows dLast = parts.bridge.backward(dStates, size, pass.child(BRIDGE));
    Rows dInitial = pass.buffer("dInitial", source.sequences(), size);
    Rows dRows = memory.backward(pass.child("memory"));
    if (parts.inputs.learns()) {
      Rows dDropped = parts.encoder.backward(source, dRows, dLast, dInitial, pass.child(ENCODER));
      Rows dColumns = inputDropout.backward(dDropped, pass.child("inputDropout"));
      parts.inputs.backward(dColumns, used, pass.child(EMBEDDING));
    } else {
      parts.encoder.backwardParameters(source, dRows, dLast, dInitial, pass.child(ENCODER));
    }
  }

  /**
   * First states of decoding rows.
   *
   * @param sources rank of the source of each row
   * @param initial rows × S, receives them
   */
  public void begin(Encoded encoded, int[] sources, Rows initial) {
    initial.fill(0f);
    for (int row = 0; row < sources.length; row++) {
      initial
          .slice(row, 1)
          .columns(0, parts.layers.stateSize())
          .copyFrom(encoded.states.slice(sources[row], 1));
    }
  }

  /**
   * One step of decoding, without a teacher.
   *
   * @param tokens said before, the boundary at first
   * @param sources rank of the source of each row
   * @param previous rows × S
   * @param next rows × S, receives the states after the step
   * @return scores of all targets, a row a row; valid until the next step
   */
  public Rows step(
      Encoded encoded, int[] tokens, int[] sources, Rows previous, Rows next, Pass pass) {
    Pass frame = pass.frame(0);
    int own = parts.layers.stateSize();
    Rows embedded = frame.buffer("embedded", tokens.length, embeddingSize());
    lookUp(tokens, embedded, frame);
    Rows input = stepInput(embedded, previous.columns(own, fedSize), false, frame);
    Rows states =
        steps.step(input, previous.columns(0, own), next.columns(0, own), frame.child(DECODER));
    Rows output = parts.attention.forward(encoded.memory, states, sources, frame.child(ATTENTION));
    next.columns(own, fedSize).copyFrom(output.columns(0, fedSize));
    return parts.head.forward(output, frame.child(HEAD));
  }

  int embeddingSize() {
    return parts.embedding.width();
  }

  int fedSize() {
    return fedSize;
  }

  int attentionalSize() {
    return parts.attention.outputSize(parts.layers.outputSize());
  }

  Dropout inputDropout() {
    return inputDropout;
  }

  SequenceLayer layers() {
    return parts.layers;
  }

  Attention attention() {
    return parts.attention;
  }

  RowLayer head() {
    return parts.head;
  }

  void lookUp(int[] ids, Rows embedded, Pass pass) {
    parts.embedding.forward(ids, embedded, targetEmbedding(pass));
  }

  void lookUpBack(int[] ids, Rows dEmbedded, Pass pass) {
    parts.embedding.backward(ids, dEmbedded, targetEmbedding(pass));
  }

  private Pass targetEmbedding(Pass pass) {
    return pass.child(EMBEDDING).child(parts.embeddingName);
  }

  /** [E y_{t−1}; h̃_{t−1}], the latter zero at the start and absent without input feeding. */
  Rows stepInput(Rows embedded, Rows before, boolean start, Pass frame) {
    Rows dropped = inputDropout.forward(embedded, frame.child("targetDropout"));
    if (fedSize == 0) {
      return dropped;
    }
    Rows input = frame.buffer("input", embedded.count(), embeddingSize() + fedSize);
    input.columns(0, embeddingSize()).copyFrom(dropped);
    Rows fed = input.columns(embeddingSize(), fedSize);
    if (start) {
      fed.fill(0f);
    } else {
      fed.copyFrom(before);
    }
    return input;
  }
}
