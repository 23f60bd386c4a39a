package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConllUParserTest {
  private static final String TEXT =
      """
      # newdoc

      # sent_id = s-1
      # text = vámonos al mar
      1-2|vámonos|_|_|_|_|_|_|_|_
      1|vamos|ir|VERB|V|Mood=Imp|0|root|_|_
      2|nos|nosotros|PRON|P|_|1|obj|_|_
      3-4|al|_|_|_|_|_|_|_|_
      3|a|a|ADP|E|_|5|case|_|_
      4|el|el|DET|D|_|5|det|_|_
      4.1|gran|grande|ADJ|A|_|_|_|5:amod|_
      5|mar|mar|NOUN|N|_|1|obl|_|_


      # sent_id = s-2
      1|New York|_|PROPN|_|_|_|_|_|_
      """
          .replace('|', '\t');

  @Test
  void sentencesHaveWordsAloneAndKeepTheirComments() {
    List<ConllUSentence> sentences = parse(TEXT);

    assertThat(sentences).hasSize(2);
    ConllUSentence first = sentences.get(0);
    assertThat(first.tokens())
        .extracting(ConllUToken::form)
        .containsExactly("vamos", "nos", "a", "el", "mar");
    assertThat(first.tokens().get(0))
        .isEqualTo(
            new ConllUToken("vamos", "ir", "VERB", "V", "Mood=Imp", OptionalInt.of(0), "root"));
    assertThat(first.comment("sent_id")).hasValue("s-1");
    assertThat(first.comment("text")).hasValue("vámonos al mar");
    assertThat(first.comment("newdoc")).isEmpty();
    assertThat(first.line()).isEqualTo(6);
    ConllUSentence second = sentences.get(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.tokens().get(0).form()).isEqualTo("New York");
    assertThat(second.tokens().get(0).head()).isEmpty();
  }

  @Test
  void everyColumnCanBeChosen() {
    ConllUToken token = parse(TEXT).get(0).tokens().get(0);
    assertThat(List.of(ConllUColumn.values()))
        .extracting(column -> column.of(token))
        .containsExactly("vamos", "ir", "VERB", "V", "Mood=Imp", "root");
  }

  @Test
  void theLastSentenceNeedsNoBlankLine() {
    assertThat(parse(TEXT.strip())).hasSize(2);
  }

  @Test
  void carriageReturnsDoNotReachTheLastColumn() {
    assertThat(parse(TEXT.replace("\n", "\r\n"))).isEqualTo(parse(TEXT));
  }

  @Test
  void anEmptyFileHasNoSentence() {
    assertThat(parse("")).isEmpty();
    assertThat(parse("# only a comment\n\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1|a|a|X|_|_|0|root|_; expected 10 columns separated by tabs, or a blank line, found 9",
        "1|a|a|X|_|_|0|root|_|_|_; found 11",
        "1 a a X _ _ 0 root _ _; found 1",
        "1||a|X|_|_|0|root|_|_; column 2: expected a value, or _ if there is none",
        "2|a|a|X|_|_|0|root|_|_; column 1 (ID): expected 1, found \"2\"",
        "x|a|a|X|_|_|0|root|_|_; column 1 (ID): expected 1, found \"x\"",
        "1|a|a|X|_|_|-1|root|_|_; column 7 (HEAD): expected the number of a word, 0 or _",
        "1|a|a|X|_|_|99999999999|root|_|_; column 7 (HEAD)",
      })
  void aWrongLineIsRefusedWithItsPlace(String line, String message) {
    String text = TEXT + "\n" + line.replace('|', '\t') + "\n\n";
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.conllu, line 18: ")
        .hasMessageContaining(message);
  }

  @Test
  void aHeadBeyondTheSentenceIsRefused() {
    assertThatThrownBy(() -> parse("1\ta\ta\tX\t_\t_\t2\tdep\t_\t_\n\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("word 1, column 7 (HEAD): expected at most 1")
        .hasMessageContaining("found 2");
  }

  @ParameterizedTest
  @CsvSource({"train, 12544", "dev, 2001", "test, 2077"})
  void englishEwtHasItsPublishedSize(String split, int sentences) throws IOException {
    String file = "en_ewt-ud-" + split + ".conllu.gz";
    try (ConllUParser parser =
        new ConllUParser(
            file,
            new GZIPInputStream(
                Files.newInputStream(SharedData.require("ud_ewt").resolve(file))))) {
      List<ConllUSentence> all = new ArrayList<>();
      parser.forEachRemaining(all::add);
      assertThat(all).hasSize(sentences);
      assertThat(all.stream().flatMap(s -> s.tokens().stream()).map(ConllUToken::upos).distinct())
          .hasSize(17);
      assertThat(all).allSatisfy(s -> assertThat(s.comment("sent_id")).isPresent());
    }
  }

  private static List<ConllUSentence> parse(String text) {
    List<ConllUSentence> sentences = new ArrayList<>();
    new ConllUParser("some.conllu", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .forEachRemaining(sentences::add);
    return sentences;
  }
}
