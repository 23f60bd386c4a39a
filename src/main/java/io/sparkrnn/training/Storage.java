package io.sparkrnn.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * One folder of any file system. What is written into it is whole when it is closed; a folder
 * appears under its name when it is renamed, and not before.
 */
public interface Storage {

  /** Full path of the folder. */
  String location();

  /** Names of the files and folders in it, sorted; empty if it does not exist. */
  List<String> names();

  /** A folder in this one, which need not exist. */
  Storage child(String name);

  /** Writes one file, and closes it. */
  void write(String name, Writing writing);

  /**
   * Reads one file.
   *
   * @throws io.sparkrnn.error.DataException if it is missing, or not as it was written
   */
  <T> T read(String name, Reading<T> reading);

  /**
   * Moves this whole folder to the place of another, in one step where that is free.
   *
   * @throws io.sparkrnn.error.DataException if there is one and it may not be replaced
   */
  void moveTo(Storage target, boolean overwrite);

  /** Removes the folder if it is there. */
  void delete();

  /** Writes bytes. */
  @FunctionalInterface
  interface Writing {
    /** Called with the open file. */
    void to(OutputStream out) throws IOException;
  }

  /** Reads bytes. */
  @FunctionalInterface
  interface Reading<T> {
    /** Called with the open file and its length in bytes. */
    T from(InputStream in, long length) throws IOException;
  }
}
