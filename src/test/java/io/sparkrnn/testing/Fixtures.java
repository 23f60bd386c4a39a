package io.sparkrnn.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names of all PyTorch fixtures. */
public final class Fixtures {
  private Fixtures() {}

  /** Every fixture in the folder, so that none can be forgotten. */
  public static List<String> names() {
    try (Stream<Path> files =
        Files.list(Path.of(requireNonNull(Fixtures.class.getResource("/fixtures")).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the folder of fixtures cannot be listed", e);
    }
  }
}
