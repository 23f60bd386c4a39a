package io.sparkrnn.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whole trainings, ours beside PyTorch's and Deeplearning4j's: forward, cross-entropy, backward and
 * update on random data, turn by turn, in time steps a second. Ours run as users run them, with
 * parameters averaged once a round; start, data and warm-up count for nobody.
 */
public final class TrainingBenchmark {

  private static final Path ROWS = Path.of("target", "benchmark", "training");
  private static final String OURS_2 = "ours, 2 shards on 2 cores";
  private static final String OURS_1 = "ours, 1 shard on 1 core";
  private static final String PYTORCH_1 = "PyTorch, 1 thread";
  private static final String PYTORCH_2 = "PyTorch, 2 threads";
  private static final String PYTORCH_PROCESSES = "PyTorch, 2 processes of 1 thread, sum";
  private static final String DEEPLEARNING4J = "Deeplearning4j, 1 thread";
  private static final List<String> CONTESTANTS =
      List.of(OURS_2, PYTORCH_2, PYTORCH_PROCESSES, OURS_1, PYTORCH_1, DEEPLEARNING4J);

  private final Options options;
  private final Workload workload;
  private final Map<String, Contestant> running = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();

  private TrainingBenchmark(Options options, Workload workload) {
    this.options = options;
    this.workload = workload;
  }

  /** Options, then names of workloads; see scripts/benchmark. */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(List.of(arguments));
    List<String> names = options.rest().isEmpty() ? Workload.NAMES : options.rest();
    List<Workload> workloads = names.stream().map(Workload::of).toList();
    Files.createDirectories(ROWS);
    for (Workload workload : workloads) {
      System.err.println("== " + workload.name());
      String row = new TrainingBenchmark(options, workload).measure();
      Files.writeString(ROWS.resolve(workload.name() + ".md"), row);
    }
    Page.write("training", page());
  }

  private String measure() {
    try {
      start(OURS_2, "ours", () -> ours(OURS_2, 2));
      start(OURS_1, "ours", () -> ours(OURS_1, 1));
      start(PYTORCH_2, "pytorch", () -> Programs.pytorch(PYTORCH_2, workload, 2, 1));
      start(
          PYTORCH_PROCESSES, "pytorch", () -> Programs.pytorch(PYTORCH_PROCESSES, workload, 1, 2));
      start(PYTORCH_1, "pytorch", () -> Programs.pytorch(PYTORCH_1, workload, 1, 1));
      start(
          DEEPLEARNING4J,
          "deeplearning4j",
          () -> Programs.deeplearning4j(DEEPLEARNING4J, workload));
      requireSameParameters();
      for (int turn = 0; turn < options.repeats(); turn++) {
        CONTESTANTS.stream()
            .filter(running::containsKey)
            .forEach(name -> running.get(name).run(options.seconds()));
      }
      return row();
    } finally {
      running.values().forEach(Contestant::close);
    }
  }

  private Contestant ours(String name, int cores) {
    return Programs.ours(name, workload, cores, cores, options.miniBatches(), options.settings());
  }

  private void start(String name, String group, Supplier<Contestant> starting) {
    if (!options.wants(group)) {
      absent.put(name, "–");
      return;
    }
    try {
      running.put(name, starting.get());
    } catch (IllegalStateException e) {
      System.err.println(name + ": " + e.getMessage());
      absent.put(name, e.getMessage());
    }
  }

  /** Ours and PyTorch's hold the same tensors; Deeplearning4j has one bias where they have two. */
  private void requireSameParameters() {
    Map<String, Long> counts =
        running.values().stream()
            .filter(contestant -> !contestant.name().equals(DEEPLEARNING4J))
            .collect(Collectors.toMap(Contestant::name, Contestant::parameters));
    if (counts.values().stream().distinct().count() > 1) {
      throw new IllegalStateException(
          workload.name() + " is not the same network everywhere; parameters: " + counts);
    }
  }

  private String row() {
    List<String> cells = new ArrayList<>();
    cells.add(workload.name());
    cells.add(
        running.values().stream()
            .findFirst()
            .map(contestant -> "%,d".formatted(contestant.parameters()))
            .orElse("–"));
    for (String name : CONTESTANTS) {
      cells.add(
          running.containsKey(name)
              ? thousands(running.get(name).speed()).spread("%.1f")
              : absent.get(name));
    }
    cells.add(ratio(OURS_2, betterOf(PYTORCH_2, PYTORCH_PROCESSES)));
    cells.add(ratio(OURS_1, PYTORCH_1));
    cells.add(ratio(OURS_1, DEEPLEARNING4J));
    cells.add(ratio(OURS_2, OURS_1));
    StringBuilder text = new StringBuilder(String.join(" | ", cells)).append('\n');
    running.forEach(
        (name, contestant) ->
            text.append(
                "- %s, %s: %s%n".formatted(workload.name(), name, contestant.description())));
    return text.toString();
  }

  private String ratio(String one, String other) {
    return running.containsKey(one) && running.containsKey(other)
        ? running.get(one).speed().over(running.get(other).speed()).spread("%.2f")
        : "–";
  }

  private String betterOf(String one, String other) {
    return running.containsKey(one)
            && running.containsKey(other)
            && running.get(one).speed().median() > running.get(other).speed().median()
        ? one
        : other;
  }

  private static Sample thousands(Sample steps) {
    return new Sample(steps.values().stream().map(value -> value / 1000).toList());
  }

  /** Everything measured since target was cleared. */
  private static String page() throws IOException {
    List<String> header = new ArrayList<>(List.of("workload (B×T×M×D)", "parameters"));
    header.addAll(CONTESTANTS);
    header.addAll(
        List.of(
            "2 cores : PyTorch's better",
            "1 core : PyTorch's thread",
            "1 core : Deeplearning4j",
            "2 cores : 1 core"));
    MarkdownTable table = new MarkdownTable(header.toArray(new String[0]));
    StringBuilder notes = new StringBuilder();
    try (Stream<Path> files = Files.list(ROWS)) {
      for (Path file : files.sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        table.row((Object[]) lines.get(0).split(" \\| "));
        lines.stream().skip(1).forEach(line -> notes.append(line).append('\n'));
      }
    }
    return "Thousands of time steps trained a second, medians (smallest–largest), ratios turn by turn. "
        + Page.machine()
        + "\n\n"
        + table
        + "\n"
        + notes;
  }
}
