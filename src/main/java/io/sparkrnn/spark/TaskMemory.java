package io.sparkrnn.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * The heap that tasks share.
 *
 * @param heap bytes of an executor; of the driver, where tasks run in it
 * @param tasks that run in it at a time, as far as the configuration tells
 * @param key the property that gives them more
 */
public record TaskMemory(long heap, int tasks, String key) {

  /** What the configuration of a context says. */
  public static TaskMemory of(JavaSparkContext context) {
    SparkConf conf = context.getConf();
    String master = conf.get("spark.master", "local");
    if (master.startsWith("local") && !master.startsWith("local-cluster")) {
      long heap = Runtime.getRuntime().maxMemory();
      return new TaskMemory(heap, context.defaultParallelism(), "spark.driver.memory");
    }
    long heap = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    int cores = conf.getInt("spark.executor.cores", 1);
    int tasks = Math.max(1, cores / Math.max(1, conf.getInt("spark.task.cpus", 1)));
    return new TaskMemory(heap, tasks, "spark.executor.memory");
  }
}
