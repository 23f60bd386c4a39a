package io.sparkrnn.job;

import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A small schema, and job files written for one test. */
final class JobFileSamples {
  static final Setting<Integer> EPOCHS =
      Setting.integer("training.epochs", "maxIter", 10, Range.atLeast(1), "Passes over the data.");
  static final Setting<Long> SEED =
      Setting.longInteger("training.seed", "seed", 1L, Range.any(), "Source of randomness.");
  static final Setting<Double> RATE =
      Setting.decimal("optimizer.learningRate", "learningRate", 0.001, Range.above(0), "Step.");
  static final Setting<String> CELL =
      Setting.choice("network.cell", "cell", "lstm", List.of("lstm", "gru"), "Kind of cell.");
  static final Setting<List<Integer>> SIZES =
      Setting.integers("network.sizes", "sizes", List.of(64), Range.atLeast(1), "Units a layer.");
  static final Setting<List<String>> LABELS =
      Setting.texts("data.labels", "labels", List.of(), "Labels in order.");
  static final Setting<String> MODEL =
      Setting.text("output.model", "outputModel", "", "Folder of the model.");
  static final JobSchema SCHEMA =
      new JobSchema(
          Settings.of(EPOCHS, SEED, RATE, CELL, SIZES, LABELS, MODEL),
          List.of("data.train", "data.test"));

  private final Path folder;

  JobFileSamples(Path folder) {
    this.folder = folder;
  }

  /** Writes a file and returns its absolute path. */
  String write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text).toString();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Loads a job of the given text. */
  JobFile load(String text, String... assignments) {
    return load(source(Map.of("HOME_OF_DATA", "/big/disk")), text, assignments);
  }

  JobFile load(JobSource source, String text, String... assignments) {
    return JobFile.load(source, write("x.conf", text), List.of(assignments), SCHEMA);
  }

  static JobSource source(Map<String, String> environment) {
    return new JobSource(new Configuration(false), List.of(), environment);
  }
}
