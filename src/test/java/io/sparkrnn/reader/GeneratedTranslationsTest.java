package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated pairs of texts are what they are said to be, and the program's own bytes. */
class GeneratedTranslationsTest {
  private static final List<String> PARTS = List.of("train", "validation", "test", "long");

  @TempDir private Path folder;

  @Test
  void theProgramWritesTheCommittedBytes() throws Exception {
    List<String> files = new ArrayList<>();
    for (String part : PARTS) {
      files.add("translation/copy/" + part + ".tsv");
      files.add("translation/reverse/" + part + ".tsv");
      if (!part.equals("long")) {
        files.add("translation/dates/" + part + ".tsv");
      }
    }
    GeneratedFiles.requireSame("GenerateTranslations.java", folder, files, 1 << 20);
  }

  private static List<String[]> pairs(String name, String part) throws IOException {
    Path file = GeneratedFiles.DATA.resolve("translation/" + name + "/" + part + ".tsv");
    return Files.readAllLines(file).stream().map(line -> line.split("\t", -1)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "reverse"})
  void lettersAreCopiedOrReversedAndNoTextIsThereTwice(String name) throws IOException {
    Set<String> seen = new HashSet<>();
    for (String part : PARTS) {
      for (String[] pair : pairs(name, part)) {
        assertThat(pair[0]).matches(part.equals("long") ? "[a-j]{11,20}" : "[a-j]{3,10}");
        String expected =
            name.equals("copy") ? pair[0] : new StringBuilder(pair[0]).reverse().toString();
        assertThat(pair[1]).isEqualTo(expected);
        assertThat(seen.add(pair[0])).as(pair[0]).isTrue();
      }
    }
  }

  @Test
  void dateSourcesNameTheDayMonthAndYearOfTheirTargetsAndNoDayIsThereTwice() throws IOException {
    Set<LocalDate> seen = new HashSet<>();
    for (String part : List.of("train", "validation", "test")) {
      for (String[] pair : pairs("dates", part)) {
        LocalDate date = LocalDate.parse(pair[1]);
        assertThat(seen.add(date)).as(pair[1]).isTrue();
        assertThat(pair[0]).contains(Integer.toString(date.getYear()));
        assertThat(pair[0]).contains(Integer.toString(date.getDayOfMonth()));
        String month = date.getMonth().toString().toLowerCase(Locale.ROOT).substring(0, 3);
        assertThat(
                pair[0].toLowerCase(Locale.ROOT).contains(month)
                    || pair[0].equals(pair[1].replace("-", ""))
                    || pair[0].equals(
                        date.getDayOfMonth() + "." + date.getMonthValue() + "." + date.getYear())
                    || pair[0].equals(
                        date.getMonthValue() + "/" + date.getDayOfMonth() + "/" + date.getYear()))
            .as(pair[0])
            .isTrue();
      }
    }
  }
}
