package io.sparkrnn.layer;

import io.sparkrnn.cell.CellStep;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.math.Gemm;
import io.sparkrnn.math.Packed;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Unrolls a cell over packed ragged sequences and owns all its matrix products.
 *
 * <p>Parameters: W {@code G·D × M}, U {@code G·D × D}, b and bU {@code G·D}. Forward: W·x + b of
 * all rows of all steps in one product; a step adds U·h + b_U for the sequences still active and
 * hands over to the cell. Backward (Werbos 1990): a step takes the cell backward and adds dz·U to
 * the gradient of h_{t−1}; dW, dX and dU are one product each after the loop, dU against H⁻, the
 * states before each row (t = 0: the initial ones).
 *
 * @param cell the gate mathematics
 */
public record Recurrent(RecurrentCell cell) implements SequenceLayer {

  @Override
  public int outputSize() {
    return cell.hiddenSize();
  }

  @Override
  public int stateSize() {
    return cell.stateSize();
  }

  @Override
  public int forwardSize() {
    return cell.hiddenSize();
  }

  @Override
  public void declare(ParameterLayout.Builder layout, int inputSize) {
    int d = cell.hiddenSize();
    int gates = cell.gates() * d;
    layout.matrix("W", gates, inputSize, Initializer.glorot(d));
    layout.matrix("U", gates, d, Initializer.orthogonalBlocks());
    layout.vector("b", gates, cell.biasInitializer());
    layout.vector("bU", gates, Initializer.zeros());
    cell.declare(layout);
  }

  @Override
  public Rows forward(SequenceBatch batch, Rows input, Rows initial, Rows last, Pass pass) {
    CellStep.Tape tape = forwardTape(batch, pass);
    tape.gates().fillRows(inputBias(pass));
    if (!added()) {
      tape.product().fillRows(pass.parameter("bU"));
    }
    pass.gemm().multiply(false, true, 1f, input, pass.parameter("W"), 1f, tape.gates());
    CellStep step = new CellStep(tape, cell.hiddenSize(), pass);
    List<StageWeights> stages = stages("U", true, pass);
    for (int t = 0; t < batch.steps(); t++) {
      moveTo(step, t, batch, initial, tape.states());
      for (StageWeights stage : stages) {
        multiplyStage(t, stage, batch, tape, initial, pass.gemm());
        cell.forward(stage.index, step);
      }
    }
    for (int rank = 0; rank < batch.sequences(); rank++) {
      last.slice(rank, 1).copyFrom(tape.states().slice(batch.packing().lastRow(rank), 1));
    }
    pass.save("input", input);
    pass.save("initial", initial);
    return tape.states().columns(0, cell.hiddenSize());
  }

  @Override
  public Rows backward(SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    backwardParameters(batch, dOutput, dLast, dInitial, pass);
    Rows input = pass.saved("input");
    Rows dInput = pass.buffer("dInput", input.count(), input.width());
    pass.gemm().multiply(false, false, 1f, pass.saved("dGates"), pass.parameter("W"), 0f, dInput);
    return dInput;
  }

