package io.sparkrnn.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a training goes: one workload on one core under the Java Flight Recorder, the
 * samples of its task counted by area (the innermost frame that is ours) and by method. The
 * recorder samples Java code faithfully and native code hardly, so native products are what the
 * samples leave of the time.
 */
public final class ProfileBenchmark {

  private static final int METHODS = 15;
  private static final String OURS = "io.sparkrnn.";
  private static final String TASKS = "Executor task launch worker";
  private static final String NATIVE = "native code and the rest: products, copies";

  /** Of jdk.ExecutionSample in the recorder's settings "profile" (JDK 17). */
  private static final double SAMPLES_A_SECOND = 100;

  /** Words that tell an area, looked for in {@code Class.method}, the first that fits. */
  private static final Map<String, List<String>> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("products in Java, and around native ones", List.of("Gemm"));
    AREAS.put("gates", List.of("io.sparkrnn.cell.", "Activation"));
    AREAS.put("bias and other sums of rows", List.of("math.Rows"));
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
    Instant began;
    Instant ended;
    try (Contestant ours =
        Programs.recorded(
            name, Workload.of(name), options.miniBatches(), options.settings(), recording)) {
      began = Instant.now();
      ours.run(options.seconds() * options.repeats());
      ended = Instant.now();
    }
    Page.write("profile-" + name, summary(name, recording, began, ended));
  }

  private static String summary(String name, Path recording, Instant began, Instant ended)
      throws IOException {
    Map<String, Integer> areas = new TreeMap<>();
    Map<String, Integer> methods = new TreeMap<>();
    int all = (int) (Duration.between(began, ended).toMillis() / 1e3 * SAMPLES_A_SECOND);
    int inJava = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStartTime().isAfter(began)
            && event.getStartTime().isBefore(ended)
            && event.getThread("sampledThread").getJavaName().startsWith(TASKS)) {
          List<RecordedFrame> frames = event.getStackTrace().getFrames();
          inJava++;
          areas.merge(area(frames), 1, Integer::sum);
          methods.merge(name(frames.get(0)), 1, Integer::sum);
        }
      }
    }
    areas.put(NATIVE, Math.max(0, all - inJava));
    return "Where the time goes, %s on 1 core: %d samples, %d of them in Java. %s%n%n%s%n%s"
        .formatted(
            name,
            all,
            inJava,
            Page.machine(),
            table("area", areas, all, Integer.MAX_VALUE),
            table("Java method itself", methods, all, METHODS));
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
