package io.sparkrnn;

import org.apache.spark.sql.SparkSession;

/**
 * The one Spark of a test run: two cores of this JVM, no web page, nothing written outside target.
 */
public final class TestSpark {
  private TestSpark() {}

  /** The session, started by the first test that asks. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 3)
        .config("spark.sql.warehouse.dir", "target/spark-warehouse")
        .getOrCreate();
  }
}
