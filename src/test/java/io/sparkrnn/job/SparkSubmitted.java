package io.sparkrnn.job;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scala.Option;

/** A JVM as spark-submit gives it to a program: a master is named and no Spark runs yet. */
final class SparkSubmitted implements BeforeAllCallback, AfterAllCallback {
  static final String MASTER = "spark.master";

  @Override
  public void beforeAll(ExtensionContext context) {
    Option<SparkSession> left = SparkSession.getDefaultSession();
    if (left.isDefined()) {
      left.get().stop(); // of tests before: a job shall start its own
    }
    System.setProperty(MASTER, "local[2]");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(MASTER);
  }
}
