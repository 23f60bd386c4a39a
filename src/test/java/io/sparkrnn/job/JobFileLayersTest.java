package io.sparkrnn.job;

import static io.sparkrnn.job.JobFileSamples.CELL;
import static io.sparkrnn.job.JobFileSamples.EPOCHS;
import static io.sparkrnn.job.JobFileSamples.LABELS;
import static io.sparkrnn.job.JobFileSamples.MODEL;
import static io.sparkrnn.job.JobFileSamples.RATE;
import static io.sparkrnn.job.JobFileSamples.SEED;
import static io.sparkrnn.job.JobFileSamples.SIZES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.ReferenceText;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileLayersTest {
  @TempDir private Path folder;
  private JobFileSamples samples;

  @BeforeEach
  void writeInto() {
    samples = new JobFileSamples(folder);
  }

  @Test
  void assignmentsLieOverTheFileAndTheFileOverDefaults() {
    JobFile job =
        samples.load("training { epochs = 3, seed = 4 }", "training.seed=5", "training.seed=6");

    assertThat(job.values().get(EPOCHS)).isEqualTo(3);
    assertThat(job.values().get(SEED)).isEqualTo(6);
    assertThat(job.values().get(RATE)).isEqualTo(0.001);
    assertThat(job.values().isSet(RATE)).isFalse();
    assertThat(job.place(EPOCHS)).hasValueSatisfying(place -> assertThat(place).endsWith(":1"));
    assertThat(job.place(SEED)).contains("--set training.seed=6");
    assertThat(job.place(RATE)).isEmpty();
  }

  @Test
  void anAssignedTextNeedsNoQuotes() {
    for (String model : List.of("hdfs://host:8020/a b", "file:///tmp/x#y", "//x, [z]", "1.2.3")) {
      assertThat(samples.load("", "output.model=" + model).values().get(MODEL)).isEqualTo(model);
    }
    assertThat(samples.load("", "output.model=").values().get(MODEL)).isEmpty();
    assertThat(samples.load("", "output.model=\"a=b\"").values().get(MODEL)).isEqualTo("a=b");
    assertThat(samples.load("", "network.sizes=[3, 4]").values().get(SIZES)).containsExactly(3, 4);
    assertThat(samples.load("", "output.model=${HOME_OF_DATA}/m").values().get(MODEL))
        .isEqualTo("/big/disk/m");
  }

  @Test
  void ofAKeyThatStandsTwiceTheLastValueHoldsAndBlocksMerge() {
    JobFile job = samples.load("training { epochs = 3, seed = 4 }\ntraining { epochs = 5 }");
    assertThat(job.values().get(EPOCHS)).isEqualTo(5);
    assertThat(job.values().get(SEED)).isEqualTo(4);
    assertThat(job.place(EPOCHS)).hasValueSatisfying(place -> assertThat(place).endsWith(":2"));
  }

  @Test
  void nullTakesAKeyBackToItsDefaultAndRemovesABlock() {
    String text = "training.epochs = 3\ndata.train.path = a\ndata.test { path = b, sep = null }";
    JobFile job = samples.load(text, "training.epochs=null", "data.train=null");

    assertThat(job.values()).isEqualTo(Values.defaults(JobFileSamples.SCHEMA.settings()));
    assertThat(job.values().isSet(EPOCHS)).isFalse();
    assertThat(job.block("data.train")).isEmpty();
    assertThat(job.block("data.test").orElseThrow().toMap()).containsExactly(entry("path", "b"));
  }

  @Test
  void numbersInQuotesCountAsNumbersAndNumbersKeepTheirSpellingAsTexts() {
    JobFile job =
        samples.load(
            "training.epochs = \"3\"\ndata.labels = [007, 1.10, true]\noutput.model = 007");
    assertThat(job.values().get(EPOCHS)).isEqualTo(3);
    assertThat(job.values().get(LABELS)).containsExactly("007", "1.10", "true");
    assertThat(job.values().get(MODEL)).isEqualTo("007");
    assertThat(samples.load("network.sizes = 5").values().get(SIZES)).containsExactly(5);
    assertThat(samples.load("network.sizes = []").values().get(SIZES)).isEmpty();
  }

  @Test
  void substitutionsSeeTheJobFirstAndThenTheEnvironment() {
    JobSource source = JobFileSamples.source(Map.of("ROOT", "/outside", "N", "4"));
    String text = "data.train.path = ${ROOT}\"/a\"\ntraining.epochs = ${N}\noutput.model = ${?NO}";

    JobFile job = samples.load(source, text);
    assertThat(job.block("data.train").orElseThrow().toMap())
        .containsExactly(entry("path", "/outside/a"));
    assertThat(job.values().get(EPOCHS)).isEqualTo(4);
    assertThat(job.values().isSet(MODEL)).isFalse();
    assertThat(job.block("data.train").orElseThrow().place("path")).endsWith("x.conf:1");

    JobFile own = samples.load("network.cell = gru\noutput.model = models/${network.cell}");
    assertThat(own.values().get(MODEL)).isEqualTo("models/gru");
    assertThat(
            samples
                .load("output.model = ${network.cell}\nnetwork.cell = lstm", "network.cell=gru")
                .values()
                .get(MODEL))
        .isEqualTo("gru");
  }

  @Test
  void aFreeBlockKeepsItsTypesAndThePlacesOfItsKeys() {
    JobBlock block =
        samples
            .load(
                """
                data.train {
                  format = csv
                  options { header = true, "max.columns" = 3, names = [a, 1] }
                }
                """,
                "data.train.path=a/b.csv")
            .block("data.train")
            .orElseThrow();

    assertThat(block.toMap())
        .containsExactly(
            entry("format", "csv"),
            entry("options", Map.of("header", true, "max.columns", 3, "names", List.of("a", 1))),
            entry("path", "a/b.csv"));
    assertThat(block.place("format")).endsWith("x.conf:2");
    assertThat(block.place("path")).isEqualTo("--set data.train.path=a/b.csv");
    assertThat(block.place("absent")).endsWith("x.conf:1");
    assertThat(block.problem("format", "unknown"))
        .hasMessageEndingWith("x.conf:2: data.train.format: unknown");
  }

  @Test
  void aFreeBlockCanBeCheckedAgainstKeysOfItsOwn() {
    Setting<String> path = Setting.text("path", "path", "", "Where the data are.");
    Setting<Boolean> header = Setting.bool("header", "header", false, "Has a header.");
    JobSchema keys = new JobSchema(Settings.of(path, header), List.of("options"));

    JobFile good = samples.load("data.train { path = 3, options { x = 1 } }");
    assertThat(good.block("data.train").orElseThrow().values(keys).get(path)).isEqualTo("3");

    JobFile bad = samples.load("data.train {\n  pth = a\n  header = 1\n}");
    assertThatThrownBy(() -> bad.block("data.train").orElseThrow().values(keys))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "%1$s:2: unknown key data.train.pth; did you mean data.train.path?\n"
                + "%1$s:3: data.train.header: expected a boolean, found 1",
            folder.resolve("x.conf"));
  }

  @Test
  void theEffectiveJobIsItselfAJobWithTheSameValues() {
    JobFile job =
        samples.load(
            """
            training.epochs = 3
            network.sizes = [3, 4]
            data.labels = ["a \\"b\\"", "c # d"]
            data.train { path = ${HOME_OF_DATA}/a, options { b = 1, a.x = [true, 2.5], n = null } }
            data.test {}
            """,
            "optimizer.learningRate=1e-4");
    String effective = job.render();

    assertThat(effective)
        .startsWith("training.epochs = 3\ntraining.seed = 1\noptimizer.learningRate = 1.0E-4\n")
        .contains("data.labels = [\"a \\\"b\\\"\",\"c # d\"]\n")
        .contains(
            """
            data.train.options.a.x = [true,2.5]
            data.train.options.b = 1
            data.train.path = "/big/disk/a"
            """)
        .contains("data.test = {}\n");
    JobFile again = samples.load(JobFileSamples.source(Map.of()), effective);
    assertThat(again.values()).isEqualTo(job.values());
    assertThat(again.block("data.train").orElseThrow().toMap())
        .isEqualTo(job.block("data.train").orElseThrow().toMap());
    assertThat(again.render()).isEqualTo(effective);
  }

  @Test
  void theReferenceTextIsAJobFileThatSetsEveryDefault() {
    String reference =
        ReferenceText.render(
            List.of(new ReferenceText.Group("All", JobFileSamples.SCHEMA.settings())));
    JobFile job = samples.load(reference);
    assertThat(job.values()).isEqualTo(Values.defaults(JobFileSamples.SCHEMA.settings()));
    assertThat(JobFileSamples.SCHEMA.settings()).allMatch(job.values()::isSet);
  }

  @Test
  void aJobIsFoundOnTheLocalDiskByUriAndAmongShippedFiles() {
    String path = samples.write("far/away/y.conf", "network.cell = gru");
    SparkConf spark =
        new SparkConf(false).set("spark.files", "file:/absent/z.conf,file:" + path + "#named.conf");
    JobSource source = JobSource.of(spark, Map.of());

    for (String location : List.of(path, "file:" + path, "named.conf")) {
      JobFile job = JobFile.load(source, location, List.of(), JobFileSamples.SCHEMA);
      assertThat(job.values().get(CELL)).isEqualTo("gru");
      assertThat(job.place(CELL)).contains(location + ":1");
    }
    assertThatThrownBy(() -> source.read("z.conf")).hasMessageContaining("file:/absent/z.conf");
  }

  @Test
  void aLocationWithoutASchemeIsAlsoSoughtOnTheDefaultFileSystem() {
    samples.write("jobs/y.conf", "network.cell = gru");
    Configuration hadoop = new Configuration();
    hadoop.set("fs.defaultFS", "viewfs://cluster/");
    hadoop.set("fs.viewfs.mounttable.cluster.link./shared", "file:" + folder + "/jobs");
    JobSource source = new JobSource(hadoop, List.of(), Map.of());

    JobFile job = JobFile.load(source, "/shared/y.conf", List.of(), JobFileSamples.SCHEMA);
    assertThat(job.values().get(CELL)).isEqualTo("gru");
    assertThatThrownBy(() -> source.read("/shared/absent.conf"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "/shared/absent.conf: no such job file; looked for file:/shared/absent.conf,"
                + " viewfs://cluster/shared/absent.conf");
  }

  @Test
  void aRelativeLocationIsTakenFromTheWorkingDirectory() {
    JobSource source = JobFileSamples.source(Map.of());
    assertThatThrownBy(() -> source.read("absent/x.conf"))
        .hasMessageContaining(Path.of("").toAbsolutePath() + "/absent/x.conf");
  }

  @Test
  void aSchemaWhoseFreeBlockHidesATypedKeyCannotBeMade() {
    assertThatThrownBy(() -> new JobSchema(Settings.of(EPOCHS), List.of("training")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training.epochs");
  }
}
