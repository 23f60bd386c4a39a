package io.sparkrnn.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** What a benchmark found, on the standard output and in {@code target/benchmark/NAME.md}. */
final class Page {

  private static final Path FOLDER = Path.of("target", "benchmark");

  private Page() {}

  static void write(String name, String text) {
    System.out.println(text);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".md"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + FOLDER.resolve(name + ".md"), e);
    }
  }

  /** One line: processor, cores, Java, Spark, time. */
  static String machine() {
    return "%s, %d cores, Linux %s, Java %s, Spark %s, %s"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            org.apache.spark.package$.MODULE$.SPARK_VERSION(),
            LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES));
  }

  /** Name of the processor and the widest vectors it has. */
  private static String processor() {
    try {
      String info = Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
      String name =
          info.lines()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 2))
              .findFirst()
              .orElse("unknown processor");
      String vectors =
          hasFlag("amx_bf16")
              ? "AMX"
              : hasFlag("avx512_bf16")
                  ? "AVX-512 with bf16"
                  : hasFlag("avx512f") ? "AVX-512" : hasFlag("avx2") ? "AVX2" : "no AVX2";
      return name + " (" + vectors + ")";
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Whether the processor says it has something, by Linux's name of it. */
  static boolean hasFlag(String flag) {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> (line + " ").contains(" " + flag + " "))
          .orElse(false);
    } catch (IOException e) {
      return false;
    }
  }
}
