package io.sparkrnn.cell;

import io.sparkrnn.parameter.Initializer;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.List;

/**
 * Gate mathematics of a recurrent network. The products W·x + b and U·h + b_U arrive computed; a
 * cell combines them row by row.
 *
 * <p>The products with U come in stages: most cells have one, of all gates, on h_{t−1}. A cell
 * whose second product needs a value made inside the step (GRU with the reset before the product)
 * has two; in stage 0 it writes the second product's input to {@link CellStep#stageInput}.
 *
 * <p>Implement this interface with a public constructor of one {@code int}, the hidden size, and
 * name the class in {@code network.cell} to train a cell of your own. {@code check} then compares
 * its backward direction with differences of its forward one. Cells hold no mutable state.
 */
public interface RecurrentCell {

  /** D: size of h. */
  int hiddenSize();

  /** G: gates, the blocks of D rows in W, U, b and b_U. */
  int gates();

  /** S: values of state a sequence, at least D; the first D are h. */
  int stateSize();

  /** The products with U, in the order of their gates; together they cover all G gates. */
  List<Stage> stages();

  /**
   * One product with U.
   *
   * @param gates number of gates in it
   * @param sum whether the result is wanted added to W x + b at once or apart from it; all stages
   *     of a cell say the same
   */
  record Stage(int gates, Sum sum) {}

  /** Where a product arrives. */
  enum Sum {
    /** In {@link CellStep#gates}, added. */
    ADDED,
    /** In {@link CellStep#product}. */
    APART
  }

  /** Declares parameters of the cell itself (peepholes, gains); most cells have none. */
  default void declare(ParameterLayout.Builder own) {}

  /** How b begins, a vector of G·D; b_U begins at zero. */
  default Initializer biasInitializer() {
    return Initializer.zeros();
  }

  /** Runs a stage for all rows of a step, after its product arrived. */
  void forward(int stage, CellStep step);

  /** Runs a stage backward; stages come in reverse order. */
  void backward(int stage, CellStep step);
}
