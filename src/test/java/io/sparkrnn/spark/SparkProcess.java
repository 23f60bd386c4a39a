package io.sparkrnn.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own with the class path of this one, for programs of Spark whose executors are
 * processes with that class path too.
 *
 * @param process the JVM
 * @param output its output, both streams
 */
record SparkProcess(Process process, Path output) implements AutoCloseable {

  /** Lives that are short spend most of their time in the optimising compiler. */
  static final String QUICK = "-XX:TieredStopAtLevel=1";

  /**
   * Starts a program.
   *
   * @param folder where it runs and leaves its output
   * @param name of the output
   * @param options of the JVM
   */
  static SparkProcess start(
      Path folder, String name, List<String> options, String program, String... arguments)
      throws IOException {
    Path home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars")); // executors get the class path of this test
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.add("-XX:+UseSerialGC");
    command.add(QUICK);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program));
    command.addAll(List.of(arguments));
    Path output = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new SparkProcess(builder.start(), output);
  }

  /** The class path of this JVM, absolute. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(place -> Path.of(place).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits for the end, and gives the output. */
  String succeeded(int minutes) throws IOException, InterruptedException {
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output);
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(
          (ended ? "ended with " + process.exitValue() : "no end after " + minutes + " minutes")
              + ":\n"
              + text);
    }
    return text;
  }

  /** Waits for the first line of the output that is wanted. */
  String line(Predicate<String> wanted, int seconds) throws IOException, InterruptedException {
    for (int tenths = 0; tenths < 10 * seconds; tenths++) {
      List<String> lines = Files.readAllLines(output);
      for (String line : lines) {
        if (wanted.test(line)) {
          return line;
        }
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no such line:\n" + Files.readString(output));
  }

  /** Executors of an application, wherever on this machine they run. */
  static List<ProcessHandle> executors(String application) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(
            process -> {
              List<String> words = words(process);
              int at = words.indexOf("--app-id");
              return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(application);
            })
        .toList();
  }

  /** The whole command line, of which {@code ProcessHandle} knows no more than a page. */
  private static List<String> words(ProcessHandle process) {
    try {
      Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return List.of(Files.readString(line, StandardCharsets.ISO_8859_1).split("\\x00"));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** As a machine that is switched off: SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
