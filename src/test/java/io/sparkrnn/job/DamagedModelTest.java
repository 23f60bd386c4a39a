package io.sparkrnn.job;

import io.sparkrnn.testing.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Model folders with files changed, cut off, lost or put in each other's place. */
class DamagedModelTest {

  /** Files that a model is used without. */
  private static final Set<String> UNREAD =
      Set.of("report.html", "metrics.json", "history.jsonl", "provenance.json", "job.conf");

  private static HostileFront front;
  private static final List<Sample> SAMPLES = new ArrayList<>();

  /**
   * A job and the model it trained.
   *
   * @param job file
   * @param model folder that the job reads
   * @param whole copy of it
   * @param command that uses it
   */
  private record Sample(String job, Path model, Path whole, String command) {}

  @BeforeContainer
  static void train() throws IOException {
    front = new HostileFront();
    TinyJobs files = new TinyJobs(front.folder());
    String classes = files.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(4, 1));
    String labels =
        files.block("test", TinyJobs.LABELS, TinyJobs.row("a", "[\"x\", \"y\"]", "[\"p\", \"q\"]"));
    List<String> csv = new ArrayList<>(List.of("id,time,target"));
    for (int t = 0; t < 30; t++) {
      csv.add("a," + t + "," + t * t % 7);
    }
    String series =
        "data.train { format = table, source = csv, options = [\"header=true\"], schema = \"id STRING, time INT, target DOUBLE\", path = \"%s\" }"
            .formatted(files.write("series.csv", csv.toArray(String[]::new)));
    sample(files, "predict", classes, classes.replace("data.train", "data.test"));
    sample(
        files,
        "evaluate",
        "job.task = labelling",
        labels.replace("data.test", "data.train"),
        labels);
    sample(
        files,
        "forecast",
        "job.task = forecasting",
        "columns.target = target",
        series,
        "forecast { model = srn, horizon = 2, context = 4, window = 4 }");
    sample(
        files,
        "forecast",
        "job.task = forecasting",
        "columns.target = target",
        series,
        "forecast { model = ar, horizon = 2, delays = 2, refit = true }");
  }

  private static void sample(TinyJobs files, String command, String... lines) throws IOException {
    int number = SAMPLES.size();
    Path model = files.path("model" + number);
    List<String> job = new ArrayList<>(List.of(lines));
    job.add("columns.id = id");
    job.add("network.hiddenSizes = [2]");
    job.add("training { epochs = 1, batchSize = 4, partitions = 1 }");
    job.add("math.backend = java");
    job.add("output.model = \"" + model + "\"");
    job.add("output.predictions = \"" + front.outputs().resolve("predictions") + "\"");
    job.add("output.forecasts = \"" + front.outputs().resolve("forecasts") + "\"");
    String file = files.write("job" + number + ".conf", job.toArray(String[]::new));
    front.succeed("train", file);
    Path whole = files.path("whole" + number);
    copy(model, whole);
    SAMPLES.add(new Sample(file, model, whole, command));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.toString().endsWith(".crc")) {
          Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
      }
    }
  }

  @AfterContainer
  static void close() {
    System.out.println("damaged models ended with " + front.ends());
    SAMPLES.clear();
    front.close();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edit.lists(2);
  }

  @Property(tries = 60, seed = "31", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aDamagedModelIsAnsweredCleanly(@ForAll int choice, @ForAll("edits") List<Edit> edits)
      throws IOException {
    run(choice, edits);
  }

  @Tag("slow")
  @Property(
      tries = 1000,
      seed = "512",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void thousandsOfDamagedModelsAreAnsweredCleanly(
      @ForAll int choice, @ForAll("edits") List<Edit> edits) throws IOException {
    run(choice, edits);
  }

  private static void run(int choice, List<Edit> edits) throws IOException {
    Sample sample = SAMPLES.get(Math.floorMod(choice, SAMPLES.size()));
    HostileFront.delete(sample.model());
    copy(sample.whole(), sample.model());
    boolean describes = choice % 3 == 0;
    List<Path> files;
    try (Stream<Path> all = Files.walk(sample.model())) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> describes || !UNREAD.contains(file.getFileName().toString()))
              .sorted()
              .toList();
    }
    for (Edit edit : edits) {
      Path file = files.get(edit.where() % files.size());
      switch (edit.kind() % 8) {
        case 0 -> Files.deleteIfExists(file);
        case 1 -> Files.write(file, bytes(edit.among(files)));
        default -> Files.write(file, Edit.bytes(bytes(file), List.of(edit)));
      }
    }
    if (describes) {
      front.run("describe", sample.model().toString());
    } else {
      front.run(sample.command(), sample.job());
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
