package io.sparkrnn.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.oracle.ReferenceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What R and statsmodels say of the yearly sunspots of {@code data/}; made by {@code
 * scripts/oracles/write_autoregression.R} and {@code .py}.
 */
final class GoldenNumbers {
  private final JsonNode root;

  private GoldenNumbers(String file) {
    String name = "/statistics/" + file;
    try (InputStream in = GoldenNumbers.class.getResourceAsStream(name)) {
      root = new ObjectMapper().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenNumbers ofR() {
    return new GoldenNumbers("autoregression_r.json");
  }

  static GoldenNumbers ofStatsmodels() {
    return new GoldenNumbers("autoregression_statsmodels.json");
  }

  /** Numbers under a name. */
  double[] get(String... path) {
    JsonNode node = root;
    for (String name : path) {
      node = node.path(name);
    }
    double[] numbers = ReferenceFiles.numbers(node);
    if (numbers.length == 0) {
      throw new IllegalArgumentException("no golden numbers " + String.join("/", path));
    }
    return numbers;
  }

  /** Yearly sunspot numbers 1700 to 1988. */
  static double[] sunspots() {
    try {
      return Files.readAllLines(Path.of("data/sunspots-yearly.csv")).stream()
          .skip(1)
          .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
