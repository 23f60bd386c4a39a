package io.sparkrnn.spark;

import io.sparkrnn.error.DataException;
import io.sparkrnn.training.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * One folder of any Hadoop file system. A folder is written beside its final place and renamed when
 * it is whole, so that nobody ever sees half of one.
 */
public final class HadoopStorage implements Storage {

  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

  /** No text of a model folder comes near it, even with a vocabulary of millions. */
  private static final int LONGEST_TEXT = 1 << 29;

  private final Path folder;
  private final FileSystem files;
  private final Configuration configuration;

  /** Opens a folder, which need not exist. */
  public HadoopStorage(String folder, Configuration configuration) {
    this.configuration = configuration;
    try {
      this.folder = new Path(folder);
      this.files = this.folder.getFileSystem(configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "folder '%s' cannot be reached: %s".formatted(folder, e.getMessage()), e);
    }
  }

  @Override
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

  @Override
  public List<String> names() {
    return check(
        () -> {
          List<String> names = new ArrayList<>();
          if (files.exists(folder)) {
            for (FileStatus status : files.listStatus(folder)) {
              names.add(status.getPath().getName());
            }
          }
          names.sort(Comparator.naturalOrder());
          return names;
        });
  }

  @Override
  public HadoopStorage child(String name) {
    return new HadoopStorage(
        new Path(files.makeQualified(folder), name).toString(), files.getConf());
  }

  /** A folder beside this one, hidden from readers, for what is not whole yet. */
  public HadoopStorage beside(String suffix) {
    String name = "_" + folder.getName() + "." + suffix;
    Path parent = files.makeQualified(folder).getParent();
    return new HadoopStorage(new Path(parent, name).toString(), configuration);
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

  /** What was there is kept beside until the move is done, and put back if it fails. */
  @Override
  public void moveTo(Storage place, boolean overwrite) {
    HadoopStorage target = (HadoopStorage) place;
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

  /**
   * Clears away what a run that was killed while it wrote this folder left beside it: the old
   * folder is put back if it had been set aside, and what was not whole is removed if nobody has
   * written into it for ten minutes; it may belong to a run that is alive.
   */
  public void clearLeftovers() {
    check(
        () -> {
          Path whole = files.makeQualified(folder);
          Path parent = whole.getParent();
          if (parent == null || !files.exists(parent)) {
            return false;
          }
          String name = Pattern.quote(whole.getName());
          String unfinished = "_{1,2}" + name + "(\\.before)?(\\." + UUID_FORM + "){1,2}";
          for (FileStatus left : files.listStatus(parent)) {
            String leftName = left.getPath().getName();
            if (leftName.startsWith("_" + whole.getName() + ".before.") && !files.exists(whole)) {
              files.rename(left.getPath(), whole);
            } else if (leftName.matches(unfinished) && lastTouched(left) < abandonedBefore()) {
              files.delete(left.getPath(), true);
            }
          }
          return true;
        });
  }

  private long lastTouched(FileStatus status) throws IOException {
    long last = status.getModificationTime();
    if (status.isDirectory()) {
      for (FileStatus inside : files.listStatus(status.getPath())) {
        last = Math.max(last, inside.getModificationTime());
      }
    }
    return last;
  }

  private static long abandonedBefore() {
    return System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
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

  @Override
  public void delete() {
    check(() -> files.delete(folder, true));
  }

  /** Writes one file of UTF-8 text. */
  public void writeText(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads one file of UTF-8 text.
   *
   * @throws DataException if it is missing, longer than {@value #LONGEST_TEXT} bytes, or not UTF-8
   */
  public String readText(String name) {
    return read(
        name,
        (in, length) -> {
          if (length > LONGEST_TEXT) {
            throw new DataException(
                "file %s: expected a text of at most %d bytes, found %d; is %s a model folder?"
                    .formatted(new Path(folder, name), LONGEST_TEXT, length, folder));
          }
          try {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
          } catch (CharacterCodingException e) {
            throw new DataException(
                "file %s: expected UTF-8 text, found other bytes; copy it again from where it was written"
                    .formatted(new Path(folder, name)),
                e);
          }
        });
  }

  /** A property of the configuration it was opened with; empty if it is not set. */
  public String property(String name) {
    return configuration.get(name, "");
  }

  /** Whatever the machine that runs this does next, a file system that can keep a file has it. */
  @Override
  public void write(String name, Writing writing) {
    check(
        () -> {
          try (FSDataOutputStream out = files.create(new Path(folder, name), true)) {
            writing.to(out);
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
              out.hsync();
            }
          }
          return true;
        });
  }

  @Override
  public <T> T read(String name, Reading<T> reading) {
    Path path = new Path(folder, name);
    return check(
        () -> {
          try (InputStream in = files.open(path)) {
            return reading.from(in, files.getFileStatus(path).getLen());
          } catch (FileNotFoundException e) {
            throw new DataException(
                "file %s is missing; is %s a whole folder?".formatted(path, folder), e);
          } catch (IOException e) {
            throw new DataException(
                "file %s cannot be read: %s".formatted(path, e.getMessage()), e);
          }
        });
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
