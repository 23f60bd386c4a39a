package io.sparkrnn.spark;

import io.sparkrnn.error.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One folder of any Hadoop file system. A folder is written beside its final place and renamed when
 * it is whole, so that nobody ever sees half of one.
 */
public final class HadoopStorage {

  private final Path folder;
  private final FileSystem files;

  /** Opens a folder, which need not exist. */
  public HadoopStorage(String folder, Configuration configuration) {
    try {
      this.folder = new Path(folder);
      this.files = this.folder.getFileSystem(configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "folder '%s' cannot be reached: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Full path of the folder. */
  public String location() {
    return files.makeQualified(folder).toString();
  }

  /** Whether the folder (or a file of that name) exists. */
  public boolean exists() {
    return check(() -> files.exists(folder));
  }

  /** Whether a file exists in the folder. */
  public boolean exists(String name) {
    return check(() -> files.exists(new Path(folder, name)));
  }

  /** A folder in this one. */
  public HadoopStorage child(String name) {
    return new HadoopStorage(new Path(files.makeQualified(folder), name).toString(), files.getConf());
  }

  /** A folder beside this one, hidden from readers, for what is not whole yet. */
  public HadoopStorage beside(String suffix) {
    String name = "_" + folder.getName() + "." + suffix;
    Path parent = files.makeQualified(folder).getParent();
    return new HadoopStorage(new Path(parent, name).toString(), files.getConf());
  }

  /**
   * Accepts a folder that may be written.
   *
   * @throws DataException if it exists and may not be replaced
   */
  public void requireWritable(boolean overwrite) {
    if (!overwrite && exists()) {
      throw new DataException(
          "folder %s exists; choose another, or set overwrite".formatted(folder));
    }
  }

  /**
   * Moves the whole folder to the place of another. What was there is kept beside until the move is
   * done, and put back if it fails.
   *
   * @throws DataException if there is one and it may not be replaced
   */
  public void moveTo(HadoopStorage target, boolean overwrite) {
    target.requireWritable(overwrite);
    boolean replaces = target.exists();
    HadoopStorage before = target.beside("before." + UUID.randomUUID());
    if (replaces) {
      target.rename(before);
    }
    try {
      rename(target);
    } catch (UncheckedIOException e) {
      if (replaces) {
        before.rename(target);
      }
      throw e;
    }
    if (replaces) {
      before.delete();
    }
  }

  private void rename(HadoopStorage target) {
    check(
        () -> {
          files.mkdirs(files.makeQualified(target.folder).getParent());
          if (!files.rename(folder, target.folder)) {
            throw new IOException("its renaming to %s was refused".formatted(target.folder));
          }
          return true;
        });
  }

  /** Removes the folder if it is there. */
  public void delete() {
    check(() -> files.delete(folder, true));
  }

  /** Writes one file of UTF-8 text. */
  public void writeText(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads one file of UTF-8 text. */
  public String readText(String name) {
    return read(name, (in, length) -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Writes one file. */
  public void write(String name, Writing writing) {
    check(
        () -> {
          try (OutputStream out = files.create(new Path(folder, name), true)) {
            writing.to(out);
          }
          return true;
        });
  }

  /** Reads one file. */
  public <T> T read(String name, Reading<T> reading) {
    Path path = new Path(folder, name);
    return check(
        () -> {
          try (InputStream in = files.open(path)) {
            return reading.from(in, files.getFileStatus(path).getLen());
          } catch (FileNotFoundException e) {
            throw new DataException(
                "file %s is missing; is %s a whole model folder?".formatted(path, folder), e);
          } catch (IOException e) {
            throw new DataException(
                "file %s cannot be read: %s".formatted(path, e.getMessage()), e);
          }
        });
  }

  /** Writes bytes. */
  @FunctionalInterface
  public interface Writing {
    /** Called with the open file. */
    void to(OutputStream out) throws IOException;
  }

  /** Reads bytes. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Called with the open file and its length in bytes. */
    T from(InputStream in, long length) throws IOException;
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T check(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException("folder %s: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
