package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.TestSpark;
import io.sparkrnn.cell.CellStep;
import io.sparkrnn.cell.PeepholeLstmCell;
import io.sparkrnn.cell.RecurrentCell;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model folder is data, whatever stands in it: nothing it names is run, read or believed. */
class HostileModelFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Set by code of classes that no folder may run. */
  private static final String RAN = "sparkrnn.test.hostile.code";

  @TempDir private static Path whole;
  @TempDir private Path folder;
  private Path model;

  @BeforeAll
  static void save() throws IOException {
    Frames.classifier().setMaxIter(1).fit(Frames.sentences(10)).write().save(whole + "/m");
  }

  @BeforeEach
  void copy() throws IOException {
    model = folder.resolve("m");
    try (Stream<Path> files = Files.walk(whole.resolve("m"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!file.toString().endsWith(".crc")) {
          Files.copy(file, model.resolve(whole.resolve("m").relativize(file).toString()));
        }
      }
    }
  }

  @AfterEach
  void allowNothing() {
    hadoop().unset(AllowedCells.PROPERTY);
    System.clearProperty(RAN);
  }

  /** Tells when its class is initialised, and is no cell. */
  public static final class Initialised {
    static {
      System.setProperty(RAN, "a static initialiser");
    }

    /** As a cell is made. */
    public Initialised(int size) {
      System.setProperty(RAN, "a constructor of size " + size);
    }
  }

  /** A cell indeed, but of somebody whom nobody has allowed. */
  public static final class Stranger implements RecurrentCell {
    static {
      System.setProperty(RAN, "a static initialiser of a cell");
    }

    private final int size;

    /** As a cell is made. */
    public Stranger(int size) {
      this.size = size;
    }

    @Override
    public int hiddenSize() {
      return size;
    }

    @Override
    public int gates() {
      return 1;
    }

    @Override
    public int stateSize() {
      return size;
    }

    @Override
    public List<Stage> stages() {
      return List.of(new Stage(1, Sum.ADDED));
    }

    @Override
    public void forward(int stage, CellStep step) {}

    @Override
    public void backward(int stage, CellStep step) {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.ProcessBuilder",
        "java.lang.Runtime",
        "javax.script.ScriptEngineManager",
        "io.sparkrnn.ml.HostileModelFolderTest$Initialised",
        "io.sparkrnn.ml.HostileModelFolderTest$Stranger",
        "[Ljava.lang.String;",
        "org.example.NotThere",
        "lstm,io.sparkrnn.ml.HostileModelFolderTest$Stranger",
        "../../lstm",
        ""
      })
  void aClassThatAFolderNamesIsNeitherLoadedNorRun(String name) throws IOException {
    edit("network.json", root -> settings(root).put("cell", name));
    assertLoading()
        .hasMessageStartingWith("network.json of file:" + model + ": expected a cell among [")
        .hasMessageContaining("or a class that you allow, found " + name)
        .hasMessageEndingWith("set spark.hadoop.sparkrnn.cells=" + name);
    assertThat(System.getProperty(RAN)).isNull();
  }

  @Test
  void aClassThatIsNoCellDoesNotRunEvenWhereItIsAllowed() throws IOException {
    String name = Initialised.class.getName();
    edit("network.json", root -> settings(root).put("cell", name));
    AllowedCells.allow(hadoop(), name);
    assertLoading()
        .hasMessageContaining("class " + name + " must implement " + RecurrentCell.class.getName());
    assertThat(System.getProperty(RAN)).isNull();
  }

  @Test
  void aCellOfOnesOwnIsReadByWhoeverAllowsIt() throws IOException {
    String cell = PeepholeLstmCell.class.getName();
    Path own = folder.resolve("own");
    Frames.classifier()
        .setCell(cell)
        .setMaxIter(1)
        .fit(Frames.sentences(10))
        .write()
        .save("" + own);
    assertThatThrownBy(() -> SequenceClassificationModel.load("" + own))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found " + cell);
    AllowedCells.allow(hadoop(), "org.example.Other");
    AllowedCells.allow(hadoop(), cell);
    assertThat(hadoop().get(AllowedCells.PROPERTY)).isEqualTo("org.example.Other," + cell);
    assertThat(SequenceClassificationModel.load("" + own).description()).contains(cell);
  }

  @Test
  void sparksMetadataNameTheClassThatWasAskedForOrNothing() throws IOException {
    Path metadata;
    try (Stream<Path> parts = Files.list(model.resolve("metadata"))) {
      metadata =
          parts
              .filter(part -> part.getFileName().toString().startsWith("part"))
              .findFirst()
              .orElseThrow();
    }
    String text = Files.readString(metadata);
    Files.writeString(
        metadata,
        text.replace(SequenceClassificationModel.class.getName(), Initialised.class.getName()));
    assertLoading().hasMessageContaining("metadata of file:" + model);
    assertThat(System.getProperty(RAN)).isNull();
  }

  /** Jackson could make objects of classes that a text names; this text finds none that does. */
  @Test
  void typeNamesInJsonMakeNoObjects() throws IOException {
    edit(
        "network.json",
        root -> {
          ((ObjectNode) root.path("network")).put("@class", Initialised.class.getName());
          settings(root).putArray("dropout").add(Initialised.class.getName()).addObject();
        });
    assertLoading().hasMessageContaining("network.json");
    assertThat(System.getProperty(RAN)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "..", "a/../b"})
  void namesOfFilesAreNotTakenFromTheFolder(String name) throws IOException {
    // The names of all files are this program's own: what a manifest would name is not looked at.
    edit("network.json", root -> root.put("parametersFile", name));
    edit("network.json", root -> root.put("summary", name));
    edit("provenance.json", root -> root.putArray("files").add(name));
    assertThat(SequenceClassificationModel.load("" + model).labels()).containsExactly("dry", "wet");
    rename(tensor -> tensor.equals("head.0.W") ? name : tensor);
    assertLoading().hasMessageContaining("expected tensor head.0.W of shape [2, 4], found none");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40, Integer.MAX_VALUE, 100_000_001, 0, 1})
  void aDeclaredLengthOfAHeaderTakesNoMemory(long length) throws IOException {
    Path file = model.resolve("parameters.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(0, length).array());
    assertLoading()
        .hasMessageStartingWith(
            "parameters.safetensors is no valid safetensors file: expected a header of 2 to ")
        .hasMessageEndingWith("found a length of " + Long.toUnsignedString(length));
  }

  @Test
  void declaredShapesTakeNoMemory() throws IOException {
    header("\"shape\":[2,4]", "\"shape\":[2147483647,2147483647]");
    assertLoading().hasMessageContaining("tensor \"head.0.W\": expected fewer than 2^31 values");
    header("\"shape\":[2147483647,2147483647]", "\"shape\":[2147483647]");
    assertLoading()
        .hasMessageContaining(
            "tensor \"head.0.W\": expected 8589934588 bytes for the shape [2147483647]");
    header("\"shape\":[2147483647]", "\"shape\":[-2,-4]");
    assertLoading()
        .hasMessageContaining(
            "tensor \"head.0.W\": shape: expected an array of whole numbers from 0");
  }

  @Test
  void sizesOfANetworkTakeNoMemoryBeforeTheParametersAreThere() throws IOException {
    // The fingerprint fits, so that only the missing parameters tell.
    edit(
        "network.json",
        root -> {
          settings(root).putArray("hiddenSizes").add(20_000);
          try {
            NetworkDescription huge =
                JSON.treeToValue(root.path("network"), NetworkDescription.class);
            root.put("fingerprint", huge.build().layout().fingerprint());
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertLoading()
        .hasMessage(
            "parameters.safetensors: expected tensor encoder.0.W of shape [80000, 3], found [16, 3]");
    for (int size : new int[] {1_000_000_000, Integer.MAX_VALUE, 0, -5}) {
      edit("network.json", root -> settings(root).putArray("hiddenSizes").add(size));
      assertLoading().hasMessageStartingWith("network.json of file:" + model);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void parametersMustBeFinite(String value) throws IOException {
    Path file = model.resolve("parameters.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(bytes.length - 4, Float.parseFloat(value));
    Files.write(file, bytes);
    assertLoading()
        .hasMessageMatching(
            "parameters.safetensors: tensor head.0.b: expected finite numbers, found "
                + value
                + " at index 1; train again, or take the last good checkpoint");
  }

  @Test
  void scalingMustBeOfFiniteNumbers() throws IOException {
    Path series = folder.resolve("series");
    Frames.regressor().setMaxIter(1).fit(Frames.series(6)).write().save("" + series);
    Path file = series.resolve("encoding.json");
    Files.delete(series.resolve(".encoding.json.crc"));
    String text = Files.readString(file);
    for (String wrong : List.of("0", "-1", "\"1\"", "1e999", "null", "[1]")) {
      Files.writeString(
          file,
          text.replaceFirst("\"deviation\" : \\[ [^,]+,", "\"deviation\" : [ " + wrong + ","));
      assertThatThrownBy(() -> SequenceRegressionModel.load("" + series))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(
              "encoding.json of file:" + series + " cannot be read: deviation: expected ")
          .hasMessageContaining("found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.json", "encoding.json", "provenance.json"})
  void jsonOfAnotherFormIsToldByItsFile(String name) throws IOException {
    for (String text : List.of("", "[]", "7", "null", "{} {}", "[".repeat(100_000))) {
      Files.writeString(model.resolve(name), text);
      assertLoading().hasMessageStartingWith(name + " of file:" + model);
    }
    Files.write(model.resolve(name), new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
    assertLoading().hasMessageContaining(name + ": expected UTF-8 text");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertLoading() {
    assertThatThrownBy(() -> ModelFolder.load("" + model, hadoop()))
        .isInstanceOf(DataException.class);
    return assertThatThrownBy(() -> SequenceClassificationModel.load("" + model))
        .isInstanceOf(DataException.class);
  }

  private static Configuration hadoop() {
    return TestSpark.session().sparkContext().hadoopConfiguration();
  }

  private static ObjectNode settings(ObjectNode root) {
    return (ObjectNode) root.path("network").path("settings");
  }

  private void edit(String name, Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(model.resolve(name)));
    change.accept(root);
    Files.writeString(model.resolve(name), root.toString());
  }

  private void rename(java.util.function.UnaryOperator<String> names) throws IOException {
    header("\"head.0.W\"", "\"" + names.apply("head.0.W") + "\"");
  }

  /** Writes the header anew, with its length. */
  private void header(String from, String to) throws IOException {
    Path file = model.resolve("parameters.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(header).contains(from);
    byte[] changed = header.replace(from, to).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(bytes.length - length + changed.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(changed.length)
        .put(changed)
        .put(Arrays.copyOfRange(bytes, 8 + length, bytes.length));
    Files.write(file, out.array());
  }
}