  @Override
  public void backwardParameters(
      SequenceBatch batch, Rows dOutput, Rows dLast, Rows dInitial, Pass pass) {
    CellStep.Tape tape = backwardTape(batch, pass, dInitial);
    Rows initial = pass.saved("initial");
    dInitial.copyFrom(dLast);
    Rows dHidden = dInitial.columns(0, cell.hiddenSize());
    CellStep step = new CellStep(tape, cell.hiddenSize(), pass);
    List<StageWeights> stages = stages("U back", false, pass);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      int first = batch.packing().rowOffset(t);
      int active = batch.packing().activeAt(t);
      dHidden.slice(0, active).add(dOutput.slice(first, active));
      moveTo(step, t, batch, initial, tape.states());
      for (int s = stages.size() - 1; s >= 0; s--) {
        StageWeights stage = stages.get(s);
        cell.backward(s, step);
        Rows target = s == 0 ? dHidden : tape.dStageInput();
        pass.gemm()
            .multiply(
                stage.columns(tape.dProduct().slice(first, active)),
                stage.packed,
                s == 0 ? 1f : 0f,
                target.slice(0, active));
      }
    }
    parameterGradients(batch, tape, initial, stages, pass);
  }

  /** dW, db, dU, dbU, each in one product or sum over all rows. */
  private void parameterGradients(
      SequenceBatch batch, CellStep.Tape tape, Rows initial, List<StageWeights> stages, Pass pass) {
    pass.gemm()
        .multiply(true, false, 1f, tape.dGates(), pass.saved("input"), 1f, pass.gradient("W"));
    Rows sums = pass.zeros("bias sums", 1, cell.gates() * cell.hiddenSize());
    sums.addColumnSums(tape.dGates());
    pass.gradient("b").add(sums);
    if (!added()) {
      sums.fill(0f);
      sums.addColumnSums(tape.dProduct());
    }
    pass.gradient("bU").add(sums);
    Rows before = statesBefore(batch, tape.states(), initial, pass);
    for (StageWeights stage : stages) {
      Rows multiplied = stage.index == 0 ? before : tape.stageInput();
      pass.gemm()
          .multiply(
              true,
              false,
              1f,
              stage.columns(tape.dProduct()),
              multiplied,
              1f,
              stage.rows(pass.gradient("U")));
    }
  }

  private void multiplyStage(
      int t, StageWeights stage, SequenceBatch batch, CellStep.Tape tape, Rows initial, Gemm gemm) {
    int first = batch.packing().rowOffset(t);
    int active = batch.packing().activeAt(t);
    Rows multiplied;
    if (stage.index > 0) {
      multiplied = tape.stageInput().slice(first, active);
    } else if (t == 0) {
      multiplied = initial.slice(0, active).columns(0, cell.hiddenSize());
    } else {
      int before = batch.packing().rowOffset(t - 1);
      multiplied = tape.states().slice(before, active).columns(0, cell.hiddenSize());
    }
    gemm.multiply(multiplied, stage.packed, 1f, stage.columns(tape.product().slice(first, active)));
  }

  /**
   * The part of U of one stage, packed.
   *
   * @param index which stage
   * @param first its first unit among the G·D
   * @param units their number
   * @param packed for the direction at hand
   */
  private record StageWeights(int index, int first, int units, Packed packed) {
    Rows columns(Rows rows) {
      return rows.columns(first, units);
    }

    Rows rows(Rows rows) {
      return rows.slice(first, units);
    }
  }

  private List<StageWeights> stages(String name, boolean transposed, Pass pass) {
    List<StageWeights> stages = new ArrayList<>();
    int first = 0;
    for (int s = 0; s < cell.stages().size(); s++) {
      int units = cell.stages().get(s).gates() * cell.hiddenSize();
      Rows weights = pass.parameter("U").slice(first, units);
      stages.add(
          new StageWeights(s, first, units, pass.packed(name + " " + s, weights, transposed)));
      first += units;
    }
    return stages;
  }

  private boolean added() {
    return cell.stages().get(0).sum() == RecurrentCell.Sum.ADDED;
  }

  /** b, and b_U with it where both are added at once. */
  private Rows inputBias(Pass pass) {
    Rows bias = pass.buffer("bias", 1, cell.gates() * cell.hiddenSize());
    bias.copyFrom(pass.parameter("b"));
    if (added()) {
      bias.add(pass.parameter("bU"));
    }
    return bias;
  }

  private static void moveTo(CellStep step, int t, SequenceBatch batch, Rows initial, Rows states) {
    int first = batch.packing().rowOffset(t);
    int active = batch.packing().activeAt(t);
    if (t == 0) {
      step.moveTo(first, active, initial, 0);
    } else {
      step.moveTo(first, active, states, batch.packing().rowOffset(t - 1));
    }
  }

  /** H⁻: h_{t−1} for the row of every step t. */
  private Rows statesBefore(SequenceBatch batch, Rows states, Rows initial, Pass pass) {
    int d = cell.hiddenSize();
    Rows before = pass.buffer("before", batch.totalRows(), d);
    before.slice(0, batch.sequences()).copyFrom(initial.columns(0, d));
    for (int t = 1; t < batch.steps(); t++) {
      int active = batch.packing().activeAt(t);
      before
          .slice(batch.packing().rowOffset(t), active)
          .copyFrom(states.slice(batch.packing().rowOffset(t - 1), active).columns(0, d));
    }
    return before;
  }

  private CellStep.Tape forwardTape(SequenceBatch batch, Pass pass) {
    int rows = batch.totalRows();
    int gates = cell.gates() * cell.hiddenSize();
    Rows z = pass.buffer("gates", rows, gates);
    Rows product = added() ? z : pass.buffer("product", rows, gates);
    pass.save("product", product);
    Rows stageInput =
        pass.buffer("stageInput", cell.stages().size() > 1 ? rows : 0, cell.hiddenSize());
    Rows states = pass.buffer("states", rows, cell.stateSize());
    Rows none = Rows.zeros(0, 0);
    return new CellStep.Tape(z, product, states, stageInput, none, none, none, none);
  }

  private CellStep.Tape backwardTape(SequenceBatch batch, Pass pass, Rows dState) {
    int rows = batch.totalRows();
    int gates = cell.gates() * cell.hiddenSize();
    Rows z = pass.saved("gates");
    Rows product = pass.saved("product");
    Rows dz = pass.buffer("dGates", rows, gates);
    Rows dProduct = product.data() == z.data() ? dz : pass.buffer("dProduct", rows, gates);
    Rows dStageInput = pass.buffer("dStageInput", batch.sequences(), cell.hiddenSize());
    return new CellStep.Tape(
        z,
        product,
        pass.saved("states"),
        pass.saved("stageInput"),
        dz,
        dProduct,
        dState,
        dStageInput);
  }
}
