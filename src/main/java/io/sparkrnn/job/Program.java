package io.sparkrnn.job;

import io.sparkrnn.setting.NearestName;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line and turns whatever happens into an exit code and clear lines on the standard
 * error: a mistake of the user is told without a stack trace, anything else leaves one in the log.
 */
final class Program {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  private Program() {}

  /**
   * Runs the command that the arguments name.
   *
   * @param command the picocli command, with its subcommands
   * @param out where help goes
   * @param err where problems go
   */
  static ExitCode run(Object command, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line =
        new CommandLine(command)
            .setOut(out)
            .setErr(err)
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((error, found) -> reportUsage(error, err).number())
            .setExecutionExceptionHandler((error, at, found) -> report(error, err).number());
    try {
      int code = line.execute(arguments);
      for (ExitCode known : ExitCode.values()) {
        if (known.number() == code) {
          return known;
        }
      }
      throw new IllegalStateException("a command returned the exit code " + code);
    } catch (Error | IllegalStateException error) {
      return report(error, err);
    }
  }

  private static ExitCode reportUsage(ParameterException error, PrintWriter err) {
    CommandLine command = error.getCommandLine();
    err.println(error.getMessage() + suggestion(error, command));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException error, CommandLine command) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    Set<String> known = new TreeSet<>(command.getSubcommands().keySet());
    known.addAll(command.getCommandSpec().optionsMap().keySet());
    return NearestName.of(unmatched.getUnmatched().get(0), known)
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  private static ExitCode report(Throwable error, PrintWriter err) {
    Optional<Throwable> mendable = ExitCode.mendable(error);
    mendable.ifPresentOrElse(
        cause -> {
          LOG.debug("The job failed", error);
          err.println(cause.getMessage());
        },
        () -> {
          LOG.error("The job failed", error);
          err.println("unexpected failure, its stack trace is in the log: " + firstLine(error));
        });
    err.flush();
    return mendable.map(ExitCode::of).orElse(ExitCode.UNEXPECTED);
  }

  private static String firstLine(Throwable error) {
    return error.toString().lines().findFirst().orElse(error.getClass().getName());
  }
}
