package io.sparkrnn.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * The most bytes that were reachable in this JVM while it watched: a thread collects all garbage
 * again and again and reads what is left. Slow, and nearer to the truth than what a heap happens to
 * be filled with.
 */
final class LiveHeap implements AutoCloseable {

  private static final long PAUSE_NANOS = 5_000_000;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final Thread watcher = new Thread(this::watch, "live-heap");
  private volatile boolean ended;
  private long peak;
  private int samples;

  LiveHeap() {
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Bytes reachable now. */
  static long now() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void watch() {
    while (!ended) {
      memory.gc();
      peak = Math.max(peak, memory.getHeapMemoryUsage().getUsed());
      samples++;
      LockSupport.parkNanos(PAUSE_NANOS); // lets the watched ones go on
    }
  }

  /** Bytes, after the watch has ended. */
  long peak() {
    return peak;
  }

  /** How often it looked. */
  int samples() {
    return samples;
  }

  @Override
  public void close() {
    ended = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
