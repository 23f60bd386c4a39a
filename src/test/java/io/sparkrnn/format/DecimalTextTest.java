package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
  @ParameterizedTest
  @CsvSource({"1,1", "-1.5,-1.5", ".5,0.5", "2e-3,0.002", "+7.,7", "' 3 ',3", "1E2,100"})
  void decimalNumbersAreRead(String text, double value) {
    assertThat(DecimalText.parse(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "abc", "1d", "0x1p3", "NaN", "Infinity", "1e999", "1,5", "--1"})
  void whatIsNoFiniteDecimalNumberIsNone(String text) {
    assertThat(DecimalText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "NaN", "nan", " NAN "})
  void missingMarksAreKnown(String text) {
    assertThat(DecimalText.isMissing(text)).isTrue();
  }
}
