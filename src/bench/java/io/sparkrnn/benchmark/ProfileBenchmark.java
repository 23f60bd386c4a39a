package io.sparkrnn.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a training goes: one workload on two cores under the Java Flight Recorder, its
 * samples counted by area (the innermost frame that is ours) and by method.
 */
public final class ProfileBenchmark {

  private static final int METHODS = 15;
  private static final String OURS = "io.sparkrnn.";

  /** Words that tell an area, looked for in {@code Class.method}, the first that fits. */
  private static final Map<String, List<String>> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("products", List.of("Gemm", "blas", "BLAS", "dnnl", "Dnnl"));
    AREAS.put("gates", List.of("io.sparkrnn.cell."));
    AREAS.put("softmax and loss", List.of("Softmax", "Classification"));
    AREAS.put("optimizer", List.of("io.sparkrnn.optimizer."));
    AREAS.put("gradient, parameters", List.of("io.sparkrnn.parameter."));
    AREAS.put("gathering batches", List.of("io.sparkrnn.sequence."));
    AREAS.put("embedding", List.of("Embedding"));
    AREAS.put("unroller and other layers", List.of("io.sparkrnn.layer.", "io.sparkrnn.network."));
    AREAS.put("round", List.of("io.sparkrnn.training.", "io.sparkrnn.spark."));
    AREAS.put("other of ours", List.of(OURS));
    AREAS.put("serialisation, network, Spark", List.of(""));
  }

  private ProfileBenchmark() {}

  /** {@code [OPTION …] WORKLOAD}. */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(List.of(arguments));
    String name = options.rest().isEmpty() ? "64x64x128x256" : options.rest().get(0);
    Path recording = Path.of("target", "benchmark", "profile-" + name + ".jfr");
    Files.createDirectories(recording.getParent());
    Files.deleteIfExists(recording);
    System.err.println("recording " + recording);
    try (Contestant ours =
        Programs.recorded(
            name, Workload.of(name), options.miniBatches(), options.settings(), recording)) {
      ours.run(options.seconds() * options.repeats());
    }
    Page.write("profile-" + name, summary(name, recording));
  }

  private static String summary(String name, Path recording) throws IOException {
    Map<String, Integer> areas = new TreeMap<>();
    Map<String, Integer> methods = new TreeMap<>();
    int samples = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        boolean java = event.getEventType().getName().equals("jdk.ExecutionSample");
        boolean inNative = event.getEventType().getName().equals("jdk.NativeMethodSample");
        if (!(java || inNative) || event.getStackTrace() == null) {
          continue;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        boolean task = frames.stream().anyMatch(frame -> name(frame).startsWith(OURS));
        if (frames.isEmpty() || (inNative && !task)) {
          continue; // threads that wait for the network are native too
        }
        samples++;
        areas.merge(area(frames), 1, Integer::sum);
        methods.merge(name(frames.get(0)), 1, Integer::sum);
      }
    }
    return "Where the time goes, %s on 2 cores: %d samples. %s%n%n%s%n%s"
        .formatted(
            name,
            samples,
            Page.machine(),
            table("area", areas, samples, Integer.MAX_VALUE),
            table("method itself", methods, samples, METHODS));
  }

  private static MarkdownTable table(
      String what, Map<String, Integer> counts, int samples, int most) {
    MarkdownTable table = new MarkdownTable(what, "share");
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .forEach(
            entry ->
                table.row(entry.getKey(), "%.1f %%".formatted(100.0 * entry.getValue() / samples)));
    return table;
  }

  /** By the innermost frame that is ours, or else by the innermost of all. */
  private static String area(List<RecordedFrame> frames) {
    String decisive =
        frames.stream()
            .map(ProfileBenchmark::name)
            .filter(name -> name.startsWith(OURS))
            .findFirst()
            .orElse(name(frames.get(0)));
    return AREAS.entrySet().stream()
        .filter(area -> area.getValue().stream().anyMatch(decisive::contains))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("other");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
