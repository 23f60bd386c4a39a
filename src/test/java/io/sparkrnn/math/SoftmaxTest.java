package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Probabilities against strict mathematics, and whatever the size of the scores they sum to 1. */
class SoftmaxTest {
  private static final float NEGATIVE = Float.NEGATIVE_INFINITY;

  private static float[] softmax(float... scores) {
    float[] values = scores.clone();
    Softmax.row(values, 0, values.length);
    return values;
  }

  private static double sum(float[] probabilities) {
    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    return sum;
  }

  @Test
  void probabilitiesAndLogarithmOfTheSumAreThoseOfStrictMath() {
    Random random = new Random(5);
    for (int width : new int[] {1, 2, 3, 10, 1000}) {
      float[] scores = new float[width];
      for (int j = 0; j < width; j++) {
        scores[j] = (float) (8 * random.nextGaussian());
      }
      double[] exponentials = new double[width];
      Arrays.setAll(exponentials, j -> StrictMath.exp(scores[j]));
      double total = Arrays.stream(exponentials).sum();
      float[] found = scores.clone();
      double logarithm = Softmax.row(found, 0, width);
      assertThat(logarithm).isEqualTo(StrictMath.log(total), within(1e-6));
      for (int j = 0; j < width; j++) {
        double expected = exponentials[j] / total;
        // The difference of two scores is rounded to float: 2^−24 of it is in the exponent.
        double relative = 1e-6 + 0x1.0p-23 * Math.abs(scores[j] - logarithm);
        assertThat((double) found[j]).isEqualTo(expected, within(relative * expected));
      }
      assertThat(sum(found)).isEqualTo(1, within(1e-6));
    }
  }

  /** Beside a score of 0 that nothing comes near, a probability is the exponential itself. */
  @Test
  void theExponentialIsExactInProportion() {
    for (float x = -18; x > -87; x -= 1.0f / 512) {
      double exact = StrictMath.exp(x);
      assertThat((double) softmax(0f, x)[1]).as("e^%s", x).isEqualTo(exact, within(3e-7 * exact));
    }
    assertThat(softmax(0f, -87.7f)).containsExactly(1f, 0f);
    float[] wide = new float[20];
    Arrays.fill(wide, -87.7f);
    wide[19] = 0f;
    assertThat(softmax(wide)).endsWith(0f, 1f).startsWith(0f);
  }

  @Test
  void everyPlaceOfABlockAndBeyondItIsTheSame() {
    for (int width : new int[] {1, 3, 4, 7, 15, 16, 19, 255, 256, 257, 514}) {
      for (int at = 0; at < width; at++) {
        float[] scores = new float[width];
        scores[at] = 2f;
        float[] found = softmax(scores);
        double total = width - 1 + StrictMath.exp(2);
        assertThat((double) found[at]).isEqualTo(StrictMath.exp(2) / total, within(1e-6));
        assertThat((double) found[(at + 1) % width])
            .isEqualTo((width == 1 ? StrictMath.exp(2) : 1) / total, within(1e-6));
      }
    }
  }

  @Test
  void equalScoresShareEqually() {
    assertThat(softmax(3f, 3f, 3f, 3f)).containsOnly(0.25f);
    assertThat(softmax(-1e30f, -1e30f)).containsOnly(0.5f);
    assertThat(softmax(7f)).containsExactly(1f);
  }

  @Test
  void largeScoresDoNotOverflow() {
    assertThat(softmax(3e38f, 1f, -3e38f)).containsExactly(1f, 0f, 0f);
    float[] far = {1000f, 1001f};
    assertThat(Softmax.row(far, 0, 2)).isEqualTo(1001.31326169, within(1e-4));
    assertThat(sum(far)).isEqualTo(1, within(1e-6));
    assertThat(far[1] / far[0]).isEqualTo((float) Math.E, within(1e-5f));
  }

  @Test
  void aScoreOfMinusInfinityIsImpossible() {
    assertThat(softmax(NEGATIVE, 0f, 0f)).containsExactly(0f, 0.5f, 0.5f);
  }

  @Test
  void whatIsNotANumberIsNotHidden() {
    assertThat(softmax(0f, Float.NaN, 1f)).containsOnly(Float.NaN);
    assertThat(softmax(0f, Float.POSITIVE_INFINITY)).contains(Float.NaN);
    assertThat(softmax(NEGATIVE, NEGATIVE)).containsOnly(Float.NaN);
    float[] wide = new float[20];
    wide[7] = Float.NaN;
    assertThat(softmax(wide)).containsOnly(Float.NaN);
  }

  @Test
  void onlyTheRowChanges() {
    float[] values = {5, 1, 1, 5};
    Softmax.row(values, 1, 2);
    assertThat(values).containsExactly(5, 0.5f, 0.5f, 5);
  }
}
