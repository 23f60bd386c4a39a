package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedLanguagesTest {
  private static final Path DATA = GeneratedFiles.DATA;
  private static final List<String> PARTS = List.of("train", "validation", "test", "long");

  // The loops of the grammar as a regular expression: a second description beside the generator's.
  private static final String FROM_FOUR = "(XT*VP)*(S|XT*VV)";
  private static final String REBER = "B(TS*X" + FROM_FOUR + "|PT*V(P" + FROM_FOUR + "|V))E";
  private static final String EMBEDDED = "B(T" + REBER + "T|P" + REBER + "P)E";

  @TempDir private Path folder;

  @Test
  void theProgramWritesTheCommittedBytes() throws Exception {
    List<String> files =
        Stream.of("reber", "embedded-reber", "automaton")
            .flatMap(language -> PARTS.stream().map(part -> language + "/" + part + ".jsonl"))
            .toList();
    GeneratedFiles.requireSame("GenerateLanguages.java", folder, files, 1 << 20);
  }

  @Test
  void reberStringsHaveExactlyTheSuccessorsOfTheGrammar() throws IOException {
    checkGrammar("reber", REBER);
  }

  @Test
  void embeddedReberStringsHaveExactlyTheSuccessorsOfTheGrammar() throws IOException {
    checkGrammar("embedded-reber", EMBEDDED);
    for (JsonNode line : lines("embedded-reber", "long")) {
      JsonNode labels = line.get("labels");
      assertThat(labels.get(labels.size() - 2)).isEqualTo(line.get("tokens").get(1));
    }
  }

  @Test
  void automatonLabelsAreTheStatesReached() throws IOException {
    for (String part : PARTS) {
      for (JsonNode line : lines("automaton", part)) {
        int open = 0;
        for (int t = 0; t < line.get("tokens").size(); t++) {
          open += "cba".indexOf(line.get("tokens").get(t).textValue()) - 1;
          assertThat(open).isBetween(0, 3);
          assertThat(line.get("labels").get(t).textValue()).isEqualTo("q" + open);
          assertThat(line.get("successors").get(t).textValue())
              .isEqualTo((open < 3 ? "a" : "") + "b" + (open > 0 ? "c" : ""));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reber", "embedded-reber", "automaton"})
  void whatIsTestedIsUnseenAndLongIsTenTimesLonger(String language) throws IOException {
    Set<String> seen =
        lines(language, "train").stream().map(line -> text(line)).collect(Collectors.toSet());
    for (String part : List.of("validation", "test", "long")) {
      for (JsonNode line : lines(language, part)) {
        assertThat(seen.add(text(line))).as(text(line)).isTrue();
      }
    }
    assertThat(meanLength(language, "long") / meanLength(language, "train")).isBetween(9.5, 10.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reber", "embedded-reber", "automaton"})
  void theTableReaderReadsThem(String language) {
    String path = DATA.resolve(language).resolve("test.jsonl").toString();
    List<Row> rows =
        Reading.rows(
            Reading.read(
                Map.of(
                    "format",
                    "table",
                    "source",
                    "json",
                    "path",
                    path,
                    "columns",
                    List.of("id", "tokens", "labels", "successors"))));
    assertThat(rows).hasSize(200);
    assertThat(rows.get(0).getString(0)).isEqualTo(language + "-test-0001");
    assertThat(rows.get(0).getList(1)).hasSameSizeAs(rows.get(0).getList(2));
    assertThat(rows.get(0).getList(1)).hasSameSizeAs(rows.get(0).getList(3));
  }

  private static void checkGrammar(String language, String expression) throws IOException {
    Pattern grammar = Pattern.compile(expression);
    BiFunction<String, Character, Boolean> legal =
        (prefix, symbol) -> {
          Matcher matcher = grammar.matcher(prefix + symbol);
          return matcher.matches() || matcher.hitEnd();
        };
    for (String part : PARTS) {
      for (JsonNode line : lines(language, part)) {
        String string =
            text(line) + line.get("labels").get(line.get("labels").size() - 1).textValue();
        assertThat(string).matches(grammar);
        for (int t = 1; t < string.length(); t++) {
          String prefix = string.substring(0, t);
          String successors =
              "BEPSTVX"
                  .chars()
                  .filter(symbol -> legal.apply(prefix, (char) symbol))
                  .mapToObj(Character::toString)
                  .collect(Collectors.joining());
          assertThat(line.get("successors").get(t - 1).textValue()).isEqualTo(successors);
          assertThat(line.get("labels").get(t - 1).textValue())
              .isEqualTo(string.substring(t, t + 1));
        }
      }
    }
  }

  private static double meanLength(String language, String part) throws IOException {
    return lines(language, part).stream()
        .mapToInt(line -> line.get("tokens").size())
        .average()
        .orElseThrow();
  }

  private static String text(JsonNode line) {
    StringBuilder text = new StringBuilder();
    line.get("tokens").forEach(token -> text.append(token.textValue()));
    return text.toString();
  }

  private static List<JsonNode> lines(String language, String part) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String line : Files.readAllLines(DATA.resolve(language).resolve(part + ".jsonl"))) {
      lines.add(json.readTree(line));
      assertThat(ids.add(lines.get(lines.size() - 1).get("id").textValue())).isTrue();
    }
    return lines;
  }
}
