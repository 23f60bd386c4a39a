package io.sparkrnn.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Golden values that this project did not produce. They lie in a folder {@code reference} beside
 * the data sets: beside the folder that {@code SPARK_RNN_DATA} names, else at {@code
 * ../shared/reference}. Tests are skipped, with a word, where it is absent.
 */
public final class ReferenceFiles {
  private ReferenceFiles() {}

  /** Reads a file of golden values, or skips the test. */
  public static JsonNode json(String fileName) throws IOException {
    Path folder =
        Optional.ofNullable(System.getenv("SPARK_RNN_DATA"))
            .map(data -> Path.of(data).resolveSibling("reference"))
            .orElse(Path.of("..", "shared", "reference"));
    Path file = folder.resolve(fileName);
    assumeTrue(Files.exists(file), () -> "golden values skipped: there is no file " + file);
    return new ObjectMapper().readTree(file.toFile());
  }

  /** The numbers of a node, nested arrays one after another. */
  public static double[] numbers(JsonNode node) {
    if (node.isNumber()) {
      return new double[] {node.doubleValue()};
    }
    return StreamSupport.stream(node.spliterator(), false)
        .map(ReferenceFiles::numbers)
        .reduce(new double[0], Vectors::concatenate);
  }
}
