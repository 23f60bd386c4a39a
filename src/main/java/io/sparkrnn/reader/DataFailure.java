package io.sparkrnn.reader;

import io.sparkrnn.error.DataException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a failed Spark action says of the data. A row is parsed on an executor, so that the error of
 * a wrong line arrives wrapped in those of the task, the stage and the job.
 */
public final class DataFailure {
  /** Error conditions by which Spark itself says that a file cannot be read as it was asked to. */
  private static final List<String> CONDITIONS =
      List.of(
          "MALFORMED_RECORD",
          "FAILED_READ_FILE",
          "CANNOT_PARSE",
          "CANNOT_READ",
          "CAST_INVALID_INPUT",
          "PATH_NOT");

  /** The class of SQL states of names and types that an expression cannot use. */
  private static final String OF_EXPRESSIONS = "42";

  /**
   * Classes of SQL states that blame what is read: data exceptions, names and types of columns that
   * an expression cannot use, sources.
   */
  private static final List<String> STATES = List.of("22", OF_EXPRESSIONS, "KD");

  private DataFailure() {}

  /** The error about the data that a failure carries, if it is one. */
  public static Optional<DataException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException found) {
        return Optional.of(found);
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable found && isOfData(found)) {
        return Optional.of(new DataException(told(cause), failure));
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("deprecation") // Spark 3.5 knows the condition by this name alone.
  private static boolean isOfData(SparkThrowable failure) {
    String state = failure.getSqlState();
    return namesData(failure)
        || (failure.getErrorClass() != null
            && state != null
            && STATES.stream().anyMatch(state::startsWith));
  }

  @SuppressWarnings("deprecation") // Spark 3.5 knows the condition by this name alone.
  private static boolean namesData(SparkThrowable failure) {
    String condition = failure.getErrorClass();
    return condition != null && CONDITIONS.stream().anyMatch(condition::startsWith);
  }

  /** Whether Spark refused an expression, and not what it should read. */
  static boolean isOfExpression(DataException told) {
    return told.getCause() instanceof SparkThrowable refused
        && String.valueOf(refused.getSqlState()).startsWith(OF_EXPRESSIONS)
        && !namesData(refused)
        && !isOfTask(told);
  }

  /** Whether a task failed, and not the plan of what it should do. */
  static boolean isOfTask(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkException
          && String.valueOf(cause.getMessage()).startsWith("Job aborted")) {
        return true;
      }
    }
    return false;
  }

  /** The first line of the innermost failure. */
  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.lines().findFirst().orElse("");
  }

  /** The first lines of a failure and of its causes, as one line; what repeats is left out. */
  private static String told(Throwable failure) {
    Set<String> lines = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      lines.add(line.replaceFirst("\\s*SQLSTATE: .*", "").replaceFirst("\\.$", ""));
    }
    return String.join(": ", lines);
  }

  /**
   * The rows, once it is sure that there is one.
   *
   * @param remedy what to say if there is none: what was read, and what to do
   */
  static Dataset<Row> requireRows(Dataset<Row> rows, Supplier<String> remedy) {
    if (unwrapped(rows::isEmpty)) {
      throw new DataException(remedy.get());
    }
    return rows;
  }

  /**
   * Runs an action; an error about the data that it carries is thrown in its place.
   *
   * @throws OfSpark for any other error of Spark's own kind, checked or not
   */
  public static <T> T unwrapped(Supplier<T> action) {
    try {
      return action.get();
    } catch (Exception e) {
      Optional<DataException> data = in(e);
      if (data.isPresent()) {
        throw data.get();
      }
      if (e instanceof SparkThrowable || !(e instanceof RuntimeException unchecked)) {
        throw new OfSpark(e);
      }
      throw unchecked;
    }
  }

  /** An error of Spark, which Scala throws unchecked whatever its class. */
  public static final class OfSpark extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OfSpark(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}
