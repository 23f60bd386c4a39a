package io.sparkrnn.network;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.AdditiveScore;
import io.sparkrnn.layer.Attention;
import io.sparkrnn.layer.Dense;
import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Embedding;
import io.sparkrnn.layer.MultiplicativeScore;
import io.sparkrnn.layer.NoAttention;
import io.sparkrnn.layer.Recurrent;
import io.sparkrnn.layer.RowChain;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.layer.SoftAttention;
import io.sparkrnn.layer.Stack;
import io.sparkrnn.math.Activation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is needed to build an encoder–decoder again.
 *
 * @param inputs columns of the source
 * @param settings of the encoder; cell, head and dropout are the decoder's too
 * @param decoder its own settings
 * @param targets C: ids of the target vocabulary, the unknown term's 0 first, and the boundary,
 *     which is the last
 */
public record EncoderDecoderDescription(
    List<InputColumn> inputs, NetworkSettings settings, DecoderSettings decoder, int targets)
    implements Serializable {

  /** Name of the embedding of targets that is not shared. */
  static final String TARGET_EMBEDDING = "target";

  /** Copies the list and checks that the parts go together. */
  public EncoderDecoderDescription {
    inputs = new ArrayList<>(inputs);
    if (settings.cell().equals(NetworkSettings.NO_CELL) || settings.hiddenSizes().isEmpty()) {
      throw new ConfigurationException(
          "network.cell: an encoder-decoder needs a recurrent cell and at least one layer, found "
              + settings.cell()
              + " with network.hiddenSizes "
              + settings.hiddenSizes());
    }
    if (settings.delays().stream().anyMatch(delays -> delays > 0)) {
      throw new ConfigurationException(
          "network.delays: an encoder-decoder has none, found " + settings.delays());
    }
    if (decoder.sharedVocabulary()
        && (inputs.size() != 1
            || inputs.get(0).vocabulary() > targets
            || (decoder.embeddingSize() != 0
                && decoder.embeddingSize() != inputs.get(0).width()))) {
      throw new ConfigurationException(
          "decoder.sharedVocabulary: needs one column of source tokens and one width of embeddings, found %s and decoder.embeddingSize = %d"
              .formatted(inputs, decoder.embeddingSize()));
    }
  }

  /** Id that begins and ends a target. */
  public int boundary() {
    return targets - 1;
  }

  /** The source side as a network of its own: its columns and layers. */
  public NetworkDescription source() {
    return new NetworkDescription(
        sourceInputs(), settings, NetworkDescription.Output.STEP, targets);
  }

  /** Builds the network. */
  public EncoderDecoder build() {
    NetworkDescription source = source();
    SequenceLayer encoder = source.encoder(source.buildInputs().size());
    int top = sizes().get(sizes().size() - 1);
    Attention attention = attention(top, encoder.outputSize());
    Dense last = new Dense(targets, Activation.IDENTITY, settings.outputBias());
    return new EncoderDecoder(
        new EncoderDecoder.Parts(
            source.buildInputs(),
            encoder,
            bridge(),
            embeddingName(),
            new Embedding(targets, embeddingSize(), targets, 0),
            new Stack(decoderLayers(), new Dropout(settings.dropout().layers())),
            attention,
            RowChain.perceptron(
                settings.headSizes(), Activation.of(settings.headActivation()), last)),
        settings.dropout(),
        decoder);
  }

  /** One line for people. */
  public String summary() {
    StringBuilder text = new StringBuilder("encoder-decoder ").append(settings.cell());
    settings.hiddenSizes().forEach(size -> text.append(' ').append(size));
    text.append(settings.bidirectional() ? " bidirectional →" : " →");
    sizes().forEach(size -> text.append(' ').append(size));
    text.append(", attention ").append(decoder.attention());
    if (decoder.inputFeeding()) {
      text.append(", input feeding");
    }
    return text.append(", ").append(targets).append(" outputs").toString();
  }

  /** With a shared vocabulary the source's table has the boundary's row too. */
  private List<InputColumn> sourceInputs() {
    if (!decoder.sharedVocabulary()) {
      return inputs;
    }
    InputColumn column = inputs.get(0);
    return List.of(InputColumn.ids(column.name(), targets, column.rareFrom(), column.width()));
  }

  private String embeddingName() {
    return decoder.sharedVocabulary() ? inputs.get(0).name() : TARGET_EMBEDDING;
  }

  private int embeddingSize() {
    if (decoder.embeddingSize() > 0) {
      return decoder.embeddingSize();
    }
    return decoder.sharedVocabulary()
        ? inputs.get(0).width()
        : settings.embeddingSizes().isEmpty() ? sizes().get(0) : settings.embeddingSizes().get(0);
  }

  private List<Integer> sizes() {
    return decoder.hiddenSizes().isEmpty() ? settings.hiddenSizes() : decoder.hiddenSizes();
  }

  private List<SequenceLayer> decoderLayers() {
    List<SequenceLayer> layers = new ArrayList<>();
    sizes().forEach(size -> layers.add(new Recurrent(Cells.of(settings.cell(), size))));
    return layers;
  }

  private Attention attention(int stateSize, int memorySize) {
    return switch (decoder.attention()) {
      case DecoderSettings.ADDITIVE -> {
        int size = decoder.attentionSize() > 0 ? decoder.attentionSize() : stateSize;
        yield new SoftAttention(new AdditiveScore(size), memorySize);
      }
      case DecoderSettings.MULTIPLICATIVE ->
          new SoftAttention(new MultiplicativeScore(), memorySize);
      case DecoderSettings.NONE -> new NoAttention();
      default ->
          throw new ConfigurationException(
              "decoder.attention: expected none, additive or multiplicative, found "
                  + decoder.attention());
    };
  }

  /** From each layer of the encoder, counted from the top, to the decoder's of the same place. */
  private Bridge bridge() {
    int directions = settings.bidirectional() ? 2 : 1;
    List<Integer> from =
        settings.hiddenSizes().stream().map(size -> directions * stateSize(size)).toList();
    List<Integer> to = sizes().stream().map(this::stateSize).toList();
    return directions == 1 && from.equals(to) ? Bridge.copying(from) : Bridge.mapping(from, to);
  }

  private int stateSize(int size) {
    return Cells.of(settings.cell(), size).stateSize();
  }
}
