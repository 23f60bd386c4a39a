package io.sparkrnn.reader;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.NearestName;
import io.sparkrnn.setting.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The readers by the names of their formats, and a job's data block made ready to read. */
public final class SequenceReaders {
  /** The key of a data block that names the reader. */
  public static final String FORMAT = "format";

  private static final List<SequenceReader> ALL =
      List.of(
          new TableReader(),
          new UeaReader(),
          new ConllUReader(),
          new TextFolderReader(),
          new TextReader(),
          new LongFormatReader(),
          new NextStepReader());

  private SequenceReaders() {}

  /** A reader and valid values of its settings. */
  public record Configured(SequenceReader reader, Values values) {
    /** Reads; see {@link SequenceReader#read}. */
    public Dataset<Row> read(SparkSession spark) {
      return reader.read(spark, values);
    }
  }

  /** All readers, in the order of the reference. */
  public static List<SequenceReader> all() {
    return ALL;
  }

  /** Names of all formats. */
  public static List<String> formats() {
    return ALL.stream().map(SequenceReader::format).toList();
  }

  /**
   * The reader of a format, or a new one of the class so named.
   *
   * @throws ConfigurationException naming the nearest format if there is none
   */
  public static SequenceReader of(String format) {
    return ALL.stream()
        .filter(reader -> reader.format().equals(format))
        .findFirst()
        .orElseGet(() -> ofClass(format));
  }

  /**
   * Validates a data block without reading anything.
   *
   * @param where the block's key in the job file, such as {@code data.train}; begins every error
   * @param block {@code format} and the keys of that reader's settings, with plain values
   * @throws ConfigurationException listing, one a line, every unknown key and every wrong value
   */
  public static Configured configure(String where, Map<String, ?> block) {
    Object format = block.get(FORMAT);
    if (!(format instanceof String name)) {
      throw new ConfigurationException(
          where + "." + FORMAT + ": expected one of " + formats() + ", found " + format);
    }
    Map<String, Object> settings = new LinkedHashMap<>(block);
    settings.remove(FORMAT);
    SequenceReader reader = readerAt(where, name);
    return new Configured(reader, Values.of(reader.settings(), settings, where + "."));
  }

  private static SequenceReader readerAt(String where, String format) {
    try {
      return of(format);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(where + "." + FORMAT + ": " + e.getMessage(), e);
    }
  }

  private static SequenceReader ofClass(String name) {
    if (!name.contains(".")) {
      throw new ConfigurationException(
          "unknown format "
              + name
              + NearestName.of(name, formats())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; expected one of " + formats() + " or a class name with its package"));
    }
    try {
      Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
      return type.asSubclass(SequenceReader.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ConfigurationException(
          "format "
              + name
              + ": expected a class on the class path that implements "
              + SequenceReader.class.getName()
              + " and has a public constructor without arguments ("
              + e
              + ")",
          e);
    }
  }
}
