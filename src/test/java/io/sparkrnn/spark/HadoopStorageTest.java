package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopStorageTest {

  @TempDir private Path root;

  @Test
  void textAndBytesComeBackAsTheyWent() {
    HadoopStorage folder = storage("model");
    assertThat(folder.exists()).isFalse();
    folder.writeText("a.txt", "größer\n");
    folder.write("b", out -> out.write(new byte[] {1, 2, 3}));
    assertThat(folder.exists()).isTrue();
    assertThat(folder.exists("a.txt")).isTrue();
    assertThat(folder.exists("c")).isFalse();
    assertThat(folder.readText("a.txt")).isEqualTo("größer\n");
    byte[] read = folder.read("b", (in, length) -> in.readNBytes((int) length));
    assertThat(read).containsExactly(1, 2, 3);
  }

  @Test
  void aFolderIsMovedWholeAndMakesItsParents() throws IOException {
    HadoopStorage target = storage("runs/first/model");
    HadoopStorage unfinished = target.beside("new");
    unfinished.writeText("a.txt", "new");
    unfinished.moveTo(target, false);
    assertThat(target.readText("a.txt")).isEqualTo("new");
    assertThat(unfinished.exists()).isFalse();
    assertThat(names("runs/first")).containsExactly("model");
  }

  @Test
  void anExistingFolderIsRefusedAndLeftAsItIs() throws IOException {
    HadoopStorage target = storage("model");
    target.writeText("a.txt", "old");
    HadoopStorage unfinished = target.beside("new");
    unfinished.writeText("a.txt", "new");
    assertThatThrownBy(() -> unfinished.moveTo(target, false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model exists")
        .hasMessageContaining("overwrite");
    assertThat(target.readText("a.txt")).isEqualTo("old");
    unfinished.delete();
    assertThat(names("")).containsExactly("model");
  }

  @Test
  void overwritingReplacesTheWholeFolderAndLeavesNothingBeside() throws IOException {
    HadoopStorage target = storage("model");
    target.writeText("only-old.txt", "old");
    HadoopStorage unfinished = target.beside("new");
    unfinished.writeText("a.txt", "new");
    unfinished.moveTo(target, true);
    assertThat(target.exists("only-old.txt")).isFalse();
    assertThat(target.readText("a.txt")).isEqualTo("new");
    assertThat(names("")).containsExactly("model");
  }

  @Test
  void whatCannotBeMovedLeavesTheOldFolderInItsPlace() throws IOException {
    Files.createDirectory(root.resolve("model"));
    Files.writeString(root.resolve("model/a.txt"), "old");
    HadoopStorage target = refusing("model");
    HadoopStorage unfinished = target.beside("new");
    unfinished.writeText("a.txt", "new");
    assertThatThrownBy(() -> unfinished.moveTo(target, true))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("refused")
        .hasMessageContaining("model");
    assertThat(target.readText("a.txt")).isEqualTo("old");
    assertThat(unfinished.readText("a.txt")).isEqualTo("new");
    unfinished.delete();
    assertThat(names("")).containsExactly("model");
  }

  @Test
  void whatAKilledRunLeftIsRemovedWhenNobodyCanBeWritingItAnyMore() throws IOException {
    HadoopStorage target = storage("model");
    target.writeText("a.txt", "whole");
    String uuid = UUID.randomUUID().toString();
    HadoopStorage old = target.beside(uuid);
    old.writeText("a.txt", "half");
    HadoopStorage nested = old.beside(UUID.randomUUID().toString());
    nested.writeText("a.txt", "half");
    HadoopStorage setAside = target.beside("before." + uuid);
    setAside.writeText("a.txt", "older");
    HadoopStorage fresh = target.beside(UUID.randomUUID().toString());
    fresh.writeText("a.txt", "of a run that is alive");
    Files.createDirectories(root.resolve("_model.notes"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (HadoopStorage left : List.of(old, nested, setAside)) {
      Path path = Path.of(URI.create(left.location()));
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          Files.setLastModifiedTime(file, longAgo);
        }
      }
      Files.setLastModifiedTime(path, longAgo);
    }
    target.clearLeftovers();
    assertThat(names(""))
        .containsExactlyInAnyOrder(
            "model", "_model.notes", Path.of(URI.create(fresh.location())).getFileName() + "");
    assertThat(target.readText("a.txt")).isEqualTo("whole");
  }

  @Test
  void aFolderThatAKilledRunHadSetAsideIsPutBack() throws IOException {
    HadoopStorage target = storage("model");
    HadoopStorage setAside = target.beside("before." + UUID.randomUUID());
    setAside.writeText("a.txt", "old");
    target.clearLeftovers();
    assertThat(target.readText("a.txt")).isEqualTo("old");
    assertThat(names("")).containsExactly("model");
  }

  @Test
  void namesAreSortedAndThoseOfNoFolderAreNone() {
    HadoopStorage folder = storage("model");
    assertThat(folder.names()).isEmpty();
    folder.child("b").writeText("x", "1");
    folder.child("a").writeText("x", "1");
    folder.writeText("c", "1");
    assertThat(folder.names()).containsExactly("a", "b", "c");
  }

  @Test
  void aMissingFileNamesItselfAndItsFolder() {
    HadoopStorage folder = storage("model");
    assertThatThrownBy(() -> folder.readText("network.json"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("network.json is missing")
        .hasMessageContaining("a whole folder");
  }

  @Test
  void aFileWhoseBytesChangedIsRefused() throws IOException {
    HadoopStorage folder = storage("model");
    folder.writeText("a.txt", "as it was written");
    Files.writeString(root.resolve("model/a.txt"), "as it was changed");
    assertThatThrownBy(() -> folder.readText("a.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void anUnknownFileSystemAndAnEmptyNameAreRefused() {
    assertThatThrownBy(() -> new HadoopStorage("nowhere://host/model", new Configuration()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere://host/model")
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> new HadoopStorage("", new Configuration()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("folder");
  }

  private HadoopStorage storage(String name) {
    return new HadoopStorage(root.resolve(name).toString(), new Configuration());
  }

  private HadoopStorage refusing(String name) {
    Configuration configuration = new Configuration();
    configuration.setClass(
        "fs.refusing.impl", RefusingFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    return new HadoopStorage("refusing://" + root.resolve(name), configuration);
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  /** Local files that nobody may rename to a place of the name {@code model}. */
  public static final class RefusingFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("refusing:///");
    }

    @Override
    public String getScheme() {
      return "refusing";
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      boolean isNew = from.getName().endsWith(".new");
      return !isNew && super.rename(from, to);
    }
  }
}
