package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.testing.Backends;
import org.junit.jupiter.api.Test;

/** A backend is chosen once, by name, with a reason; executors take the resolved name alone. */
class BackendTest {

  @Test
  void autoResolvesToABackendThatWorksAndSaysWhy() {
    Backend.Choice choice = Backend.choose(Backend.AUTO);
    assertThat(choice.name()).isIn(Backend.JAVA, Backend.OPENBLAS, Backend.ONEDNN);
    assertThat(choice.reason()).isNotBlank();
    assertThat(Backend.gemm(choice.name()).name()).isEqualTo(choice.name());
  }

  @Test
  void autoTakesTheNativeOneWhereItLoads() {
    Backends.required(Backend.ONEDNN);
    assertThat(Backend.choose(Backend.AUTO).name()).isEqualTo(Backend.ONEDNN);
  }

  @Test
  void plainJavaIsAlwaysThere() {
    assertThat(Backend.choose(Backend.JAVA)).isEqualTo(new Backend.Choice("java", "", "asked for"));
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Backend.choose("mkl"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("math.backend")
        .hasMessageContaining("openblas")
        .hasMessageContaining("mkl");
    assertThatThrownBy(() -> Backend.gemm(Backend.AUTO))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("resolved");
  }

  @Test
  void anExecutorWithOtherInstructionsRefuses() {
    Backends.required(Backend.ONEDNN);
    Backend.Choice choice = Backend.choose(Backend.ONEDNN);
    assertThat(choice.instructions()).isNotBlank();
    assertThat(Backend.gemm(choice.resolved()).name()).isEqualTo(Backend.ONEDNN);
    assertThatThrownBy(() -> Backend.gemm("onednn/sse41+Katmai"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the driver multiplies by onednn/sse41+Katmai")
        .hasMessageContaining(choice.resolved())
        .hasMessageContaining("math.backend = java");
    assertThatThrownBy(() -> Backend.gemm("openblas/Katmai"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(Backend.choose(Backend.OPENBLAS).resolved());
  }

  @Test
  void plainJavaIsTheSameOnEveryProcessor() {
    assertThat(Backend.choose(Backend.JAVA).resolved()).isEqualTo("java");
    assertThat(Backend.choose(Backend.JAVA, Backend.BF16).resolved()).isEqualTo("java-bf16");
  }
}
