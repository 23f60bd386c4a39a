package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers are written so that a person sees what matters of them. */
class NumbersTest {

  @Test
  void scores() {
    assertThat(Numbers.score(0.97838)).isEqualTo("0.9784");
    assertThat(Numbers.score(137.04974)).isEqualTo("137.0497");
    assertThat(Numbers.score(12_345.678)).isEqualTo("12,346");
    assertThat(Numbers.score(0.00123456)).isEqualTo("0.0012346");
    assertThat(Numbers.score(1.5e-9)).isEqualTo("1.5e-9");
    assertThat(Numbers.score(-2.34567e12)).isEqualTo("-2.346e12");
    assertThat(Numbers.score(0)).isEqualTo("0.0000");
    assertThat(Numbers.score(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.score(Double.NEGATIVE_INFINITY)).isEqualTo("–");
  }

  @Test
  void figures() {
    assertThat(Numbers.figure(11.7068)).isEqualTo("11.71");
    assertThat(Numbers.figure(0.74391)).isEqualTo("0.7439");
    assertThat(Numbers.figure(123_456)).isEqualTo("123,500");
    assertThat(Numbers.figure(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.figure(0)).isEqualTo("0.0000");
  }

  @Test
  void durations() {
    assertThat(Numbers.duration(42.4)).isEqualTo("0:42");
    assertThat(Numbers.duration(59.6)).isEqualTo("1:00");
    assertThat(Numbers.duration(3 * 3600 + 4 * 60 + 5)).isEqualTo("3:04:05");
    assertThat(Numbers.duration(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.duration(-1)).isEqualTo("–");
  }

  @Test
  void coordinates() {
    assertThat(Numbers.coordinate(10)).isEqualTo("10");
    assertThat(Numbers.coordinate(-0.001)).isEqualTo("0");
    assertThat(Numbers.coordinate(1.239)).isEqualTo("1.24");
    assertThat(Numbers.coordinate(1000)).isEqualTo("1000");
  }
}
