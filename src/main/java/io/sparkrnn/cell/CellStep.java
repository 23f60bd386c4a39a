package io.sparkrnn.cell;

import io.sparkrnn.math.Rows;

/**
 * What a cell sees of one time step: {@code rows} sequences, D units, G gates, S values of state.
 * The unroller owns the arrays and moves the positions; a cell reads and writes rows 0 … rows − 1
 * of each through the {@code …At} methods, which return indices into the arrays of the views.
 *
 * <p>Forward, a cell turns pre-activations (in {@link #gates}, and {@link #product} for stages that
 * keep the product apart) into the {@link #next} state, leaving in {@code gates} what its backward
 * direction wants. Backward, {@link #dState} holds ∂loss/∂next on entry and the direct part of
 * ∂loss/∂previous on exit (what flows through U is added by the unroller); {@link #dGates} receives
 * ∂loss/∂(W x + b), {@link #dProduct} ∂loss/∂(U h + b_U).
 */
public final class CellStep {

  private static final int SCRATCH_FLOATS = 512;

  private final Tape tape;
  private final Own own;
  private final int hidden;
  private Rows previous;
  private int rows;
  private int first;
  private int previousFirst;
  private float[][] scratch = {};

  /**
   * The arrays of a whole traversal, all packed rows of all steps unless said otherwise.
   *
   * @param gates rows × G·D
   * @param product rows × G·D; the same as {@code gates} where the products are added at once
   * @param states rows × S
   * @param stageInput rows × D: what a second stage multiplies by its part of U
   * @param dGates rows × G·D
   * @param dProduct rows × G·D; the same as {@code dGates} where products are added at once
   * @param dState B × S
   * @param dStageInput B × D
   */
  public record Tape(
      Rows gates,
      Rows product,
      Rows states,
      Rows stageInput,
      Rows dGates,
      Rows dProduct,
      Rows dState,
      Rows dStageInput) {}

  /** The cell's own parameters and their gradients, by the names it declared. */
  public interface Own {
    /** A tensor. */
    Rows parameter(String name);

    /** Its gradient, to add to. */
    Rows gradient(String name);
  }

  /** Starts a traversal. */
  public CellStep(Tape tape, int hidden, Own own) {
    this.tape = tape;
    this.hidden = hidden;
    this.own = own;
    this.previous = tape.states;
  }

  /**
   * Moves to a step.
   *
   * @param firstRow its first packed row
   * @param count its number of rows
   * @param before view that holds the previous states, S wide
   * @param beforeFirst row of {@code before} that belongs to row 0
   */
  public void moveTo(int firstRow, int count, Rows before, int beforeFirst) {
    first = firstRow;
    rows = count;
    previous = before;
    previousFirst = beforeFirst;
  }

  /**
   * Rows to take at a time when a cell copies blocks of rows into {@link #scratch}. Loops over
   * separate arrays with one common index become vector instructions; loops over blocks of one
   * array, as the gates of a row lie, do not. Copying in and out pays several times over.
   */
  public int scratchRows() {
    return Math.max(1, SCRATCH_FLOATS / hidden);
  }

  /** Arrays for D values of {@link #scratchRows} rows each, of undefined content. */
  public float[][] scratch(int count) {
    if (scratch.length < count) {
      scratch = new float[count][scratchRows() * hidden];
    }
    return scratch;
  }

  /** One block of D of the gates of some rows. */
  public Rows gates(int row, int count, int gate) {
    return tape.gates.slice(first + row, count).columns(gate * hidden, hidden);
  }

  /**
   * The room of some rows' gates as it suits a cell that keeps values there for its backward
   * direction, block by block: one row of {@code count}·D values, those of one gate together.
   */
  public Rows kept(int row, int count, int gate) {
    int size = count * hidden;
    return new Rows(tape.gates.data(), tape.gates.start(first + row) + gate * size, 1, size, size);
  }

  /** One block of D of the products of some rows. */
  public Rows product(int row, int count, int gate) {
    return tape.product.slice(first + row, count).columns(gate * hidden, hidden);
  }

  /** One block of D of the previous states of some rows: block 0 is h. */
  public Rows previous(int row, int count, int part) {
    return previous.slice(previousFirst + row, count).columns(part * hidden, hidden);
  }

  /** One block of D of the next states of some rows: block 0 is h. */
  public Rows next(int row, int count, int part) {
    return tape.states.slice(first + row, count).columns(part * hidden, hidden);
  }

  /** One block of D of the gradients of W x + b of some rows. */
  public Rows dGates(int row, int count, int gate) {
    return tape.dGates.slice(first + row, count).columns(gate * hidden, hidden);
  }

  /** One block of D of the gradients of U h + b_U of some rows. */
  public Rows dProduct(int row, int count, int gate) {
    return tape.dProduct.slice(first + row, count).columns(gate * hidden, hidden);
  }

  /** One block of D of the gradients of the states of some rows: block 0 is that of h. */
  public Rows dState(int row, int count, int part) {
    return tape.dState.slice(row, count).columns(part * hidden, hidden);
  }

  /** Sequences in this step. */
  public int rows() {
    return rows;
  }

  /** D. */
  public int hidden() {
    return hidden;
  }

  /** The cell's own parameters. */
  public Own own() {
    return own;
  }

  /** Pre-activations W x + b on entry of the first stage; whatever the cell likes afterwards. */
  public float[] gates() {
    return tape.gates.data();
  }

  /** Index of gate 0 of a row. */
  public int gatesAt(int row) {
    return tape.gates.start(first + row);
  }

  /** Products U h + b_U; shares the array and index of the gates where products are added. */
  public float[] product() {
    return tape.product.data();
  }

  /** Index of gate 0 of a row among the products. */
  public int productAt(int row) {
    return tape.product.start(first + row);
  }

  /** States before this step. */
  public float[] previous() {
    return previous.data();
  }

  /** Index of a row's previous state. */
  public int previousAt(int row) {
    return previous.start(previousFirst + row);
  }

  /** States after this step. */
  public float[] next() {
    return tape.states.data();
  }

  /** Index of a row's next state; its first D values are h. */
  public int nextAt(int row) {
    return tape.states.start(first + row);
  }

  /** Input of the second stage's product. */
  public float[] stageInput() {
    return tape.stageInput.data();
  }

  /** Index of a row of it. */
  public int stageInputAt(int row) {
    return tape.stageInput.start(first + row);
  }

  /** Gradient of W x + b. */
  public float[] dGates() {
    return tape.dGates.data();
  }

  /** Index of gate 0 of a row among these gradients. */
  public int dGatesAt(int row) {
    return tape.dGates.start(first + row);
  }

  /** Gradient of U h + b_U. */
  public float[] dProduct() {
    return tape.dProduct.data();
  }

  /** Index of gate 0 of a row among these gradients. */
  public int dProductAt(int row) {
    return tape.dProduct.start(first + row);
  }

  /** Gradient of the state: of the next on entry, of the previous on exit. */
  public float[] dState() {
    return tape.dState.data();
  }

  /** Index of a row's gradient of state. */
  public int dStateAt(int row) {
    return tape.dState.start(row);
  }

  /** Gradient of the second stage's input. */
  public float[] dStageInput() {
    return tape.dStageInput.data();
  }

  /** Index of a row of it. */
  public int dStageInputAt(int row) {
    return tape.dStageInput.start(row);
  }
}
