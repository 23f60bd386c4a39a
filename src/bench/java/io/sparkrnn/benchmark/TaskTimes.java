package io.sparkrnn.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** How long tasks worked, stage by stage, in milliseconds. */
final class TaskTimes extends SparkListener {

  private static final long LISTENERS_LAG_NANOS = 300_000_000;

  private final Map<Integer, List<Long>> byStage = new HashMap<>();

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    byStage
        .computeIfAbsent(end.stageId(), stage -> new ArrayList<>())
        .add(end.taskMetrics().executorRunTime());
  }

  synchronized void clear() {
    byStage.clear();
  }

  /** The slowest task by the mean of its stage, in the stage that worked longest. */
  double slowestByMean() {
    LockSupport.parkNanos(LISTENERS_LAG_NANOS); // events arrive a little later
    synchronized (this) {
      return byStage.values().stream()
          .max((a, b) -> Long.compare(sum(a), sum(b)))
          .map(times -> (double) max(times) * times.size() / Math.max(1, sum(times)))
          .orElse(Double.NaN);
    }
  }

  private static long sum(List<Long> times) {
    return times.stream().mapToLong(t -> t).sum();
  }

  private static long max(List<Long> times) {
    return times.stream().mapToLong(t -> t).max().orElse(0);
  }
}
