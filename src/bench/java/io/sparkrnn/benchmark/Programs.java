package io.sparkrnn.benchmark;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of what is compared. */
final class Programs {

  /** Set by scripts/benchmark; empty where there is none. */
  private static final String PYTHON = System.getProperty("benchmark.python", "");

  /** Its class path, set by scripts/benchmark; empty where there is none. */
  private static final String DEEPLEARNING4J = System.getProperty("benchmark.deeplearning4j", "");

  private Programs() {}

  /**
   * Ours, in a JVM with the options of this one.
   *
   * @param settings keys of a job file, key=value
   */
  static Contestant ours(
      String name,
      Workload workload,
      int cores,
      int shards,
      int miniBatches,
      List<String> settings) {
    return new Contestant(
        name, worker(List.of(), workload, cores, shards, miniBatches, settings), Map.of(), 1);
  }

  /** Ours on one core, its flight recorded into a file that is whole when it has ended. */
  static Contestant recorded(
      String name, Workload workload, int miniBatches, List<String> settings, Path recording) {
    List<String> options =
        List.of(
            "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints");
    return new Contestant(
        name, worker(options, workload, 1, 1, miniBatches, settings), Map.of(), 1);
  }

  private static List<String> worker(
      List<String> options,
      Workload workload,
      int cores,
      int shards,
      int miniBatches,
      List<String> settings) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrainingWorker.class.getName());
    command.add(workload.name());
    command.addAll(
        List.of(Integer.toString(cores), Integer.toString(shards), Integer.toString(miniBatches)));
    command.addAll(settings);
    return command;
  }

  static Contestant pytorch(String name, Workload workload, int threads, int processes) {
    require(PYTHON, "not installed");
    if (workload.precision().equals(Workload.BF16)
        && !Page.hasFlag("avx512_bf16")
        && !Page.hasFlag("amx_bf16")) {
      throw new IllegalStateException("no avx512_bf16, no amx_bf16 in this processor");
    }
    List<String> command =
        new ArrayList<>(
            List.of(PYTHON, "scripts/benchmarks/pytorch_training.py", Integer.toString(threads)));
    command.addAll(workload.words());
    return new Contestant(
        name, command, Map.of("OMP_NUM_THREADS", Integer.toString(threads)), processes);
  }

  static Contestant deeplearning4j(String name, Workload workload) {
    require(DEEPLEARNING4J, "not installed");
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-Xmx4g",
                "-Dorg.bytedeco.javacpp.maxbytes=8g",
                "-cp",
                DEEPLEARNING4J,
                "src/bench/deeplearning4j/Deeplearning4jTraining.java"));
    command.addAll(workload.words());
    return new Contestant(name, command, Map.of("OMP_NUM_THREADS", "1"), 1);
  }

  private static void require(String setting, String otherwise) {
    if (setting.isEmpty()) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static String java() {
    return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
  }
}
