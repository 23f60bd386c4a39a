package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in a job file or on the command line: one line with the place and the remedy. */
@ExtendWith(SparkSubmitted.class)
class JobMistakeTest {
  @TempDir private Path folder;
  private TinyJobs jobs;
  private String data;

  @BeforeEach
  void writeInto() {
    jobs = new TinyJobs(folder);
    data = jobs.block("train", TinyJobs.CLASSES, TinyJobs.risingAndFalling(4, 1));
  }

  @Test
  void aMisspeltKeyIsNamedWithItsLineAndTheNearestKey() {
    assertThat(mistake("optimizer.learningrate = 0.1"))
        .isEqualTo(
            "job.conf:2: unknown key optimizer.learningrate;"
                + " did you mean optimizer.learningRate?");
    assertThat(mistake("data.tset { format = uea }"))
        .isEqualTo("job.conf:2: unknown block data.tset; did you mean data.test?");
  }

  @Test
  void aMisspeltKeyOfADataBlockIsNamedLikewise() {
    assertThat(mistake("data.test {", "  format = uea", "  pth = a.ts", "}"))
        .isEqualTo("job.conf:4: unknown key data.test.pth; did you mean data.test.path?");
    assertThat(mistake("data.test { format = ueaa, path = a.ts }"))
        .isEqualTo("job.conf:2: data.test.format: unknown format ueaa; did you mean uea?");
    assertThat(mistake("data.test { path = a.ts }"))
        .startsWith("job.conf:2: data.test.format: expected one of [table, uea, conllu");
  }

  @Test
  void aWrongTypeIsNamedWithWhatIsExpected() {
    assertThat(mistake("network.bidirectional = both"))
        .isEqualTo("job.conf:2: network.bidirectional: expected a boolean, found \"both\"");
    assertThat(mistake("network.dropout = 0.5")).startsWith("job.conf:2: unknown key network.drop");
    assertThat(mistake("split.test = 1.5")).startsWith("job.conf:2: split.test: expected a number");
    assertThat(mistake("job.task = clasification"))
        .endsWith("found \"clasification\"; did you mean classification?");
    assertThat(mistake("", "--set=training.batchSize=0"))
        .startsWith("--set training.batchSize=0: training.batchSize: expected an integer >= 1");
  }

  @Test
  void aSettingThatTheTaskDoesNotHaveIsRefused() {
    assertThat(mistake("job.task = regression", "training.classWeights = balanced"))
        .startsWith("job.conf:3: training.classWeights: ")
        .contains("job.task = regression");
    for (String task : new String[] {"translation", "language-model"}) {
      assertThat(mistake("job.task = " + task, "network.skip = true"))
          .startsWith("job.conf:3: network.skip: ");
    }
    assertThat(mistake("job.task = labelling", "network.readout = mean"))
        .startsWith("job.conf:3: network.readout: ")
        .contains("job.task = labelling");
    assertThat(mistake("job.task = labelling", "split.stratified = true"))
        .startsWith("job.conf:3: split.stratified: ");
  }

  @Test
  void earlyStoppingNeedsValidationData() {
    assertThat(mistake("", "--set=training.patience=3"))
        .startsWith("--set training.patience=3: training.patience: ")
        .contains("validation data");
  }

  @Test
  void impossibleNetworksAreRefused() {
    assertThat(mistake("", "--set=network.cell=none", "--set=network.bidirectional=true"))
        .startsWith("--set network.bidirectional=true: network.bidirectional: ")
        .contains("network.cell = none");
    assertThat(mistake("network.layerDropout = 0.5"))
        .startsWith("job.conf:2: network.layerDropout: ")
        .contains("network.outputDropout");
    assertThat(mistake("", "--set=network.cell=org.example.Missing"))
        .startsWith("--set network.cell=org.example.Missing: network.cell: ")
        .contains("class path", "--jars");
  }

  @Test
  void impossibleAveragingIsRefused() {
    assertThat(mistake("averaging { of = gradients", "blockMomentum = 0.5 }"))
        .startsWith("job.conf:3: averaging.blockMomentum: ");
    assertThat(mistake("averaging { of = gradients, period = 4 }"))
        .startsWith("job.conf:2: averaging.period: ");
  }

  @Test
  void aPartOfTheDataComesFromOnePlace() {
    assertThat(mistake("split.test = 0.2", "data.test { format = uea, path = a.ts }"))
        .startsWith("job.conf:2: split.test: ")
        .contains("data.test too");
    assertThat(mistake("split.validation = 0.2", "data.validation { format = uea, path = a.ts }"))
        .startsWith("job.conf:2: split.validation: ")
        .contains("data.validation too");
    assertThat(mistake("split { validation = 0.5", "test = 0.5 }"))
        .startsWith("job.conf:2: split.validation: ")
        .contains("nothing to train on");
    assertThat(mistake("columns.validationIndicator = old", "split.validation = 0.2"))
        .startsWith("job.conf:2: columns.validationIndicator: ")
        .contains("split.validation too");
    assertThat(
            mistake(
                "columns.validationIndicator = old",
                "data.validation { format = uea, path = a.ts }"))
        .startsWith("job.conf:2: columns.validationIndicator: ")
        .contains("data.validation too");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    assertThat(mistake("columns.label = lable"))
        .startsWith("job.conf:2: columns.label: there is no column lable; the data have ")
        .contains("features", "label");
    assertThat(mistake("split { test = 0.3, stratified = true }", "columns.label = lable"))
        .startsWith("job.conf:3: columns.label: there is no column lable; the data have ");
    assertThat(mistake("columns.validationIndicator = label"))
        .startsWith("job.conf:2: columns.validationIndicator: column label must be a boolean");
  }

