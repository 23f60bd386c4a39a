package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A subcommand that runs a job file. The file is read before Spark starts, so that a typo is told
 * at once; the master comes from spark-submit, never from here; a Spark that was started here is
 * stopped however the job ends, one that somebody else runs in this JVM goes on.
 */
abstract class JobCommand implements Callable<Integer> {
  private final JobSchema schema;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "JOB.conf",
      description = "Job file: a local path, a name given to --files, or a Hadoop URI.")
  private String location;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key over the job file; may be given many times, the last one wins.")
  private List<String> assignments = List.of();

  /** A command over job files of this schema. */
  JobCommand(JobSchema schema) {
    this.schema = schema;
  }

  /**
   * Does the work of the command.
   *
   * @throws ConfigurationException if the values do not go together; the caller adds the place
   */
  abstract void run(SparkSession spark, JobFile job);

  /** What options of the command set, over the job file and under {@code --set}. */
  List<String> implied() {
    return List.of();
  }

  /** Where results for people go. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public final Integer call() {
    SparkConf configuration = new SparkConf();
    JobFile job =
        JobFile.load(
            JobSource.of(configuration, System.getenv()),
            location,
            Stream.concat(implied().stream(), assignments.stream()).toList(),
            schema);
    SparkSession.Builder builder = SparkSession.builder();
    if (!isNamed(configuration)) {
      builder.appName(spec.qualifiedName() + " " + location);
    }
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    if (ours && !configuration.contains("spark.master")) {
      throw new ConfigurationException(
          "spark.master: expected the Spark to run on, found none; start the program by scripts/spark-rnn or spark-submit, or Java with -Dspark.master=local[*]");
    }
    SparkSession spark = builder.getOrCreate();
    try {
      run(spark, job);
      return ExitCode.SUCCESS.number();
    } catch (ConfigurationException failure) {
      throw job.located(failure);
    } catch (Exception failure) { // Spark's are checked ones that Scala does not declare.
      if (spark.sparkContext().isStopped() && ExitCode.mendable(failure).isEmpty()) {
        throw new StoppedException(failure);
      }
      throw failure;
    } finally {
      if (ours) {
        spark.stop();
      }
    }
  }

  /** Without {@code --name} spark-submit names the application after its main class. */
  private static boolean isNamed(SparkConf configuration) {
    String name = configuration.get("spark.app.name", "");
    return !name.isEmpty() && !name.startsWith(JobCommand.class.getPackageName() + ".");
  }
}
