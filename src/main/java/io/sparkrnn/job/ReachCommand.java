package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.ModelReach;
import io.sparkrnn.report.ReachPage;
import io.sparkrnn.spark.HadoopStorage;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pictures how far back learning reaches. Starts no Spark. */
@Command(
    name = "reach",
    description =
        "Pictures the norm of the gradient by time lag, of untrained cells or of trained models.")
final class ReachCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "Model folders; without any, untrained cells are shown.")
  private List<String> models = List.of();

  @Option(names = "--out", required = true, description = "The HTML file to write.")
  private String out;

  @Option(
      names = "--cells",
      split = ",",
      defaultValue = "srn,gru,lstm",
      description = "Cells to show untrained: ${DEFAULT-VALUE}.")
  private List<String> cells = List.of();

  @Option(
      names = "--hidden",
      defaultValue = "32",
      description = "Units of untrained cells: ${DEFAULT-VALUE}.")
  private int hidden;

  @Option(names = "--steps", defaultValue = "100", description = "Longest lag: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of parameters and inputs: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    if (steps < 1 || hidden < 1) {
      throw new ConfigurationException(
          "--steps and --hidden: expected at least 1, found %d and %d".formatted(steps, hidden));
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    Map<String, double[]> norms = new LinkedHashMap<>();
    for (String model : models) {
      ModelReach reach = ModelReach.of(new HadoopStorage(model, hadoop), steps, seed);
      String name = new Path(model).getName();
      norms.put(name.equals(reach.cell()) ? name : name + " (" + reach.cell() + ")", reach.norms());
    }
    if (models.isEmpty()) {
      for (String cell : cells) {
        norms.put(cell, ModelReach.untrained(cell, hidden, steps, seed).norms());
      }
    }
    String about =
        models.isEmpty()
            ? "Layers of %d units before any training, on random inputs.".formatted(hidden)
            : "The lowest recurrent layers of trained models, on random inputs.";
    Path file = new Path(out);
    Path parent = file.getParent() == null ? new Path(".") : file.getParent();
    new HadoopStorage(parent.toString(), hadoop)
        .writeText(file.getName(), ReachPage.html(norms, about));
    PrintWriter print = spec.commandLine().getOut();
    norms.forEach(
        (name, values) ->
            print.printf(
                "%-24s lag 10: %.1e   lag %d: %.1e%n",
                name, values[Math.min(10, steps)], steps, values[steps]));
    print.println("picture: " + out);
    print.flush();
    return ExitCode.SUCCESS.number();
  }
}
