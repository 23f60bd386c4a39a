package io.sparkrnn.cell;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Activation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The cells by name; any other name with a dot in it is a user's class. */
public final class Cells {

  private static final Map<String, IntFunction<RecurrentCell>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "srn", size -> new ElmanCell(size, Activation.TANH),
              "srn-logistic", size -> new ElmanCell(size, Activation.LOGISTIC),
              "lstm", LstmCell::new,
              "gru", GruCell::new,
              "gru-reset-before", GruResetBeforeCell::new));

  private Cells() {}

  /** The built-in names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Makes the cell of a name or of a class name. */
  public static RecurrentCell of(String name, int hiddenSize) {
    IntFunction<RecurrentCell> known = BY_NAME.get(name);
    return known != null ? known.apply(hiddenSize) : ofClass(name, hiddenSize);
  }

  private static RecurrentCell ofClass(String name, int hiddenSize) {
    try {
      // Not initialised: no code of a class runs before it is known to be a cell.
      Class<? extends RecurrentCell> type =
          Class.forName(name, false, Thread.currentThread().getContextClassLoader())
              .asSubclass(RecurrentCell.class);
      RecurrentCell cell = type.getConstructor(int.class).newInstance(hiddenSize);
      if (cell.stages().stream().mapToInt(RecurrentCell.Stage::gates).sum() != cell.gates()
          || cell.stages().stream().map(RecurrentCell.Stage::sum).distinct().count() != 1
          || cell.stages().size() > 2
          || cell.stateSize() < hiddenSize) {
        throw new ConfigurationException(
            "network.cell: the stages of %s must be one or two of one kind and cover its %d gates, and its state must hold h"
                .formatted(name, cell.gates()));
      }
      return cell;
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ConfigurationException(
          "network.cell: expected one of %s or the name of a class on the class path, found %s; add its jar with --jars"
              .formatted(names(), name),
          e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ConfigurationException(
          "network.cell: class %s must implement %s and have a public constructor of one int: %s"
              .formatted(name, RecurrentCell.class.getName(), e),
          e);
    }
  }
}
