package io.sparkrnn.job;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** The program behind {@code scripts/spark-rnn}, for spark-submit. */
@Command(
    name = "spark-rnn",
    mixinStandardHelpOptions = true,
    description = "Trains recurrent networks on Apache Spark.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ForecastCommand.class,
      GenerateCommand.class,
      DescribeCommand.class,
      ReachCommand.class,
      CheckCommand.class
    })
public final class Main {

  Main() {}

  /** Runs one subcommand; a failure ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    ExitCode code = Program.run(new Main(), out, err, arguments);
    if (code != ExitCode.SUCCESS) {
      System.exit(code.number());
    }
  }
}
