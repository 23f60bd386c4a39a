package io.sparkrnn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Public data sets that are not the project's to redistribute. They are looked for in the folder
 * that the environment variable {@code SPARK_RNN_DATA} names, else in {@code ../shared/data}.
 */
public final class SharedData {
  private SharedData() {}

  /** The file or folder of that name; without it the test that asks is skipped, and says so. */
  public static Path require(String name) {
    String root = Optional.ofNullable(System.getenv("SPARK_RNN_DATA")).orElse("../shared/data");
    Path path = Path.of(root, name).toAbsolutePath().normalize();
    assumeTrue(
        Files.exists(path),
        "skipped: " + path + " is absent; set SPARK_RNN_DATA to the folder of the data sets");
    return path;
  }
}
