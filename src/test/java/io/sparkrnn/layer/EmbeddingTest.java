package io.sparkrnn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterLayout;
import io.sparkrnn.parameter.Parameters;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An embedding touches the rows it looked up alone, and learns the unknown term in training. */
class EmbeddingTest {
  private static final int VOCABULARY = 5;
  private static final int WIDTH = 2;

  private static Gradient gradient(Embedding embedding) {
    ParameterLayout.Builder builder = ParameterLayout.builder();
    embedding.declare(builder);
    return new Gradient(builder.build());
  }

  private static Pass pass(Gradient gradient, Pass.Mode mode) {
    float[] values = new float[gradient.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Parameters parameters = new Parameters(gradient.layout(), values);
    Pass pass = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
    pass.begin(mode, RandomKey.ofSeed(9));
    return pass;
  }

  @Test
  void looksUpRowsAndAddsGradientsToThemAlone() {
    Embedding embedding = new Embedding(VOCABULARY, WIDTH, VOCABULARY, 0);
    Gradient gradient = gradient(embedding);
    Pass pass = pass(gradient, Pass.Mode.TRAINING);
    Rows output = Rows.zeros(3, WIDTH);
    int[] used = embedding.forward(new int[] {3, 1, 3}, output, pass);
    assertThat(output.toArray()).containsExactly(6, 7, 2, 3, 6, 7);
    embedding.backward(used, Rows.of(new float[] {1, 2, 10, 20, 100, 200}, 3, WIDTH), pass);
    assertThat(gradient.values()).containsExactly(0, 0, 10, 20, 0, 0, 101, 202, 0, 0);
    Set<Integer> starts = new HashSet<>();
    gradient.forEachRange((from, to, decayed) -> starts.add(from));
    assertThat(starts).containsExactlyInAnyOrder(2, 6);
  }

  @Test
  void takesAShareOfTheRareIdsForTheUnknownOneInTrainingOnly() {
    Embedding embedding = new Embedding(VOCABULARY, WIDTH, 4, 0.3);
    Gradient gradient = gradient(embedding);
    int[] ids = new int[10_000];
    Arrays.fill(ids, 4);
    Rows output = Rows.zeros(ids.length, WIDTH);
    int[] used = embedding.forward(ids, output, pass(gradient, Pass.Mode.TRAINING));
    long unknown = Arrays.stream(used).filter(id -> id == 0).count();
    // Four standard deviations of the share among 10,000 ids are below 0.02.
    assertThat(unknown / 10_000.0).isEqualTo(0.3, within(0.02));
    assertThat(ids).containsOnly(4);
    for (int row = 0; row < 100; row++) {
      assertThat(output.get(row, 0)).isEqualTo(used[row] * WIDTH);
    }
    assertThat(embedding.forward(ids, output, pass(gradient, Pass.Mode.INFERENCE))).containsOnly(4);
  }

  @Test
  void keepsEveryIdThatIsNotRare() {
    Embedding embedding = new Embedding(VOCABULARY, WIDTH, 4, 0.9);
    int[] ids = new int[1000];
    Arrays.setAll(ids, row -> row % 4);
    Rows output = Rows.zeros(ids.length, WIDTH);
    assertThat(embedding.forward(ids, output, pass(gradient(embedding), Pass.Mode.TRAINING)))
        .containsExactly(ids);
  }

  @Test
  void refusesAnIdOutsideItsVocabulary() {
    Embedding embedding = new Embedding(VOCABULARY, WIDTH, VOCABULARY, 0);
    Pass pass = pass(gradient(embedding), Pass.Mode.TRAINING);
    Rows output = Rows.zeros(1, WIDTH);
    assertThatThrownBy(() -> embedding.forward(new int[] {5}, output, pass))
        .hasMessageContaining("5")
        .hasMessageContaining("[0, 5)");
  }
}
