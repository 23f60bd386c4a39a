package io.sparkrnn.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How training scales: with cores, with data, with shards far beyond the cores, and how evenly
 * tasks work. Every table is measured turn by turn, its contestants being alive all the time.
 */
public final class ScalingBenchmark {

  private static final String TWO_CORES = "2 shards on 2 cores";
  private static final String ONE_CORE = "1 shard on 1 core";
  private static final int MANY_SHARDS = 32;
  private static final int DOUBLINGS = 2;

  private final Options options;
  private final Workload workload;

  private ScalingBenchmark(Options options, Workload workload) {
    this.options = options;
    this.workload = workload;
  }

  /** {@code cores|data|shards|all [OPTION …] [WORKLOAD]}; see scripts/benchmark. */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    Options options = Options.of(words.subList(1, words.size()));
    String name = options.rest().isEmpty() ? "64x64x128x256" : options.rest().get(0);
    ScalingBenchmark benchmark = new ScalingBenchmark(options, Workload.of(name));
    String part = words.get(0);
    if (part.equals("cores") || part.equals("all")) {
      benchmark.cores();
    }
    if (part.equals("data") || part.equals("all")) {
      benchmark.data();
    }
    if (part.equals("shards") || part.equals("all")) {
      benchmark.shards();
    }
  }

  private void cores() {
    try (Contestants all = new Contestants()) {
      all.add(ONE_CORE, 1, 1, options.miniBatches());
      all.add(TWO_CORES, 2, 2, options.miniBatches());
      all.takeTurns();
      write("cores", all, ONE_CORE, "as many mini-batches a shard, so twice the data on two cores");
    }
  }

  /**
   * Rounds of an epoch each: the data are given so that the smallest take the seconds asked for.
   */
  private void data() {
    try (Contestants all = new Contestants()) {
      for (int doubling = 0; doubling <= DOUBLINGS; doubling++) {
        int miniBatches = options.miniBatches() << doubling;
        all.add(miniBatches + " mini-batches a shard", 2, 2, miniBatches);
      }
      all.takeTurns();
      write("data", all, options.miniBatches() + " mini-batches a shard", "a turn is whole epochs");
    }
  }

  private void shards() {
    int total = Math.max(options.miniBatches() * 2, MANY_SHARDS);
    try (Contestants all = new Contestants()) {
      for (int shards : new int[] {2, 8, MANY_SHARDS}) {
        all.add(shards + " shards on 2 cores", 2, shards, total / shards);
      }
      all.takeTurns();
      write("shards", all, TWO_CORES, "the same data dealt to more shards");
    }
  }

  private void write(String part, Contestants all, String base, String remark) {
    MarkdownTable table =
        new MarkdownTable(
            workload.name(),
            "thousand time steps a second",
            "time a step, µs",
            "speed to the first row's",
            "slowest task by the mean",
            "largest shard, in steps");
    Map<String, Contestant> byName = new TreeMap<>();
    all.members.forEach(member -> byName.put(member.name(), member));
    Sample first = byName.get(base).speed();
    for (Contestant member : all.members) {
      Sample speed = member.speed();
      table.row(
          member.name(),
          new Sample(speed.values().stream().map(v -> v / 1e3).toList()).spread("%.1f"),
          "%.2f".formatted(1e6 / speed.median()),
          speed.over(first).spread("%.3f"),
          member.slowest().spread("%.3f"),
          member.description().replaceAll(".* time steps of the largest shard ", ""));
    }
    Page.write(
        "scaling-" + part,
        "Scaling (%s): medians of %d turns of at least %.0f s (smallest–largest); %s. %s%n%n%s"
            .formatted(part, options.repeats(), options.seconds(), remark, Page.machine(), table));
  }

  private final class Contestants implements AutoCloseable {
    private final List<Contestant> members = new ArrayList<>();

    void add(String name, int cores, int shards, int miniBatches) {
      members.add(Programs.ours(name, workload, cores, shards, miniBatches, options.settings()));
    }

    void takeTurns() {
      for (int turn = 0; turn < options.repeats(); turn++) {
        members.forEach(member -> member.run(options.seconds()));
      }
    }

    @Override
    public void close() {
      members.forEach(Contestant::close);
    }
  }
}