  @Test
  void columnsOfTheWrongTypeAreNamed() {
    assertThat(mistake("columns.features = id"))
        .startsWith("job.conf:2: columns.features: column id must be an array")
        .endsWith("found string");
    assertThat(mistake("job.task = labelling"))
        .contains("columns.label: column label must be an array", "found string");
  }

  @Test
  void validationDataOfOtherColumnsAreRefused() {
    String other =
        jobs.block(
            "validation",
            "id STRING, features ARRAY<ARRAY<DOUBLE>>, class STRING",
            TinyJobs.risingAndFalling(2, 1));
    assertThat(mistake(other))
        .startsWith("job.conf:2: data.validation: expected the columns of data.train");
  }

  @Test
  void whatSparkCannotUseInADataBlockIsThatKeysFault() {
    assertThat(mistake("data.train {", "  columns = [nonsense AS x]", "}"))
        .startsWith("job.conf:3: data.train.columns: Spark cannot use [nonsense AS x]: ");
    assertThat(mistake("data.train.path = null"))
        .isEqualTo("job.conf:2: data.train.path: expected a file, folder or pattern, found none");
  }

  @Test
  void aMissingOutputOrBlockSaysWhatToAdd() {
    assertThat(mistake("", "--set=output.model="))
        .isEqualTo(
            "--set output.model=: output.model: name the folder to write, in the job file or by"
                + " --set output.model=DIR");
    assertThat(mistake("", "--set=data.train=null"))
        .endsWith("data.train: this command needs it; add the block to the job file");
  }

  @Test
  void anOutputThatCannotBeWrittenIsToldBeforeTheTraining() {
    String file = jobs.write("file", "no folder");
    assertThat(mistake("", "--set=output.model=" + file + "/model"))
        .startsWith("--set output.model=")
        .contains("cannot be written");
  }

  @Test
  void aMissingJobFileIsNamedWithThePlacesLookedAt() {
    assertThat(shortened(CommandRun.of("train", jobs.path("absent.conf").toString()).err()))
        .startsWith("absent.conf: no such job file; looked for ");
    assertThat(CommandRun.of("check", jobs.path("absent.conf").toString()).code())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void evaluateAndPredictNeedAModel() {
    String job = jobs.job(data);
    assertThat(CommandRun.of("evaluate", job, "--set=data.test=null").failure(ExitCode.DATA))
        .contains("there is no model folder", "models/model");
    assertThat(
            CommandRun.of("predict", job, "--set=output.predictions=" + jobs.path("p"))
                .failure(ExitCode.DATA))
        .contains("there is no model folder");
    assertThat(CommandRun.of("predict", job).failure(ExitCode.CONFIGURATION))
        .endsWith(
            "output.predictions: name the folder to write, in the job file or by --set"
                + " output.predictions=DIR");
    assertThat(CommandRun.of("describe", jobs.model().toString()).failure(ExitCode.DATA))
        .contains("there is no model folder");
    assertThat(CommandRun.of("describe", folder.toString()).failure(ExitCode.DATA))
        .contains("provenance.json is missing");
  }

  @Test
  void aWrongCommandLineIsToldWithWhatWasMeant() {
    assertThat(usage("trian", "x.conf")).contains("did you mean train?");
    assertThat(usage("train")).contains("JOB.conf");
    assertThat(usage("train", "x.conf", "--sett", "a=b")).contains("did you mean --set?");
    assertThat(usage()).contains("spark-rnn");
    assertThat(usage("describe")).contains("MODEL");
    assertThat(usage("evaluate", "x.conf", "y.conf")).contains("y.conf");
  }

  private static String usage(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    return run.err();
  }

  /** What train says of a job that has these lines after its data; it leaves no model. */
  private String mistake(String... linesThenAssignments) {
    List<String> lines = new ArrayList<>(List.of(data));
    List<String> arguments = new ArrayList<>();
    for (String line : linesThenAssignments) {
      (line.startsWith("--set=") ? arguments : lines).add(line);
    }
    arguments.add(0, jobs.job(lines.toArray(new String[0])));
    arguments.add(0, "train");
    String said = CommandRun.of(arguments.toArray(new String[0])).failure(ExitCode.CONFIGURATION);
    assertThat(jobs.model()).doesNotExist();
    return shortened(said);
  }

  private String shortened(String message) {
    return message.replace(folder + "/", "");
  }
}
