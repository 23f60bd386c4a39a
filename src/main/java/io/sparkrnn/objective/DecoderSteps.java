package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.math.Softmax;
import io.sparkrnn.network.EncoderDecoder;
import io.sparkrnn.search.StepModel;

/**
 * A decoder over sources that were read, as a search sees it. It never says the unknown term, id 0.
 *
 * @param network whose decoder it is
 * @param encoded the sources; a search is a rank of them
 * @param boundary id of the end
 * @param pass in inference
 */
record DecoderSteps(EncoderDecoder network, EncoderDecoder.Encoded encoded, int boundary, Pass pass)
    implements StepModel {

  private static final int UNKNOWN = 0;

  @Override
  public int outputs() {
    return boundary + 1;
  }

  @Override
  public boolean sayable(int token) {
    return token != UNKNOWN;
  }

  @Override
  public int stateSize() {
    return network.stateSize();
  }

  @Override
  public void begin(int[] searches, Rows states) {
    network.begin(encoded, searches, states);
  }

  @Override
  public Rows step(int[] tokens, int[] searches, Rows previous, Rows next) {
    Rows scores = network.step(encoded, tokens, searches, previous, next, pass);
    float[] probabilities = new float[scores.width()];
    for (int row = 0; row < scores.count(); row++) {
      int start = scores.start(row);
      System.arraycopy(scores.data(), start, probabilities, 0, probabilities.length);
      float normaliser = (float) Softmax.row(probabilities, 0, probabilities.length);
      for (int c = 0; c < probabilities.length; c++) {
        scores.data()[start + c] -= normaliser;
      }
    }
    return scores;
  }
}
