package io.sparkrnn.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A folder with data of a few rows, and job files over them that train in a moment. */
final class TinyJobs {
  static final String CLASSES = "id STRING, features ARRAY<ARRAY<DOUBLE>>, label STRING";
  static final String LABELS = "id STRING, features ARRAY<STRING>, label ARRAY<STRING>";
  static final String VALUES = "id STRING, features ARRAY<DOUBLE>, label ARRAY<DOUBLE>";

  private final Path folder;

  TinyJobs(Path folder) {
    this.folder = folder;
  }

  /** A path in the folder. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** Where a job file writes its model: beside nothing else. */
  Path model() {
    return path("models/model");
  }

  /** Writes a file of lines and returns its path. */
  String write(String name, String... lines) {
    try {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, String.join("\n", lines) + "\n").toString();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A block of a job file that reads rows of JSON. */
  String block(String name, String schema, String... rows) {
    String file = write(name + ".jsonl", rows);
    return "data.%s { format = table, source = json, schema = \"%s\", path = \"%s\" }"
        .formatted(name, schema, file);
  }

  /** Writes a job file of these lines over small settings. */
  String job(String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("columns.id = id");
    all.add("network { cell = gru, hiddenSizes = [3] }");
    all.add("training { epochs = 2, batchSize = 4, partitions = 2 }");
    all.add("optimizer.learningRate = 0.05");
    all.add("output.model = \"" + model() + "\"");
    return write("job.conf", all.toArray(new String[0]));
  }

  /** Series of two numbers that rise or fall, half of them each, of 2 to 6 steps. */
  static String[] risingAndFalling(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              boolean rises = i % 2 == 0;
              List<List<Double>> steps = new ArrayList<>();
              for (int t = 0; t < 2 + random.nextInt(5); t++) {
                steps.add(List.of((rises ? t : -t) + 0.1 * random.nextGaussian(), 1.0));
              }
              return row("s" + i, steps, "\"" + (rises ? "rise" : "fall") + "\"");
            })
        .toArray(String[]::new);
  }

  /** A row of JSON. */
  static String row(String id, Object features, Object label) {
    return "{\"id\": \"%s\", \"features\": %s, \"label\": %s}".formatted(id, features, label);
  }
}
