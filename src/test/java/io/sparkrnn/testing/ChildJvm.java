package io.sparkrnn.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for what a test must not share: a small heap, or one that nobody else fills. */
public final class ChildJvm {

  private ChildJvm() {}

  /**
   * How it ended.
   *
   * @param exitCode 0 for well; −1 if it was stopped for taking too long
   * @param output all that it printed
   */
  public record Ended(int exitCode, String output) {
    /** What stands after a word at the beginning of a line. */
    public List<String> after(String word) {
      return output
          .lines()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }
  }

  /** Runs a class with the class path and the module options of this JVM. */
  public static Ended run(Class<?> main, Path folder, List<String> options, int minutes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-Djdk."))
        .forEach(command::add);
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (String.valueOf(name).startsWith("spark.")) {
                command.add("-D" + name + "=" + value);
              }
            });
    command.add("-Dtest.log.folder=" + folder);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Path output = folder.resolve(main.getSimpleName() + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return new Ended(ended ? process.exitValue() : -1, Files.readString(output));
  }
}
