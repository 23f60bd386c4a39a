package io.sparkrnn.network;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.layer.AddedColumns;
import io.sparkrnn.layer.Bidirectional;
import io.sparkrnn.layer.ColumnTaps;
import io.sparkrnn.layer.Delayed;
import io.sparkrnn.layer.Dense;
import io.sparkrnn.layer.Dropout;
import io.sparkrnn.layer.Embedding;
import io.sparkrnn.layer.EveryState;
import io.sparkrnn.layer.Inputs;
import io.sparkrnn.layer.LastState;
import io.sparkrnn.layer.MeanState;
import io.sparkrnn.layer.Memoryless;
import io.sparkrnn.layer.Pooling;
import io.sparkrnn.layer.Recurrent;
import io.sparkrnn.layer.RowChain;
import io.sparkrnn.layer.RowLayer;
import io.sparkrnn.layer.SequenceLayer;
import io.sparkrnn.layer.Shortcut;
import io.sparkrnn.layer.Skip;
import io.sparkrnn.layer.Stack;
import io.sparkrnn.layer.TapDelay;
import io.sparkrnn.layer.Taps;
import io.sparkrnn.math.Activation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is needed to build a network again: what travels to executors and stands in a model
 * folder.
 *
 * @param inputs input columns: values first, then ids, in the order of concatenation
 * @param settings form of the network
 * @param output what the outputs are for
 * @param outputs number of outputs: classes, or values a step
 */
public record NetworkDescription(
    List<InputColumn> inputs, NetworkSettings settings, Output output, int outputs)
    implements Serializable {

  /** Which rows the head maps. */
  public enum Output {
    /** One row a sequence. */
    SEQUENCE,
    /** One row a step. */
    STEP
  }

  /** Copies the list. */
  public NetworkDescription {
    inputs = new ArrayList<>(inputs);
  }

  /** Builds the network. */
  public SequenceNetwork build() {
    ColumnTaps taps = columnTaps();
    SequenceLayer encoder = encoder(taps.outputSize());
    Dense last = new Dense(outputs, Activation.IDENTITY, settings.outputBias());
    RowChain perceptron =
        RowChain.perceptron(settings.headSizes(), Activation.of(settings.headActivation()), last);
    RowLayer head =
        settings.skip() ? new Skip(past(taps.outputSize()).outputSize(), perceptron) : perceptron;
    return new SequenceNetwork(
        new SequenceNetwork.Parts(buildInputs(), taps, encoder, pooling(encoder), head, added()),
        settings.dropout());
  }

  /** One line for people: {@code lstm 64 → 64, bidirectional, mean state, 9 outputs}. */
  public String summary() {
    StringBuilder text = new StringBuilder(settings.cell());
    settings.hiddenSizes().forEach(size -> text.append(' ').append(size));
    if (settings.delays().stream().anyMatch(delays -> delays > 0)) {
      text.append(", delays ").append(settings.delays());
    }
    if (settings.bidirectional()) {
      text.append(", bidirectional");
    }
    text.append(output == Output.SEQUENCE ? ", " + settings.readout() + " state" : ", every state");
    if (settings.skip()) {
      text.append(" and linear in the inputs");
    }
    if (!settings.headSizes().isEmpty()) {
      text.append(", head ").append(settings.headSizes());
    }
    return text.append(", ")
        .append(outputs)
        .append(outputs == 1 ? " output" : " outputs")
        .toString();
  }

  private List<AddedColumns> added() {
    List<AddedColumns> added = new ArrayList<>();
    int first = 0;
    for (InputColumn column : ordered()) {
      if (column.added() > 0) {
        if (output != Output.STEP || column.added() * column.width() > outputs) {
          throw new ConfigurationException(
              "network: column %s cannot be added to %d outputs of every step; there are %d of a %s"
                  .formatted(
                      column.name(), column.added() * column.width(), outputs, output.name()));
        }
        added.add(new AddedColumns(first, column.width(), column.added()));
      }
      first += column.width();
    }
    return added;
  }

  /** Delays of the columns, equal ones of adjacent columns as one group. */
  private ColumnTaps columnTaps() {
    List<TapDelay> groups = new ArrayList<>();
    for (InputColumn column : ordered()) {
      int last = groups.size() - 1;
      if (last >= 0 && groups.get(last).taps().equals(column.taps())) {
        int width = groups.get(last).width() + column.width();
        groups.set(last, new TapDelay(column.taps(), width));
      } else {
        groups.add(new TapDelay(column.taps(), column.width()));
      }
    }
    return new ColumnTaps(groups);
  }

  /** Values first, then ids, as {@link Inputs} puts them side by side. */
  private List<InputColumn> ordered() {
    List<InputColumn> ordered = new ArrayList<>(inputs);
    ordered.sort(Comparator.comparing(InputColumn::embedded)); // stable
    return ordered;
  }

  /** The hidden layers. */
  SequenceLayer encoder(int inputSize) {
    List<SequenceLayer> layers = new ArrayList<>();
    int below = inputSize;
    for (int i = 0; i < settings.hiddenSizes().size(); i++) {
      boolean top = i == settings.hiddenSizes().size() - 1;
      Taps after = top ? Taps.upTo(settings.delaysOf(i + 1)) : Taps.NOW;
      layers.add(layer(settings.hiddenSizes().get(i), below, settings.delaysOf(i), after));
      below = layers.get(i).outputSize();
    }
    if (layers.isEmpty()) {
      Taps taps = Taps.upTo(settings.delaysOf(0));
      layers.add(new TapDelay(taps, below));
    }
    Stack stack = new Stack(layers, new Dropout(settings.dropout().layers()));
    return settings.skip() ? new Shortcut(past(inputSize), stack) : stack;
  }

  /** What goes past the hidden layers. */
  private TapDelay past(int inputSize) {
    return new TapDelay(Taps.upTo(settings.delaysOf(0)), inputSize);
  }

  private SequenceLayer layer(int size, int below, int delays, Taps after) {
    return settings.bidirectional()
        ? new Bidirectional(oneWay(size, below, delays, after), oneWay(size, below, delays, after))
        : oneWay(size, below, delays, after);
  }

  private SequenceLayer oneWay(int size, int below, int delays, Taps after) {
    SequenceLayer layer =
        settings.cell().equals(NetworkSettings.NO_CELL)
            ? new Memoryless(new Dense(size, Activation.TANH), size)
            : new Recurrent(Cells.of(settings.cell(), size));
    return delays == 0 && after.equals(Taps.NOW)
        ? layer
        : new Delayed(new TapDelay(Taps.upTo(delays), below), layer, new TapDelay(after, size));
  }

  private Pooling pooling(SequenceLayer encoder) {
    if (output == Output.STEP) {
      return new EveryState();
    }
    return switch (settings.readout()) {
      case NetworkSettings.LAST -> new LastState(encoder.forwardSize());
      case NetworkSettings.MEAN -> new MeanState();
      default ->
          throw new ConfigurationException(
              "network.readout: expected last or mean, found " + settings.readout());
    };
  }

  /** The input columns with their embeddings. */
  Inputs buildInputs() {
    Map<String, Integer> values = new LinkedHashMap<>();
    Map<String, Embedding> embeddings = new LinkedHashMap<>();
    for (InputColumn column : inputs) {
      if (column.embedded()) {
        embeddings.put(
            column.name(),
            new Embedding(
                column.vocabulary(),
                column.width(),
                column.rareFrom(),
                settings.dropout().unknown()));
      } else {
        values.put(column.name(), column.width());
      }
    }
    return new Inputs(values, embeddings);
  }
}
