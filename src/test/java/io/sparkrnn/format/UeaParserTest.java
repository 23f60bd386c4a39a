package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UeaParserTest {
  private static final String HEADER =
      """
      # a comment
      @problemName Two words
      @TIMESTAMPS false
      @missing true
      @univariate false
      @Dimensions 2
      @equalLength false
      @classLabel true up down

      @data
      """;

  @Test
  void casesAreTimeStepsByDimensionsWithTheirLabels() {
    List<UeaCase> cases = parse(HEADER + "1,2,3:4,5,6:up\n# between\n\n -1.5 , ? :NaN,2e1: down\n");

    assertThat(cases).hasSize(2);
    assertThat(cases.get(0).values()).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}, {3, 6}});
    assertThat(cases.get(0).label()).hasValue("up");
    assertThat(cases.get(0).line()).isEqualTo(11);
    assertThat(Arrays.deepToString(cases.get(1).values())).isEqualTo("[[-1.5, NaN], [NaN, 20.0]]");
    assertThat(cases.get(1).label()).hasValue("down");
    assertThat(cases.get(1).number()).isEqualTo(2);
    assertThat(cases.get(1).line()).isEqualTo(14);
  }

  @Test
  void theFirstMissingValueIsFound() {
    List<UeaCase> cases = parse(HEADER + "1,2:3,4:up\n1,2:3,?:up\n");
    assertThat(cases.get(0).firstMissingStep()).isEmpty();
    assertThat(cases.get(1).firstMissingStep()).hasValue(1);
    assertThat(cases.get(1).missingDimension(1)).hasValue(1);
  }

  @Test
  void theHeaderIsKnown() {
    UeaHeader header = parser(HEADER).header();
    assertThat(header.problem()).isEqualTo("Two words");
    assertThat(header.dimensions()).hasValue(2);
    assertThat(header.equalLength()).isFalse();
    assertThat(header.target()).isEqualTo(UeaHeader.Target.CLASS);
    assertThat(header.labels()).containsExactly("up", "down");
  }

  @Test
  void aUnivariateFileWithNumericTargetsIsRead() {
    List<UeaCase> cases = parse("@univariate true\n@targetLabel true\n@data\n1,2,3:0.25\n");
    assertThat(cases.get(0).values()).isDeepEqualTo(new double[][] {{1}, {2}, {3}});
    assertThat(cases.get(0).label()).hasValue("0.25");
  }

  @Test
  void withoutALabelEveryFieldIsADimension() {
    List<UeaCase> cases = parse("@classLabel false\n@data\n1,2:3,4\n");
    assertThat(cases.get(0).values()).isDeepEqualTo(new double[][] {{1, 3}, {2, 4}});
    assertThat(cases.get(0).label()).isEmpty();
  }

  @Test
  void aFileWithoutCasesIsEmpty() {
    UeaParser parser = parser(HEADER);
    assertThat(parser.hasNext()).isFalse();
    assertThatThrownBy(parser::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2:3,4:left        | line 11: expected a label among [up, down] (@classLabel), found"
            + " \"left\"",
        "1,2:3,4             | line 11: expected a label among [up, down] (@classLabel), found"
            + " \"3,4\"",
        "1,2:3:up            | line 11: dimension 2: expected 2 values as in dimension 1, found 1",
        "1,2:3,x:up          | dimension 2, value 2: expected a finite number, or ? where it is"
            + " missing, found \"x\"",
        "1,2:3,:up           | dimension 2, value 2: expected a finite number",
        "1,2:Infinity,1:up   | dimension 2, value 1: expected a finite number",
        "1,2:up              | expected 2 dimensions separated by \":\" and a label, found 1"
            + " dimensions",
        "1:2:3:up            | found 3 dimensions",
        "up                  | found 0 dimensions",
      })
  void aWrongCaseIsRefusedWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> parse(HEADER + line + "\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.ts, line 11")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@timeStamps true                       | @timeStamps true: expected values alone",
        "@dimensions two                        | line 1: @dimensions: expected a whole number from"
            + " 1, found \"two\"",
        "@dimensions 0                          | expected a whole number from 1, found \"0\"",
        "@missing perhaps                       | line 1: @missing: expected true or false, found"
            + " \"perhaps\"",
        "@classLabel true                       | expected the classes after it, found none",
        "@classLabel true a a                   | expected different classes, found [a, a]",
        "@dimension 2;@dimensions 2             | line 2: @dimensions: expected once",
        "@univariate true;@dimensions 3         | expected @dimensions 1 or none, found 3",
        "@classLabel true a;@targetLabel true   | found both",
        "@colour red                            | line 1: expected a header line",
        "1,2:3,4                                | line 1: expected a header line",
        "@missing                               | line 1: @missing: expected a value, found none",
      })
  void aWrongHeaderIsRefusedWithItsLine(String header, String message) {
    assertThatThrownBy(() -> parse(header.replace(';', '\n') + "\n@data\n1,2:3,4:a\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.ts")
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatEndsBeforeItsDataIsRefused() {
    assertThatThrownBy(() -> parse("@problemName x\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.ts: expected a line @data");
  }

  @Test
  void equalLengthIsHeldWithAndWithoutSeriesLength() {
    assertThatThrownBy(() -> parse("@equalLength true\n@seriesLength 3\n@data\n1,2:3,4\n"))
        .hasMessageContaining(
            "line 4: dimension 1: expected 3 values (@equalLength true), found 2");
    assertThatThrownBy(() -> parse("@equalLength true\n@data\n1,2:3,4\n1:2\n"))
        .hasMessageContaining(
            "line 4: dimension 1: expected 2 values (@equalLength true), found 1");
  }

  @Test
  void japaneseVowelsHasItsPublishedShape() throws IOException {
    List<UeaCase> train = parse(SharedData.require("uea/JapaneseVowels_TRAIN.ts"));
    List<UeaCase> test = parse(SharedData.require("uea/JapaneseVowels_TEST.ts"));

    assertThat(train).hasSize(270);
    assertThat(test).hasSize(370);
    List<UeaCase> all = new ArrayList<>(train);
    all.addAll(test);
    assertThat(all).allSatisfy(c -> assertThat(c.values()[0]).hasSize(12));
    assertThat(all.stream().mapToInt(c -> c.values().length).min()).hasValue(7);
    assertThat(all.stream().mapToInt(c -> c.values().length).max()).hasValue(29);
    assertThat(train.stream().filter(c -> c.label().equals(Optional.of("1"))).count())
        .isEqualTo(30);
    assertThat(train.get(0).values()[0][0]).isEqualTo(1.860936);
  }

  @Test
  void basicMotionsHasItsPublishedShape() throws IOException {
    List<UeaCase> train = parse(SharedData.require("uea/BasicMotions_TRAIN.ts"));
    assertThat(train).hasSize(40);
    assertThat(train).allSatisfy(c -> assertThat(c.values()).hasDimensions(100, 6));
  }

  private static UeaParser parser(String text) {
    return new UeaParser(
        "some.ts", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<UeaCase> parse(String text) {
    return drain(parser(text));
  }

  private static List<UeaCase> parse(Path path) throws IOException {
    try (UeaParser parser =
        new UeaParser(path.getFileName().toString(), Files.newInputStream(path))) {
      return drain(parser);
    }
  }

  private static List<UeaCase> drain(UeaParser parser) {
    List<UeaCase> cases = new ArrayList<>();
    parser.forEachRemaining(cases::add);
    return cases;
  }
}
