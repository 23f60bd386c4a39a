package io.sparkrnn.ml;

import io.sparkrnn.metric.Metrics;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;

/**
 * A simple method that a network must beat to be worth its while: fitted to the rows that train,
 * scored on the same rows as the network, with the same scores.
 */
@FunctionalInterface
interface Baseline {

  /**
   * Fits and scores.
   *
   * @param known the rows that train and, marked as such, those that validate
   * @param test the rows to score
   */
  Metrics score(JavaRDD<Example> known, JavaRDD<Example> test);

  /**
   * Scores rows one by one within a partition; the partitions are merged in their order.
   *
   * @param nothing scores of no row; executors work on copies
   * @param add the scores with one row added; may change and return what it is given
   */
  static <T, M extends Metrics> Metrics sum(JavaRDD<T> rows, M nothing, Function2<M, T, M> add) {
    List<Metrics> partitions =
        rows.<Metrics>mapPartitions(
                partition -> {
                  M scores = nothing;
                  while (partition.hasNext()) {
                    scores = add.call(scores, partition.next());
                  }
                  return List.<Metrics>of(scores).iterator();
                })
            .collect();
    Metrics all = nothing;
    for (Metrics partition : partitions) {
      all = all.plus(partition);
    }
    return all;
  }
}
