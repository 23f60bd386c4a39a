package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedTextParserTest {
  @Test
  void rowsHaveTheFieldsOfTheHeader() {
    DelimitedTextParser parser = parser("\"time\",\"value\"\n1749,58\r\n\n 1750 ,  62.6", ',');
    assertThat(parser.header()).containsExactly("time", "value");
    assertThat(parser.column("value")).isEqualTo(1);
    assertThat(parser.next()).containsExactly("1749", "58");
    assertThat(parser.line()).isEqualTo(2);
    assertThat(parser.next()).containsExactly("1750", "62.6");
    assertThat(parser.line()).isEqualTo(4);
    assertThat(parser.hasNext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,b,c                | a/b/c",
        "a,,c                 | a//c",
        ",,                   | //",
        "'a,b',c,d            | a,b/c/d",
        "'a''b',''  , c       | a'b//c",
        " 'a' , 'b' , 'c'     | a/b/c",
        "a b,c'd,e            | a b/c'd/e",
      })
  void quotesProtectTheSeparatorAndThemselves(String line, String fields) {
    String text = "x,y,z\n" + line.strip().replace('\'', '"') + "\n";
    assertThat(String.join("/", parser(text, ',').next())).isEqualTo(fields.replace('\'', '"'));
  }

  @Test
  void anotherCharacterCanSeparate() {
    assertThat(parser("a\tb\n1\t\"2\t3\"\n", '\t').next()).containsExactly("1", "2\t3");
    assertThat(parser("a b\n1 2\n", ' ').next()).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1,2,3   | line 2: expected 2 columns as in the header, found 3",
        "1       | line 2: expected 2 columns as in the header, found 1",
        "'1,2    | line 2: expected a closing quote in the same line",
        "'1'2,3  | line 2: expected the separator after a closing quote",
      })
  void aWrongRowIsRefusedWithItsLine(String line, String message) {
    String text = "a,b\n" + line.replace('\'', '"') + "\n";
    List<String> sink = new ArrayList<>();
    assertThatThrownBy(() -> sink.addAll(parser(text, ',').next()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.csv, " + message);
  }

  @Test
  void aWrongHeaderIsRefused() {
    assertThatThrownBy(() -> parser("", ','))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.csv: expected a first line");
    assertThatThrownBy(() -> parser("a,a\n", ','))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("different names");
    assertThatThrownBy(() -> parser("a,b\n", ',').column("c"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a column \"c\", found the columns [a, b]");
  }

  private static DelimitedTextParser parser(String text, char separator) {
    return new DelimitedTextParser(
        "some.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), separator);
  }
}
