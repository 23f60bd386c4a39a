package io.sparkrnn.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Shards in this process, worked on by a few threads. */
public final class LocalCluster implements Cluster {

  private final ExecutorService threads;

  /** Starts the threads. */
  public LocalCluster(int threadCount) {
    threads =
        Executors.newFixedThreadPool(
            threadCount,
            task -> {
              Thread thread = new Thread(task, "local-cluster");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public <B> Slice.Folded run(Round<B> round, TrainingState start, Shards<B> shards, String label) {
    List<ShardResult> results = inOrder(shards, shard -> round.work(start, shard));
    return Slice.fold(
        results.stream().map(result -> new Slice(result.summary(), result.vector())).iterator());
  }

  @Override
  public <B, R extends Serializable> List<R> map(
      ShardFunction<B, R> function, float[] parameters, Shards<B> shards, String label) {
    return inOrder(shards, shard -> function.apply(parameters, shard));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private <B, R> List<R> inOrder(Shards<B> shards, Function<Shard<B>, R> function) {
    if (!(shards instanceof LocalShards<B> local)) {
      throw new IllegalArgumentException("a local cluster works on local shards, found " + shards);
    }
    List<Future<R>> futures = new ArrayList<>();
    for (Shard<B> shard : local.shards()) {
      futures.add(threads.submit(() -> function.apply(shard)));
    }
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a shard", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a shard failed", e.getCause());
    }
  }
}
