package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a model folder, the message names the file and what to do. */
class DamagedModelFolderTest {

  @TempDir private static Path whole;
  @TempDir private Path damaged;

  @BeforeAll
  static void save() throws IOException {
    Frames.classifier()
        .setMaxIter(1)
        .fit(Frames.sentences(10))
        .write()
        .overwrite()
        .save(whole + "/m");
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(whole.resolve("m"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        // Without the sums of Hadoop's local file system, which would notice every change.
        if (!file.toString().endsWith(".crc")) {
          Files.copy(
              file, damaged.resolve("m" + file.toString().substring((whole + "/m").length())));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.json",
        "parameters.safetensors",
        "encoding.json",
        "history.jsonl",
        "provenance.json"
      })
  void aMissingFile(String name) throws IOException {
    Files.delete(damaged.resolve("m").resolve(name));
    assertLoading().hasMessageContaining(name).hasMessageContaining("missing");
  }

  @Test
  void aMissingFolder() {
    assertThatThrownBy(() -> SequenceClassificationModel.load(damaged + "/other"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no model folder")
        .hasMessageContaining("other");
    assertThatThrownBy(
            () ->
                ModelFolder.load(
                    damaged + "/other", TestSpark.session().sparkContext().hadoopConfiguration()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no model folder");
  }

  @Test
  void missingMetadata() throws IOException {
    for (Path file : List.of(damaged.resolve("m/metadata"))) {
      try (Stream<Path> parts = Files.list(file)) {
        for (Path part : parts.toList()) {
          Files.delete(part);
        }
      }
      Files.delete(file);
    }
    assertLoading()
        .hasMessageContaining("metadata")
        .hasMessageContaining("SequenceClassificationModel");
  }

  @Test
  void aModelOfAnotherTask() {
    assertThatThrownBy(() -> SequenceLabelingModel.load(damaged + "/m"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("SequenceLabelingModel")
        .hasMessageContaining("SequenceClassificationModel");
  }

  @Test
  void aTruncatedFileOfParameters() throws IOException {
    Path file = damaged.resolve("m/parameters.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 6));
    assertLoading().hasMessageContaining("parameters.safetensors").hasMessageContaining("expected");
    Files.write(file, Arrays.copyOf(bytes, 5));
    assertLoading().hasMessageContaining("parameters.safetensors").hasMessageContaining("8 bytes");
  }

  @Test
  void aTensorOfAnotherShape() throws IOException {
    Path file = damaged.resolve("m/parameters.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    byte[] renamed =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
            .replace("encoder.0.W", "encoder.0.X")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(file, renamed);
    assertLoading()
        .hasMessageContaining("parameters.safetensors")
        .hasMessageContaining("encoder.0.W of shape [16, 3]")
        .hasMessageContaining("found none");
  }

  @Test
  void aWrongFingerprint() throws IOException {
    edit("network.json", "\"fingerprint\" : \"", "\"fingerprint\" : \"0");
    assertLoading()
        .hasMessageContaining("network.json")
        .hasMessageContaining("names and shapes of the parameters");
  }

  @Test
  void aFormatOfTheFuture() throws IOException {
    edit("network.json", "\"format\" : 1", "\"format\" : 2");
    assertLoading()
        .hasMessageContaining("network.json")
        .hasMessageContaining("expected format 1, found 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.json", "encoding.json", "history.jsonl", "provenance.json"})
  void aFileThatIsNoJson(String name) throws IOException {
    Files.writeString(damaged.resolve("m").resolve(name), "{ \"format\" : 1,");
    assertLoading().hasMessageContaining(name).hasMessageContaining("not JSON");
  }

  @Test
  void anEncodingWithAPartLeftOut() throws IOException {
    edit("encoding.json", "\"targets\"", "\"goals\"");
    assertLoading().hasMessageContaining("encoding.json").hasMessageContaining("targets");
  }

  @Test
  void anEncodingOfAnotherTraining() throws IOException {
    edit("encoding.json", "\"dry\"", "\"dry\", \"misty\"");
    assertLoading()
        .hasMessageContaining("encoding.json")
        .hasMessageContaining("not those of network.json");
  }

  @Test
  void bytesThatChangedOnDiskAreNoticedWhereTheFileSystemKeepsSums() throws IOException {
    Files.copy(whole.resolve("m/.encoding.json.crc"), damaged.resolve("m/.encoding.json.crc"));
    edit("encoding.json", "\"dry\"", "\"cry\"");
    assertLoading().hasMessageContaining("encoding.json").hasMessageContaining("cannot be read");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertLoading() {
    return assertThatThrownBy(() -> SequenceClassificationModel.load(damaged + "/m"))
        .isInstanceOf(DataException.class);
  }

  private void edit(String name, String from, String to) throws IOException {
    Path file = damaged.resolve("m").resolve(name);
    String text = Files.readString(file);
    org.assertj.core.api.Assertions.assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }
}
