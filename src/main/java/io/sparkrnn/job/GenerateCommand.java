package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.ml.TextGenerator;
import io.sparkrnn.network.Sampling;
import io.sparkrnn.spark.HadoopStorage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Writes text as a language model goes on with a prompt, as it is drawn, and nothing else. Starts
 * no Spark. The same model, prompt, options and seed give the same text.
 */
@Command(name = "generate", description = "Writes text as a language model goes on with a prompt.")
final class GenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a language model.")
  private String folder = "";

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "The text to go on with; it is not written again.")
  private String prompt = "";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens to write at most (${DEFAULT-VALUE}).")
  private int length = 200;

  @Option(
      names = "--temperature",
      paramLabel = "F",
      description = "Below 1 more likely text, 0 the most likely token always (${DEFAULT-VALUE}).")
  private double temperature = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of the choices (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--topK",
      paramLabel = "K",
      description = "Choose among the K most likely tokens; 0 for all (${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--topP",
      paramLabel = "P",
      description =
          "Choose among the most likely tokens that have this share of probability"
              + " (${DEFAULT-VALUE}).")
  private double topP = 1;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before this text; may be given many times.")
  private List<String> stops = List.of();

  @Override
  public Integer call() {
    if (length < 0 || stops.contains("")) {
      throw new ConfigurationException(
          length < 0
              ? "--length: expected a number of at least 0, found " + length
              : "--stop: expected a text, found an empty one");
    }
    Sampling sampling;
    try {
      sampling = new Sampling(temperature, topK, topP);
    } catch (IllegalArgumentException failure) {
      throw new ConfigurationException(String.valueOf(failure.getMessage()), failure);
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    TextGenerator generator = TextGenerator.of(new HadoopStorage(folder, hadoop));
    PrintWriter out = spec.commandLine().getOut();
    generator.write(
        new TextGenerator.Request(prompt, length, sampling, stops, seed),
        piece -> {
          out.print(piece);
          out.flush();
        });
    out.println();
    out.flush();
    return ExitCode.SUCCESS.number();
  }
}
