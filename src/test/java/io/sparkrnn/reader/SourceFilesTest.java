package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.format.NumberedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir private Path folder;

  @Test
  void foldersPatternsAndFilesLeadToTheirFilesByName() throws IOException {
    for (String name : List.of("b.txt", "a.txt", "c.ts", "_SUCCESS", ".hidden")) {
      Reading.write(folder.resolve(name), "x");
    }
    Files.createDirectory(folder.resolve("inside"));
    Reading.write(folder.resolve("inside/d.txt"), "x");

    assertThat(names(folder.toString())).containsExactly("a.txt", "b.txt", "c.ts");
    assertThat(names(folder + "/*.txt")).containsExactly("a.txt", "b.txt");
    assertThat(names(folder + "/c.ts", folder + "/a.txt")).containsExactly("a.txt", "c.ts");
    assertThat(names(folder.toString(), folder + "/a.txt"))
        .containsExactly("a.txt", "b.txt", "c.ts");
    assertThat(names(folder.toUri() + "a.txt")).containsExactly("a.txt");
  }

  @Test
  void aMissingFileIsNamedWithTheWholeAddress() {
    assertThatThrownBy(() -> names(folder + "/absent.ts"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            folder + "/absent.ts: expected a file or folder, found nothing at file:")
        .hasMessageContaining("correct the path");
    assertThatThrownBy(() -> names(folder + "/*.ts")).isInstanceOf(DataException.class);
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThatThrownBy(() -> names(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder + ": expected files to read, found none");
  }

  @Test
  void filesOfOneNameAreRefusedSinceTheirIdsWouldBeTheSame() throws IOException {
    Files.createDirectory(folder.resolve("x"));
    Files.createDirectory(folder.resolve("y"));
    Reading.write(folder.resolve("x/a.txt"), "x");
    Reading.write(folder.resolve("y/a.txt"), "x");
    assertThatThrownBy(() -> names(folder + "/x", folder + "/y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x/a.txt and ")
        .hasMessageContaining("y/a.txt");
  }

  @Test
  void noPathAndNoAddressAreMistakesOfTheConfiguration() {
    assertThatThrownBy(() -> names())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("path: expected a file, folder or pattern");
    assertThatThrownBy(() -> names("a:b:/c"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a:b:/c");
  }

  @Test
  void manyFilesAreParsedByFewTasksAndAllItemsArrive() throws IOException {
    for (int i = 0; i < 50; i++) {
      Reading.write(folder.resolve("f" + i), "x");
    }
    SourceFiles files = SourceFiles.find(TestSpark.session(), List.of(folder.toString()));
    var items = files.parse((file, in) -> IntStream.range(0, 3).mapToObj(file::id).iterator());
    assertThat(items.getNumPartitions()).isBetween(2, 8);
    assertThat(items.collect()).hasSize(150).doesNotHaveDuplicates();
  }

  @Test
  void aFileOfAnotherCompressionThanItsSuffixTellsIsRefused() throws IOException {
    Path file = Reading.write(folder.resolve("a.ts.gz"), "not packed at all\n");
    SourceFiles files = SourceFiles.find(TestSpark.session(), List.of(file.toString()));
    assertThatThrownBy(
            () ->
                files.first(
                    (source, in) ->
                        List.of(new NumberedLines(source.shown(), in).next()).iterator()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.ts.gz");
  }

  private static List<String> names(String... paths) {
    List<String> names = new ArrayList<>();
    SourceFiles.find(TestSpark.session(), List.of(paths))
        .files()
        .forEach(file -> names.add(file.name()));
    return names;
  }
}
