package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.testing.Edit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * Whole jobs: files with keys dropped, renamed, of other types and extreme values, with broken
 * syntax; sound ones with settings that nobody tried together; and these over data with bytes
 * changed, lost or doubled, or with odd rows.
 */
class MalformedJobTest {
  private static final String[] NUMBERS = {"3.5", "1.5", "2.5", "4.0", "3.0", "5.5", "2.0", "6.5"};

  /** Rows that are no mistake of JSON, and may be one of the data. */
  private static final List<String> ODD_ROWS =
      List.of(
          "{}",
          "{\"id\": \"odd\"}",
          "{\"id\": null, \"features\": null, \"label\": null}",
          "{\"id\": \"odd\", \"features\": [], \"label\": []}",
          "{\"id\": \"odd\", \"features\": [null], \"label\": [null]}",
          "{\"id\": \"odd\", \"features\": [[]], \"label\": \"\"}",
          "{\"id\": \"odd\", \"features\": [[1e300, 1]], \"label\": \"rise\"}",
          "{\"id\": \"odd\", \"features\": [[1]], \"label\": \"rise\"}",
          "{\"id\": \"odd\", \"features\": [1e39, -1e39], \"label\": [1e39, 0]}",
          "{\"id\": \"odd\", \"features\": [3e38, -3e38], \"label\": [-3e38, 3e38]}",
          "{\"id\": \"odd\", \"features\": [\"x\", \"y\"], \"label\": [\"p\"]}",
          "{\"id\": \"odd\", \"features\": [\"\\u0000\", \"\"], \"label\": [\"\", \"\\u0000\"]}",
          "odd,1,2",
          "a,,3",
          "a,2147483648,3",
          "b,1,NaN",
          "b,1,Infinity",
          "b,5,1e308",
          ",3,1",
          "a,3,1,1",
          "\uFEFF",
          "");

  /** Of so many jobs, the first are malformed, the next varied, one reads damaged bytes. */
  private static final int KINDS = 16;

  private static final int MALFORMED = 11;
  private static final int VARIED = 12;
  private static final int BYTES = 13;

  private static HostileFront front;
  private static TinyJobs files;
  private static final List<Base> BASES = new ArrayList<>();
  private static List<String> keys;

  /**
   * A job that works.
   *
   * @param lines of its file
   * @param data file it reads
   * @param rows of that file
   */
  private record Base(List<String> lines, Path data, List<String> rows) {}

