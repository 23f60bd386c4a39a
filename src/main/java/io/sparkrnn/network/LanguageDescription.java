package io.sparkrnn.network;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Embedding;
import io.sparkrnn.layer.SequenceLayer;
import java.io.Serializable;
import java.util.List;

/**
 * All that is needed to build a language model again.
 *
 * @param vocabulary V: ids of tokens, most frequent first
 * @param rareFrom first id of the tokens seen once; V if there are none
 * @param settings form of the network
 * @param softmax form of its output
 */
public record LanguageDescription(
    int vocabulary, int rareFrom, NetworkSettings settings, SoftmaxSettings softmax)
    implements Serializable {

  /** Column of the ids that are read. */
  public static final String TOKEN = "token";

  private static final String EMBEDDING = "embedding";

  /** Builds the network. */
  public LanguageNetwork build() {
    int width = settings.embeddingSizes().get(0);
    SequenceLayer encoder = network().encoder(width);
    if (encoder.forwardSize() != encoder.outputSize()) {
      throw new ConfigurationException(
          "network.bidirectional: a language model must not see what comes; set it to false");
    }
    if (softmax.tied() && width != encoder.outputSize()) {
      throw new ConfigurationException(
          "softmax.tied: expected network.embeddingSizes = [%d], as wide as the last hidden layer, found [%d]"
              .formatted(encoder.outputSize(), width));
    }
    List<String> path = List.of(EMBEDDING, TOKEN);
    return new LanguageNetwork(
        path,
        new Embedding(vocabulary, width, rareFrom, settings.dropout().unknown()),
        new Dropout(settings.dropout().input()),
        encoder,
        new Dropout(settings.dropout().output()),
        softmax.layer(vocabulary, encoder.outputSize(), path));
  }

  /** The same as a network of inputs and outputs: ids in, scores of all tokens out. */
  public NetworkDescription network() {
    return new NetworkDescription(
        List.of(InputColumn.ids(TOKEN, vocabulary, rareFrom, settings.embeddingSizes().get(0))),
        settings,
        NetworkDescription.Output.STEP,
        vocabulary);
  }

  /** One line for people: {@code lstm 512, 65 tokens, full softmax}. */
  public String summary() {
    StringBuilder text = new StringBuilder(settings.cell());
    settings.hiddenSizes().forEach(size -> text.append(' ').append(size));
    return text.append(", %d tokens, %s softmax".formatted(vocabulary, softmax.form()))
        .append(softmax.tied() ? ", tied weights" : "")
        .toString();
  }
}
