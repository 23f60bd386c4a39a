package io.sparkrnn.objective;

import io.sparkrnn.math.Activation;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.oracle.OracleActivation;
import io.sparkrnn.oracle.OracleBidirectional;
import io.sparkrnn.oracle.OracleCell;
import io.sparkrnn.oracle.OracleElmanCell;
import io.sparkrnn.oracle.OracleGruCell;
import io.sparkrnn.oracle.OracleHead;
import io.sparkrnn.oracle.OracleInput;
import io.sparkrnn.oracle.OracleLayer;
import io.sparkrnn.oracle.OracleLstmCell;
import io.sparkrnn.oracle.OracleNetwork;
import io.sparkrnn.oracle.OraclePooling;
import io.sparkrnn.oracle.OracleRecurrent;
import io.sparkrnn.oracle.OracleResetBeforeGruCell;
import io.sparkrnn.oracle.OracleShortcut;
import io.sparkrnn.oracle.OracleStack;
import io.sparkrnn.oracle.OracleTapDelay;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A form of a network on both sides: recurrent layers of 4 and 3 units, or one of 3; the inputs are
 * 2 values and embeddings of 3 and 2.
 */
record NetworkForm(
    String cell,
    int layers,
    boolean bidirectional,
    String readout,
    List<Integer> headSizes,
    String headActivation,
    boolean outputBias,
    boolean skip) {
  private static final List<Integer> EMBEDDINGS = List.of(3, 2);

  private static final Map<String, OracleCell> CELLS =
      Map.of(
          "srn", new OracleElmanCell(OracleActivation.TANH),
          "srn-logistic", new OracleElmanCell(OracleActivation.LOGISTIC),
          "lstm", new OracleLstmCell(),
          "gru", new OracleGruCell(),
          "gru-reset-before", new OracleResetBeforeGruCell());

  /** Without connections past the layers. */
  NetworkForm(
      String cell,
      int layers,
      boolean bidirectional,
      String readout,
      List<Integer> headSizes,
      String headActivation,
      boolean outputBias) {
    this(cell, layers, bidirectional, readout, headSizes, headActivation, outputBias, false);
  }

  NetworkSettings settings() {
    return settings(new NetworkSettings.DropoutRates(0, 0, 0, 0));
  }

  NetworkSettings settings(NetworkSettings.DropoutRates dropout) {
    List<Integer> hiddenSizes = layers == 2 ? List.of(4, 3) : List.of(3);
    return new NetworkSettings(
        cell,
        hiddenSizes,
        bidirectional,
        readout,
        headSizes,
        headActivation,
        outputBias,
        EMBEDDINGS,
        dropout,
        List.of(),
        skip);
  }

  OracleNetwork oracle() {
    OracleCell each = CELLS.get(cell);
    OracleLayer layer = bidirectional ? new OracleBidirectional(each) : new OracleRecurrent(each);
    OracleStack stack = new OracleStack(Collections.nCopies(layers, layer));
    return new OracleNetwork(
        new OracleInput("x", "word", "suffix"),
        skip ? new OracleShortcut(new OracleTapDelay(0, 0, 2 + 3 + 2), stack) : stack,
        new OracleHead(OracleActivation.valueOf(Activation.of(headActivation).name())));
  }

  OraclePooling pooling() {
    return readout.equals(NetworkSettings.LAST) ? OraclePooling.LAST : OraclePooling.MEAN;
  }
}
