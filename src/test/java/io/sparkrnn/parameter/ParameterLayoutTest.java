package io.sparkrnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.RandomKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and shapes over one array: offsets, ties, fingerprints, and a random stream a tensor. */
class ParameterLayoutTest {
  private static ParameterLayout.Builder encoder() {
    ParameterLayout.Builder root = ParameterLayout.builder();
    root.child("encoder")
        .child("0")
        .matrix("W", 4, 3, Initializer.normal(1))
        .vector("b", 4, Initializer.zeros());
    return root;
  }

  @Test
  void tensorsLieOneAfterAnotherInTheOrderOfDeclaration() {
    ParameterLayout layout = encoder().table("E", 5, 2, Initializer.zeros()).build();
    assertThat(layout.entries())
        .containsExactly(
            new ParameterLayout.Entry("encoder.0.W", 0, 4, 3, ParameterLayout.Form.MATRIX),
            new ParameterLayout.Entry("encoder.0.b", 12, 1, 4, ParameterLayout.Form.VECTOR),
            new ParameterLayout.Entry("E", 16, 5, 2, ParameterLayout.Form.TABLE));
    assertThat(layout.size()).isEqualTo(26);
    assertThat(layout.entry("E").end()).isEqualTo(26);
    assertThat(layout.describe())
        .containsExactly("encoder.0.W [4, 3]", "encoder.0.b [4]", "E [5, 2]");
    Parameters parameters = new Parameters(layout, new float[26]);
    parameters.rows("encoder.0.b").set(0, 3, 7f);
    assertThat(parameters.values()[15]).isEqualTo(7f);
  }

  @Test
  void aNameDeclaredTwiceIsOneTensor() {
    ParameterLayout once = encoder().build();
    ParameterLayout.Builder tied = encoder();
    tied.child("encoder").child("0").matrix("W", 4, 3, Initializer.zeros());
    assertThat(tied.build().entries()).isEqualTo(once.entries());
    assertThat(tied.build().initialize(RandomKey.ofSeed(1)))
        .as("the first declaration says how it begins")
        .isEqualTo(once.initialize(RandomKey.ofSeed(1)));
  }

  @Test
  void tiedWeightsHaveOneShapeAndOneForm() {
    ParameterLayout.Builder encoder = encoder().child("encoder").child("0");
    assertThatThrownBy(() -> encoder.matrix("W", 3, 4, Initializer.zeros()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder.0.W")
        .hasMessageContaining("[4, 3]")
        .hasMessageContaining("[3, 4]");
    assertThatThrownBy(() -> encoder.table("W", 4, 3, Initializer.zeros()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder.0.W")
        .hasMessageContaining("MATRIX")
        .hasMessageContaining("TABLE");
    assertThatThrownBy(() -> encoder.undecayed("W", 4, 3, Initializer.zeros()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UNDECAYED");
  }

  @Test
  void aFingerprintIsOfNamesShapesAndOrder() {
    String fingerprint = encoder().build().fingerprint();
    assertThat(fingerprint).hasSize(64).isEqualTo(encoder().build().fingerprint());
    assertThat(fingerprint)
        .as("pinned: models on disk carry it")
        .isEqualTo("70f25348460b42e2da5d89dfe07b426645bca2cf236f80966e2f335a3a2a1fdb");
    List<ParameterLayout> others =
        List.of(
            encoder().vector("c", 1, Initializer.zeros()).build(),
            ParameterLayout.builder()
                .matrix("encoder.0.W", 3, 4, Initializer.zeros())
                .vector("encoder.0.b", 4, Initializer.zeros())
                .build(),
            ParameterLayout.builder()
                .vector("encoder.0.b", 4, Initializer.zeros())
                .matrix("encoder.0.W", 4, 3, Initializer.zeros())
                .build());
    assertThat(others).extracting(ParameterLayout::fingerprint).doesNotContain(fingerprint);
  }

  @Test
  void eachTensorHasAStreamOfItsOwn() {
    RandomKey key = RandomKey.ofSeed(3);
    float[] alone = encoder().build().initialize(key);
    ParameterLayout.Builder behind = ParameterLayout.builder();
    behind.matrix("first", 9, 9, Initializer.normal(1));
    behind.matrix("encoder.0.W", 4, 3, Initializer.normal(1));
    float[] other = behind.build().initialize(key);
    for (int i = 0; i < 12; i++) {
      assertThat(other[81 + i]).isEqualTo(alone[i]);
    }
    assertThat(encoder().build().initialize(RandomKey.ofSeed(4))).isNotEqualTo(alone);
  }

  @Test
  void whatIsNotThereIsNamedBesideWhatIs() {
    ParameterLayout layout = encoder().build();
    assertThatThrownBy(() -> layout.entry("encoder.0.U"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder.0.U")
        .hasMessageContaining("encoder.0.W");
    assertThatThrownBy(() -> new Parameters(layout, new float[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 16 parameters, found 15");
  }

  @Test
  void moreValuesThanAnArrayHoldsAreRefused() {
    ParameterLayout.Builder builder =
        ParameterLayout.builder().matrix("A", 1 << 15, 1 << 15, Initializer.zeros());
    assertThatThrownBy(() -> builder.matrix("B", 1 << 15, 1 << 15, Initializer.zeros()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("fewer than 2^31 parameters");
  }
}
