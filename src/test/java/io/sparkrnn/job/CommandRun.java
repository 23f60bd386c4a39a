package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;

/**
 * What one command line of the program came to.
 *
 * @param code how it ended
 * @param out what it printed for people, without the progress of a training
 * @param err what it said of problems
 */
record CommandRun(ExitCode code, String out, String err) {

  /** Runs a command line in this JVM, as {@code scripts/spark-rnn} would in its own. */
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ExitCode code =
        Program.run(new Main(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    assertThat(SparkSession.getDefaultSession().isEmpty()).as("Spark is stopped").isTrue();
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** This run, which must have ended well and without a word about problems. */
  CommandRun succeeded() {
    assertThat(err).isEmpty();
    assertThat(code).isEqualTo(ExitCode.SUCCESS);
    return this;
  }

  /** The one line that tells of a failure with this code. */
  String failure(ExitCode expected) {
    assertThat(code).as(err).isEqualTo(expected);
    assertThat(out).isEmpty();
    assertThat(err.lines()).hasSize(1);
    return err.strip();
  }

  /** The printed text as JSON. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
