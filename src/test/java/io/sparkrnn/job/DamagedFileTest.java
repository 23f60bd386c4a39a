package io.sparkrnn.job;

import io.sparkrnn.testing.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Data files of every format with bytes changed, lost, doubled or cut off. */
class DamagedFileTest {

  private static HostileFront front;
  private static TinyJobs files;
  private static final List<Sample> SAMPLES = new ArrayList<>();

  /**
   * A whole file, and a job that reads one of its name.
   *
   * @param name of the file
   * @param bytes of it
   * @param job that reads it
   */
  @SuppressWarnings("ArrayRecordComponent") // compared with nothing
  private record Sample(String name, byte[] bytes, List<String> job) {}

  @BeforeContainer
  static void writeSamples() throws IOException {
    front = new HostileFront();
    files = new TinyJobs(front.folder());
    String ts =
        """
        @problemName small
        @timeStamps false
        @missing false
        @univariate false
        @dimensions 2
        @equalLength false
        @classLabel true a b
        @data
        1,2,3:4,5,6:a
        1.5,2:4e-1,5:b
        -1,2,3,4:4,5,6,7:a
        """;
    String conllu =
        """
        # sent_id = 1
        1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
        1\tdo\tdo\tAUX\t_\tMood=Ind\t0\troot\t_\t_
        2\tn't\tnot\tPART\t_\t_\t1\tadvmod\t_\t_

        # sent_id = 2
        1\tWords\tword\tNOUN\t_\t_\t0\troot\t_\t_
        """;
    String csv = "series,time,value\na,1,0.5\na,2,0.25\na,3,1.5\nb,1,2\nb,2,3\n";
    String json = String.join("\n", TinyJobs.risingAndFalling(4, 3)) + "\n";
    sample("x.ts", ts, "format = uea");
    sample("x.conllu", conllu, "format = conllu", "job.task = labelling");
    sample("x.csv", csv, "format = next-step, series = series", "job.task = regression");
    sample(
        "y.csv",
        csv,
        "format = table, source = csv, schema = \"series STRING, time INT, value DOUBLE\", options = [\"header=true\"]",
        "job.task = forecasting",
        "columns { id = series, time = time, target = value }",
        "forecast { model = ar, horizon = 1, delays = 1 }");
    sample("x.txt", "ann\nben\n\ncara\n", "format = text-folder, suffix = \".txt\"");
    sample("x.jsonl", json, "format = table, source = json, schema = \"" + TinyJobs.CLASSES + "\"");
    sample("x.ts.gz", gzip(ts), List.of("format = uea"));
    sample("x.parquet", parquet(), List.of("format = table"));
  }

  private static void sample(String name, String text, String... lines) {
    sample(name, text.getBytes(StandardCharsets.UTF_8), List.of(lines));
  }

  private static void sample(String name, byte[] bytes, List<String> lines) {
    List<String> job = new ArrayList<>(lines.subList(1, lines.size()));
    job.add("data.train { %s, path = \"%s\" }".formatted(lines.get(0), files.path(name)));
    job.add("network.hiddenSizes = [2]");
    job.add("training { epochs = 1, batchSize = 4, partitions = 1 }");
    job.add("math.backend = java");
    job.add("output.model = \"" + front.outputs().resolve("model") + "\"");
    SAMPLES.add(new Sample(name, bytes, job));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] parquet() throws IOException {
    String json = files.write("p.jsonl", TinyJobs.risingAndFalling(6, 4));
    Dataset<Row> rows = io.sparkrnn.TestSpark.session().read().schema(TinyJobs.CLASSES).json(json);
    Path written = front.folder().resolve("written");
    rows.coalesce(1).write().parquet(written.toString());
    try (var parts = Files.list(written)) {
      Path part =
          parts.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.readAllBytes(part);
    }
  }

  @AfterContainer
  static void close() {
    System.out.println("damaged files ended with " + front.ends());
    SAMPLES.clear();
    front.close();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edit.lists(3);
  }

  @Property(
      tries = 80,
      seed = "77123",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void aDamagedFileIsAnsweredCleanly(@ForAll int choice, @ForAll("edits") List<Edit> edits)
      throws IOException {
    run(choice, edits);
  }

  @Tag("slow")
  @Property(
      tries = 2000,
      seed = "4096",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void thousandsOfDamagedFilesAreAnsweredCleanly(
      @ForAll int choice, @ForAll("edits") List<Edit> edits) throws IOException {
    run(choice, edits);
  }

  private static void run(int choice, List<Edit> edits) throws IOException {
    Sample sample = SAMPLES.get(Math.floorMod(choice, SAMPLES.size()));
    Path file = files.path(sample.name());
    Files.write(file, Edit.bytes(sample.bytes(), edits));
    String job = files.write("job.conf", sample.job().toArray(String[]::new));
    front.run(choice % 4 == 0 ? "train" : "check", job);
    Files.delete(file);
  }
}
