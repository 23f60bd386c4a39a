package io.sparkrnn.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that trains whenever it is told to, in one process or in several that run side by side
 * and know nothing of each other. It lives as long as this, so that contestants can take turns.
 */
final class Contestant implements AutoCloseable {

  private final String name;
  private final File log;
  private final List<Member> members = new ArrayList<>();
  private final Sample speed = new Sample();
  private final Sample slowest = new Sample();
  private long parameters;
  private String description = "";

  /** Starts the processes and waits until they are warm. */
  Contestant(String name, List<String> command, Map<String, String> environment, int processes) {
    this.name = name;
    this.log = new File("target/benchmark/" + name.replaceAll("[^A-Za-z0-9.=]+", "-") + ".log");
    try {
      for (int i = 0; i < processes; i++) {
        members.add(new Member(start(command, environment)));
      }
      for (Member member : members) {
        String[] words = member.read().split(" ", 3);
        if (!words[0].equals("ready")) { // unable REASON
          throw new IllegalStateException(String.join(" ", words));
        }
        parameters = Long.parseLong(words[1]);
        description = words[2];
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Trains for about so long, all processes at once, and keeps the sum of their speeds. */
  void run(double seconds) {
    members.forEach(member -> member.write("run " + seconds));
    double stepsASecond = 0;
    for (Member member : members) {
      String[] words = member.read().split(" ");
      stepsASecond += Double.parseDouble(words[0]) / Double.parseDouble(words[1]);
      if (words.length > 2) {
        slowest.add(Double.parseDouble(words[2]));
      }
    }
    speed.add(stepsASecond);
    System.err.printf("%s: %,.0f time steps a second%n", name, stepsASecond);
  }

  String name() {
    return name;
  }

  long parameters() {
    return parameters;
  }

  String description() {
    return description;
  }

  /** Time steps a second, turn by turn. */
  Sample speed() {
    return speed;
  }

  /** The slowest task by the mean of all, turn by turn. */
  Sample slowest() {
    return slowest;
  }

  private IllegalStateException failure(String problem) {
    return new IllegalStateException("%s: %s, see %s".formatted(name, problem, log));
  }

  @Override
  public void close() {
    members.forEach(Member::end);
  }

  private final class Member {
    private final Process process;
    private final PrintStream input;
    private final BufferedReader output;

    Member(Process process) {
      this.process = process;
      input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void write(String line) {
      input.println(line);
    }

    String read() {
      try {
        String line = output.readLine();
        if (line == null) {
          throw failure("no more output");
        }
        return line;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void end() {
      input.close();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
