package io.sparkrnn.network;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Gemm;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Packing;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Continues sequences of tokens: reads their beginnings, then draws each next token from what the
 * model expects and reads it in turn. All sequences take a step together. Each has random numbers
 * of its own, so that what a sequence becomes does not depend on which others are drawn with it.
 * For one thread.
 */
public final class TokenGenerator implements AutoCloseable {

  /** Takes tokens as they are drawn. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * One token.
     *
     * @param sequence which sequence it continues
     * @param token its id
     * @return whether the sequence is to go on
     */
    boolean accept(int sequence, int token);
  }

  private final LanguageNetwork network;
  private final int[] never;
  private final Pass pass;

  /**
   * Takes a model.
   *
   * @param parameters N values
   * @param never tokens that are never drawn
   */
  public TokenGenerator(LanguageNetwork network, float[] parameters, int[] never, Gemm gemm) {
    this.network = network;
    this.never = never.clone();
    this.pass =
        new Pass(
            new Parameters(network.layout(), parameters), Gradient.none(network.layout()), gemm);
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
  }

  /**
   * Continues.
   *
   * @param beginnings at least one token each
   * @param length tokens drawn for each at most
   */
  public void generate(
      List<int[]> beginnings, int length, Sampling sampling, RandomKey key, Receiver receiver) {
    List<RandomStream> random = new ArrayList<>();
    for (int s = 0; s < beginnings.size(); s++) {
      random.add(key.child("sequence").child(s).stream());
    }
    int[] active = indices(beginnings.size());
    Rows states = Rows.zeros(beginnings.size(), network.stateSize());
    Rows hidden = read(beginnings, states);
    for (int drawn = 0; drawn < length && active.length > 0; drawn++) {
      Rows distribution = network.softmax().distribution(hidden, pass);
      int[] tokens = new int[active.length];
      boolean[] goesOn = new boolean[active.length];
      for (int row = 0; row < active.length; row++) {
        for (int token : never) {
          distribution.set(row, token, Float.NEGATIVE_INFINITY);
        }
        tokens[row] = sampling.choose(distribution, row, random.get(active[row]));
        goesOn[row] = receiver.accept(active[row], tokens[row]);
      }
      int[] kept = Arrays.stream(indices(active.length)).filter(row -> goesOn[row]).toArray();
      int[] rows = active;
      active = Arrays.stream(kept).map(row -> rows[row]).toArray();
      if (active.length > 0) {
        states = rowsOf(states, kept);
        hidden = step(Arrays.stream(kept).map(row -> tokens[row]).toArray(), states);
      }
    }
  }

  @Override
  public void close() {
    pass.close();
  }

  /** Reads the beginnings; the states behind each, and what the softmax sees there. */
  private Rows read(List<int[]> beginnings, Rows states) {
    int[] lengths = beginnings.stream().mapToInt(beginning -> beginning.length).toArray();
    Packing packing = new Packing(lengths);
    int[] ids = new int[packing.totalRows()];
    for (int rank = 0; rank < lengths.length; rank++) {
      int[] beginning = beginnings.get(packing.sequenceAt(rank));
      for (int t = 0; t < beginning.length; t++) {
        ids[packing.row(rank, t)] = beginning[t];
      }
    }
    Rows last = Rows.zeros(lengths.length, network.stateSize());
    Rows initial = Rows.zeros(lengths.length, network.stateSize());
    Rows all = network.forward(batch(packing, ids), initial, last, pass);
    Rows hidden = Rows.zeros(lengths.length, all.width());
    for (int rank = 0; rank < lengths.length; rank++) {
      int sequence = packing.sequenceAt(rank);
      hidden.slice(sequence, 1).copyFrom(all.slice(packing.lastRow(rank), 1));
      states.slice(sequence, 1).copyFrom(last.slice(rank, 1));
    }
    return hidden;
  }

  /** Reads one token each; the states are changed. */
  private Rows step(int[] tokens, Rows states) {
    int[] ones = new int[tokens.length];
    Arrays.fill(ones, 1);
    Rows next = pass.buffer("next", states.count(), states.width());
    Rows hidden = network.forward(batch(new Packing(ones), tokens), states, next, pass);
    states.copyFrom(next);
    return hidden;
  }

  private static SequenceBatch batch(Packing packing, int[] ids) {
    SequenceBatch batch = new SequenceBatch(packing, new float[packing.sequences()]);
    batch.putIds(Column.ids(LanguageDescription.TOKEN), ids);
    return batch;
  }

  private static Rows rowsOf(Rows rows, int[] kept) {
    if (kept.length == rows.count()) {
      return rows;
    }
    Rows some = Rows.zeros(kept.length, rows.width());
    for (int i = 0; i < kept.length; i++) {
      some.slice(i, 1).copyFrom(rows.slice(kept[i], 1));
    }
    return some;
  }

  private static int[] indices(int count) {
    int[] indices = new int[count];
    Arrays.setAll(indices, i -> i);
    return indices;
  }
}
