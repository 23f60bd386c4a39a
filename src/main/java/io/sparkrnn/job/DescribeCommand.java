package io.sparkrnn.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.error.DataException;
import io.sparkrnn.ml.ModelFolder;
import io.sparkrnn.report.TextSummary;
import io.sparkrnn.spark.HadoopStorage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is in a model folder, or which settings there are. Starts no Spark. */
@Command(name = "describe", description = "Tells what is in a model folder.")
final class DescribeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Subject subject = new Subject();

  /** What is described. */
  private static final class Subject {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A model folder.")
    private String folder = "";

    @Option(
        names = "--settings",
        description = "Lists every key of a job file instead, with meaning and default.")
    private boolean settings;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (subject.settings) {
      out.print(JobSettings.reference());
    } else {
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      describe(new HadoopStorage(subject.folder, hadoop), out);
    }
    out.flush();
    return ExitCode.SUCCESS.number();
  }

  private static void describe(HadoopStorage folder, PrintWriter out) {
    if (!folder.exists()) {
      throw new DataException("there is no model folder %s".formatted(folder.location()));
    }
    JsonNode network =
        folder.exists(ModelFolder.NETWORK)
            ? parse(folder, ModelFolder.NETWORK)
            : new ObjectMapper().createObjectNode();
    JsonNode provenance = parse(folder, ModelFolder.PROVENANCE);
    out.println(folder.location());
    line(out, "title", provenance.path("title").asText());
    line(out, "task", provenance.path("task").asText());
    line(out, "network", provenance.path("network").asText());
    line(out, "parameters", provenance.path("parameters").asText());
    network
        .path("parameters")
        .properties()
        .forEach(entry -> out.println("    " + entry.getKey() + " " + entry.getValue()));
    line(out, "data", provenance.path("data").toString());
    line(
        out,
        "training",
        "%s sequences, %s time steps, %s partitions, seed %s, best epoch %s of %s"
            .formatted(
                provenance.path("sequences").asText(),
                provenance.path("timeSteps").asText(),
                provenance.path("partitions").asText(),
                provenance.path("seed").asText(),
                provenance.path("bestEpoch").asText(),
                provenance.path("epochs").asText()));
    line(out, "versions", provenance.path("versions").toString());
    if (folder.exists(TrainCommand.METRICS)) {
      out.println();
      out.print(TextSummary.of(parse(folder, TrainCommand.METRICS)));
    }
  }

  private static void line(PrintWriter out, String name, String text) {
    if (!text.isEmpty()) {
      out.println("  %-11s %s".formatted(name, text));
    }
  }

  private static JsonNode parse(HadoopStorage folder, String file) {
    try {
      return new ObjectMapper().readTree(folder.readText(file));
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s of %s is not JSON: %s".formatted(file, folder.location(), e.getOriginalMessage()), e);
    }
  }
}
