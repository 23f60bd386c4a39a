package io.sparkrnn.network;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Activation;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of a network, apart from the widths that the data decide.
 *
 * @param cell name of a cell, {@code none} for no recurrence, or a class name
 * @param hiddenSizes D of each recurrent layer, from the input upwards
 * @param bidirectional whether every layer runs in both directions
 * @param readout last or mean: which state a classifier of whole sequences sees
 * @param headSizes hidden layers of the classifier g; none for a linear one
 * @param headActivation their activation
 * @param outputBias whether the output layer has a bias (y = V h has none)
 * @param embeddingSizes width of the embedding of each column of ids
 * @param dropout rates
 * @param delays K of the input, then of each hidden layer; one number for all; none for no delays
 * @param skip whether a linear map of the inputs is added to the outputs, past all hidden layers
 */
public record NetworkSettings(
    String cell,
    List<Integer> hiddenSizes,
    boolean bidirectional,
    String readout,
    List<Integer> headSizes,
    String headActivation,
    boolean outputBias,
    List<Integer> embeddingSizes,
    DropoutRates dropout,
    List<Integer> delays,
    boolean skip)
    implements Serializable {

  /** No recurrence: every step sees its own input alone. */
  public static final String NO_CELL = "none";

  /** Readout of h_T. */
  public static final String LAST = "last";

  /** Readout of the mean of all h_t. */
  public static final String MEAN = "mean";

  private static final int MOST_DELAYS = 10_000;

  /** Units of a layer: beyond this, products of sizes leave the whole numbers. */
  private static final int MOST_UNITS = 1_000_000;

  /** {@link #cell}. */
  public static final Setting<String> CELL =
      Setting.openChoice(
          "network.cell",
          "cell",
          "lstm",
          cellNames(),
          "the recurrent cell; none for a network without recurrence; or a class of your own");

  /** {@link #hiddenSizes}. */
  public static final Setting<List<Integer>> HIDDEN_SIZES =
      Setting.integers(
          "network.hiddenSizes",
          "hiddenSizes",
          List.of(64),
          Range.closed(1, MOST_UNITS),
          "units of each hidden layer (and direction), from the input upwards; none, beside cell ="
              + " none, for a linear model of the inputs");

  /** {@link #bidirectional}. */
  public static final Setting<Boolean> BIDIRECTIONAL =
      Setting.bool(
          "network.bidirectional",
          "bidirectional",
          false,
          "whether every recurrent layer runs in both directions");

  /** {@link #readout}. */
  public static final Setting<String> READOUT =
      Setting.choice(
          "network.readout",
          "readout",
          LAST,
          List.of(LAST, MEAN),
          "what a classifier of sequences sees: the last state or the mean of all states");

  /** {@link #headSizes}. */
  public static final Setting<List<Integer>> HEAD_SIZES =
      Setting.integers(
          "network.headSizes",
          "headSizes",
          List.of(),
          Range.closed(1, MOST_UNITS),
          "units of the hidden layers between states and outputs; none for a linear output");

  /** {@link #headActivation}. */
  public static final Setting<String> HEAD_ACTIVATION =
      Setting.choice(
          "network.headActivation",
          "headActivation",
          "tanh",
          Activation.NAMES,
          "activation of those hidden layers");

  /** {@link #outputBias}. */
  public static final Setting<Boolean> OUTPUT_BIAS =
      Setting.bool(
          "network.outputBias",
          "outputBias",
          true,
          "whether the output layer has a bias; the fully connected network y = V h has none");

  /** {@link #embeddingSizes}. */
  public static final Setting<List<Integer>> EMBEDDING_SIZES =
      Setting.integers(
          "network.embeddingSizes",
          "embeddingSizes",
          List.of(32),
          Range.closed(1, MOST_UNITS),
          "width of the embedding of each token view; one number stands for all");

  /** Rate on the inputs of the first layer. */
  public static final Setting<Double> INPUT_DROPOUT =
      dropoutSetting("inputDropout", "dropout rate on the inputs of the first recurrent layer");

  /** Rate between recurrent layers. */
  public static final Setting<Double> LAYER_DROPOUT =
      dropoutSetting("layerDropout", "dropout rate between recurrent layers");

  /** Rate on the rows that the head sees. */
  public static final Setting<Double> OUTPUT_DROPOUT =
      dropoutSetting("outputDropout", "dropout rate on the states that the output layers see");

  /** Rate of rare tokens taken for unknown. */
  public static final Setting<Double> UNKNOWN_RATE =
      dropoutSetting(
          "unknownRate",
          "share of what is looked up and occurs once in the training data that counts as unknown in"
              + " training, so that the unknown one is learnt");

  /** {@link #delays}. */
  public static final Setting<List<Integer>> DELAYS =
      Setting.integers(
          "network.delays",
          "delays",
          List.of(0),
          Range.closed(0, MOST_DELAYS),
          "K: how many past values of the input, then of each hidden layer, the layer above sees"
              + " beside the present ones; one number stands for all; with cell = none a time delay"
              + " network");

  /** {@link #skip}. */
  public static final Setting<Boolean> SKIP =
      Setting.bool(
          "network.skip",
          "skip",
          false,
          "whether a linear map of the inputs, with their delays, is added to the outputs, past all"
              + " hidden layers; weight decay leaves it alone, so draws towards a linear model");

  /** All settings of a network. */
  public static final Settings SETTINGS =
      Settings.of(
          CELL,
          HIDDEN_SIZES,
          BIDIRECTIONAL,
          READOUT,
          HEAD_SIZES,
          HEAD_ACTIVATION,
          OUTPUT_BIAS,
          EMBEDDING_SIZES,
          INPUT_DROPOUT,
          LAYER_DROPOUT,
          OUTPUT_DROPOUT,
          UNKNOWN_RATE,
          DELAYS,
          SKIP);

  /**
   * Rates in [0, 1).
   *
   * @param input on the inputs of the first layer
   * @param layers between recurrent layers
   * @param output on the rows that the head sees
   * @param unknown of rare tokens taken for unknown
   */
  public record DropoutRates(double input, double layers, double output, double unknown)
      implements Serializable {}

  /** Copies the lists. Descriptions written before there were delays name none. */
  @SuppressWarnings("NullAway") // absent in the files of older models
  public NetworkSettings {
    hiddenSizes = new ArrayList<>(hiddenSizes);
    headSizes = new ArrayList<>(headSizes);
    embeddingSizes = new ArrayList<>(embeddingSizes);
    delays = delays == null ? new ArrayList<>() : new ArrayList<>(delays);
  }

  /** Settings without delays and skip. */
  public NetworkSettings(
      String cell,
      List<Integer> hiddenSizes,
      boolean bidirectional,
      String readout,
      List<Integer> headSizes,
      String headActivation,
      boolean outputBias,
      List<Integer> embeddingSizes,
      DropoutRates dropout) {
    this(
        cell,
        hiddenSizes,
        bidirectional,
        readout,
        headSizes,
        headActivation,
        outputBias,
        embeddingSizes,
        dropout,
        List.of(),
        false);
  }

  /**
   * K of a layer that is not the output.
   *
   * @param layer 0 for the input, l for the hidden layer l
   */
  public int delaysOf(int layer) {
    return delays.size() > 1 ? delays.get(layer) : delays.isEmpty() ? 0 : delays.get(0);
  }

  /** Reads the settings of a network out of values. */
  public static NetworkSettings from(Values values) {
    NetworkSettings settings =
        new NetworkSettings(
            values.get(CELL),
            values.get(HIDDEN_SIZES),
            values.getOrDefault(BIDIRECTIONAL),
            values.getOrDefault(READOUT),
            values.getOrDefault(HEAD_SIZES),
            values.getOrDefault(HEAD_ACTIVATION),
            values.getOrDefault(OUTPUT_BIAS),
            values.get(EMBEDDING_SIZES),
            new DropoutRates(
                values.get(INPUT_DROPOUT),
                values.get(LAYER_DROPOUT),
                values.get(OUTPUT_DROPOUT),
                values.get(UNKNOWN_RATE)),
            values.getOrDefault(DELAYS),
            values.getOrDefault(SKIP));
    return settings.requireConsistent();
  }

  /**
   * The settings themselves, if they can build a network.
   *
   * @throws ConfigurationException naming the setting, what was expected and what was found
   */
  public NetworkSettings requireConsistent() {
    if (hiddenSizes.isEmpty() && !cell.equals(NO_CELL)) {
      throw new ConfigurationException(
          "network.hiddenSizes: expected at least one recurrent layer, found none; a network without hidden layers has network.cell = none");
    }
    if (skip && hiddenSizes.isEmpty()) {
      throw new ConfigurationException(
          "network.skip: a network without hidden layers is linear in its inputs already; set it to false, or name network.hiddenSizes");
    }
    if (delays.size() > 1 && delays.size() != hiddenSizes.size() + 1) {
      throw new ConfigurationException(
          "network.delays: expected one number, or one for the input and one for each of the %d network.hiddenSizes, found %d"
              .formatted(hiddenSizes.size(), delays.size()));
    }
    if (bidirectional && delaysOf(hiddenSizes.size()) > 0) {
      throw new ConfigurationException(
          "network.delays: the last layer of a bidirectional network has seen past and future already; name a number for the input and each layer, the last of them 0");
    }
    if (cell.equals(NO_CELL) && bidirectional) {
      throw new ConfigurationException(
          "network.bidirectional: a network without recurrence (network.cell = none) has no direction; set it to false");
    }
    if (dropout.layers > 0 && hiddenSizes.size() <= 1) {
      throw new ConfigurationException(
          "network.layerDropout: there is nothing between the layers of a network with one recurrent layer; use network.outputDropout, or more network.hiddenSizes");
    }
    return this;
  }

  private static List<String> cellNames() {
    List<String> names = new ArrayList<>(Cells.names());
    names.add(NO_CELL);
    return names;
  }

  private static Setting<Double> dropoutSetting(String param, String meaning) {
    return Setting.decimal("network." + param, param, 0, Range.closedOpen(0, 1), meaning);
  }
}
