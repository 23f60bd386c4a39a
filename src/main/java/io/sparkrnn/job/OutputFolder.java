package io.sparkrnn.job;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * A folder that a command writes. Whether it may be written is known before the work begins; what
 * is written appears under its name when it is whole, and not before.
 */
final class OutputFolder {
  /** The last file that a command writes, and the mark of a folder that one of them wrote. */
  static final String SUCCESS = "_SUCCESS";

  private final HadoopStorage target;
  private final boolean overwrite;

  private OutputFolder(HadoopStorage target, boolean overwrite) {
    this.target = target;
    this.overwrite = overwrite;
  }

  /**
   * The folder that a setting names.
   *
   * @throws ConfigurationException if it names none, one that exists and may not be replaced, or
   *     one that cannot be written
   */
  static OutputFolder of(SparkSession spark, Values values, Setting<String> setting) {
    String key = setting.key();
    String path = values.get(setting);
    if (path.isEmpty()) {
      throw new ConfigurationException(
          "%s: name the folder to write, in the job file or by --set %s=DIR".formatted(key, key));
    }
    HadoopStorage target = new HadoopStorage(path, spark.sparkContext().hadoopConfiguration());
    boolean overwrite = values.get(JobSettings.OVERWRITE);
    target.clearLeftovers();
    if (target.exists() && !overwrite) {
      throw new ConfigurationException(
          "%s: folder %s exists; choose another, or set output.overwrite=true"
              .formatted(key, target.location()));
    }
    if (target.exists() && !target.exists(SUCCESS)) {
      throw new ConfigurationException(
          "%s: %s exists and was not written by spark-rnn (it has no %s), so it is not replaced; choose another, or remove it"
              .formatted(key, target.location(), SUCCESS));
    }
    OutputFolder folder = new OutputFolder(target, overwrite);
    try {
      HadoopStorage probe = folder.unfinished();
      probe.writeText(SUCCESS, "");
      probe.delete();
    } catch (UncheckedIOException failure) {
      throw new ConfigurationException(
          "%s: folder %s cannot be written: %s"
              .formatted(key, target.location(), failure.getCause().getMessage()),
          failure);
    }
    return folder;
  }

  /** Full path. */
  String location() {
    return target.location();
  }

  /** Writes a folder beside this one and puts it in place when it is whole. */
  void write(Consumer<HadoopStorage> writing) {
    HadoopStorage unfinished = unfinished();
    try {
      writing.accept(unfinished);
      unfinished.moveTo(target, overwrite);
    } finally {
      unfinished.delete();
    }
  }

  private HadoopStorage unfinished() {
    return target.beside(UUID.randomUUID().toString());
  }
}