  @BeforeContainer
  static void writeValidJobs() {
    front = new HostileFront();
    files = new TinyJobs(front.folder());
    String[] tagged = {
      TinyJobs.row("a", "[\"x\", \"y\"]", "[\"p\", \"q\"]"),
      TinyJobs.row("b", "[\"y\"]", "[\"q\"]"),
      TinyJobs.row("c", "[\"y\", \"x\", \"x\"]", "[\"q\", \"p\", \"p\"]")
    };
    String[] squares = {
      TinyJobs.row("a", "[1, 2, 3]", "[1, 4, 9]"), TinyJobs.row("b", "[1, 2]", "[1, 4]")
    };
    List<String> csv = new ArrayList<>(List.of("id,time,target"));
    List<String> texts = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      csv.add("a," + t + "," + NUMBERS[t * t % 8]);
      texts.add("line " + NUMBERS[t * t % 8]);
    }
    String table = "data.train { format = table, path = \"%s\", source = ";
    String json = table + "json, schema = \"%s\" }";
    String series =
        table
            + "csv, options = [\"header=true\"], schema = \"id STRING, time INT, target DOUBLE\" }";
    base(
        "classes.jsonl",
        json,
        TinyJobs.CLASSES,
        List.of(TinyJobs.risingAndFalling(6, 1)),
        "job.task = classification");
    base("labels.jsonl", json, TinyJobs.LABELS, List.of(tagged), "job.task = labelling");
    base("values.jsonl", json, TinyJobs.VALUES, List.of(squares), "job.task = regression");
    base("pairs.jsonl", json, TinyJobs.LABELS, List.of(tagged), "job.task = translation");
    base(
        "lines.txt",
        "data.train { format = text, document = line, path = \"%s\" }",
        "",
        texts,
        "job.task = language-model",
        "columns.features = text",
        "network.embeddingSizes = [3]",
        "language.segment = 5");
    base(
        "networks.csv",
        series,
        "",
        csv,
        "job.task = forecasting",
        "columns.target = target",
        "series.validationFrom = \"60%\"",
        "series.testFrom = \"80%\"",
        "forecast.model = gru",
        "forecast.horizon = 2",
        "forecast.context = 6",
        "forecast.window = 6");
    base(
        "linear.csv",
        series,
        "",
        csv,
        "job.task = forecasting",
        "columns.target = target",
        "forecast.model = ar",
        "forecast.delays = 2",
        "forecast.horizon = 2");
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
    BASES.forEach(base -> front.succeed("check", write(base, base.lines())));
  }

  /** Adds a job that reads one file. */
  private static void base(
      String name, String block, String schema, List<String> rows, String... lines) {
    List<String> job = new ArrayList<>(List.of(lines));
    job.add(block.formatted(files.path(name), schema));
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
    BASES.add(new Base(job, files.path(name), rows));
  }

  private static String write(Base base, List<String> lines) {
    files.write(base.data().getFileName().toString(), base.rows().toArray(String[]::new));
    return files.write("job.conf", lines.toArray(String[]::new));
  }

  @AfterContainer
  static void close() {
    System.out.println("malformed jobs ended with " + front.ends());
    BASES.clear();
    front.close();
    assertThat(front.share(ExitCode.CONFIGURATION)).isBetween(0.2, 0.85);
    assertThat(front.share(ExitCode.DATA)).isGreaterThan(0.1);
    assertThat(front.share(ExitCode.SUCCESS)).isGreaterThan(0.05);
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
      tries = 5500,
      seed = "2025",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void thousandsOfMalformedJobsAreAnsweredCleanly(
      @ForAll("commands") String command, @ForAll int choice, @ForAll("edits") List<Edit> edits) {
    run(command, choice, edits);
  }

  private static void run(String command, int choice, List<Edit> edits) {
    Base base = BASES.get(Math.floorMod(choice, BASES.size()));
    int kind = Math.floorMod(choice / BASES.size(), KINDS);
    if (kind < MALFORMED) {
      malformed(command, base, edits, choice % 5 == 0);
      return;
    }
    List<String> lines = new ArrayList<>(base.lines());
    if (kind != BYTES) {
      String task = base.lines().get(0).replaceFirst(".* ", "");
      edits.stream().limit(2).forEach(edit -> lines.add(edit.among(JobVariations.of(task))));
    }
    String job = write(base, lines);
    if (kind > VARIED) {
      damage(base, edits, kind == BYTES);
    }
    front.run(choice % 3 == 0 ? "train" : "check", job);
  }

  /** Runs a damaged job file over sound data. */
  private static void malformed(
      String command, Base base, List<Edit> edits, boolean hasAssignment) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add(write(base, Edit.lines(base.lines(), keys, edits)));
    if (command.equals("train")) {
      arguments.add("--set=training.epochs=1"); // an extreme number of epochs is no mistake
    }
    if (hasAssignment) {
      Edit last = edits.get(edits.size() - 1);
      arguments.add(
          "--set=" + keys.get(last.where() % keys.size()) + "=" + last.among(Edit.EXTREMES));
    }
    front.run(arguments.toArray(String[]::new));
  }

  /** Damages the bytes of a file of data, or puts odd rows among its rows. */
  private static void damage(Base base, List<Edit> edits, boolean bytes) {
    List<String> rows = new ArrayList<>(base.rows());
    if (!bytes) {
      edits.forEach(edit -> rows.add(edit.where() % (rows.size() + 1), edit.among(ODD_ROWS)));
    }
    byte[] text = (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(base.data(), bytes ? Edit.bytes(text, edits) : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
