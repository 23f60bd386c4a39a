package io.sparkrnn.job;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.testing.Edit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Job files with keys dropped, renamed, of other types and extreme values, with broken syntax. */
class MalformedJobTest {
  private static final String[] NUMBERS = {"3.5", "1.5", "2.5", "4.0", "3.0", "5.5", "2.0", "6.5"};

  private static HostileFront front;
  private static TinyJobs files;
  private static List<List<String>> valid;
  private static List<String> keys;

  @BeforeContainer
  static void writeValidJobs() {
    front = new HostileFront();
    files = new TinyJobs(front.folder());
    String classes = files.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(6, 1));
    String labels =
        files.block(
            "validation",
            TinyJobs.LABELS,
            TinyJobs.row("a", "[\"x\", \"y\"]", "[\"p\", \"q\"]"),
            TinyJobs.row("b", "[\"y\"]", "[\"q\"]"));
    String values =
        files.block(
            "test",
            TinyJobs.VALUES,
            TinyJobs.row("a", "[1, 2, 3]", "[1, 4, 9]"),
            TinyJobs.row("b", "[1, 2]", "[1, 4]"));
    List<String> csv = new ArrayList<>(List.of("id,time,target"));
    for (int t = 0; t < 40; t++) {
      csv.add("a," + t + "," + NUMBERS[t * t % 8]);
    }
    String series =
        "data.train { format = table, source = csv, options = [\"header=true\"], schema = \"id STRING, time INT, target DOUBLE\", path = \"%s\" }"
            .formatted(files.write("series.csv", csv.toArray(String[]::new)));
    valid =
        List.of(
            job("classification", classes),
            job("labelling", labels.replace("data.validation", "data.train")),
            job("regression", values.replace("data.test", "data.train"), values),
            job(
                "forecasting",
                series,
                "columns.target = target",
                "series.validationFrom = \"60%\"",
                "series.testFrom = \"80%\"",
                "forecast.model = gru",
                "forecast.horizon = 2",
                "forecast.context = 6",
                "forecast.window = 6"),
            job(
                "forecasting",
                series,
                "columns.target = target",
                "forecast.model = ar",
                "forecast.delays = 2",
                "forecast.horizon = 2"));
    keys = new ArrayList<>();
    JobSettings.ALL.stream().map(Setting::key).forEach(keys::add);
    keys.addAll(
        List.of(
            "data.train.path",
            "data.train.source",
            "data.train.options",
            "data.train.schema",
            "data.train.where",
            "data.train.columns",
            "data.train.query",
            "data.train.format",
            "data.train",
            "data.test",
            "data",
            "training",
            "network",
            "optimizer.learningRate"));
  }

  private static List<String> job(String task, String... lines) {
    List<String> job = new ArrayList<>(List.of("job.task = " + task));
    job.addAll(List.of(lines));
    job.addAll(
        List.of(
            "columns.id = id",
            "network.hiddenSizes = [3]",
            "training.epochs = 1",
            "training.batchSize = 4",
            "training.partitions = 1",
            "math.backend = java",
            "output.model = \"" + front.outputs().resolve("model") + "\"",
            "output.predictions = \"" + front.outputs().resolve("predictions") + "\"",
            "output.forecasts = \"" + front.outputs().resolve("forecasts") + "\""));
    return job;
  }

  @AfterContainer
  static void close() {
    System.out.println("malformed jobs ended with " + front.ends());
    front.close();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edit.lists(4);
  }

  @Provide
  Arbitrary<String> commands() {
    return Arbitraries.of("check", "check", "check", "train", "evaluate", "predict", "forecast");
  }

  @Property(
      tries = 120,
      seed = "-6190475311",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void aMalformedJobIsAnsweredCleanly(
      @ForAll("commands") String command, @ForAll int choice, @ForAll("edits") List<Edit> edits) {
    run(command, choice, edits);
  }

  @Tag("slow")
  @Property(
      tries = 4000,
      seed = "2025",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void thousandsOfMalformedJobsAreAnsweredCleanly(
      @ForAll("commands") String command, @ForAll int choice, @ForAll("edits") List<Edit> edits) {
    run(command, choice, edits);
  }

  private static void run(String command, int choice, List<Edit> edits) {
    List<String> base = valid.get(Math.floorMod(choice, valid.size()));
    List<String> lines = Edit.lines(base, keys, edits);
    String file = files.write("job.conf", lines.toArray(String[]::new));
    List<String> arguments = new ArrayList<>(List.of(command, file));
    if (command.equals("train")) {
      arguments.add("--set=training.epochs=1"); // an extreme number of epochs is no mistake
    }
    if (choice % 5 == 0) {
      Edit last = edits.get(edits.size() - 1);
      arguments.add(
          "--set=" + keys.get(last.where() % keys.size()) + "=" + last.among(Edit.EXTREMES));
    }
    front.run(arguments.toArray(String[]::new));
  }
}
