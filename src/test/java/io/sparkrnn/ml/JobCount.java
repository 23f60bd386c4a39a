package io.sparkrnn.ml;

import io.sparkrnn.TestSpark;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs that start from now on. */
final class JobCount extends SparkListener {
  private static final String MARK = "the job that ends a count";

  private final SparkContext context = TestSpark.session().sparkContext();
  private final AtomicInteger started = new AtomicInteger();
  private volatile boolean marked;

  JobCount() {
    context.addSparkListener(this);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (MARK.equals(job.properties().getProperty("spark.job.description"))) {
      marked = true;
    } else {
      started.incrementAndGet();
    }
  }

  /** Ends the count. Listeners hear of jobs later and in order, so a last job is waited for. */
  int stopped() {
    context.setJobDescription(MARK);
    TestSpark.session().range(1).toJavaRDD().count();
    context.setJobDescription(null);
    for (int i = 0; i < 1000 && !marked; i++) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    context.removeSparkListener(this);
    if (!marked) {
      throw new IllegalStateException("the listener heard of no job in ten seconds");
    }
    return started.get();
  }
}
