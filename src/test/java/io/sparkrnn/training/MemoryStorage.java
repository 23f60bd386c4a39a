package io.sparkrnn.training;

import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A file system of bytes in memory whose machine can lose its power at any operation that changes
 * it: a write then leaves the first half of its bytes, and nothing works until it is switched on.
 */
final class MemoryStorage implements Storage {

  /** The power went. */
  static final class PowerLost extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What all folders share. */
  static final class Disk {
    final TreeMap<String, byte[]> files = new TreeMap<>();
    private int operationsLeft = Integer.MAX_VALUE;
    private boolean full;

    /** The power goes at the operation after so many. */
    void losePowerAfter(int operations) {
      operationsLeft = operations;
    }

    void switchOn() {
      operationsLeft = Integer.MAX_VALUE;
    }

    /** Whether writes fail from now on, as on a disk without room, and leave half their bytes. */
    void setFull(boolean isFull) {
      full = isFull;
    }

    boolean hasPower() {
      return operationsLeft > 0;
    }

    private boolean spends() {
      return operationsLeft-- > 0;
    }

    private void require() {
      if (!hasPower()) {
        throw new PowerLost();
      }
    }
  }

  private final Disk disk;
  private final String path;

  MemoryStorage(Disk disk, String path) {
    this.disk = disk;
    this.path = path;
  }

  @Override
  public String location() {
    return "memory:" + path;
  }

  @Override
  public List<String> names() {
    disk.require();
    return disk.files.keySet().stream()
        .filter(file -> file.startsWith(path + "/"))
        .map(file -> file.substring(path.length() + 1).replaceAll("/.*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Storage child(String name) {
    return new MemoryStorage(disk, path + "/" + name);
  }

  @Override
  public void write(String name, Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (disk.full) {
      byte[] all = bytes.toByteArray();
      disk.files.put(path + "/" + name, Arrays.copyOf(all, all.length / 2));
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
    boolean whole = disk.spends();
    if (whole || disk.operationsLeft == -1) {
      byte[] all = bytes.toByteArray();
      disk.files.put(path + "/" + name, whole ? all : Arrays.copyOf(all, all.length / 2));
    }
    if (!whole) {
      throw new PowerLost();
    }
  }

  @Override
  public <T> T read(String name, Reading<T> reading) {
    disk.require();
    byte[] bytes = disk.files.get(path + "/" + name);
    if (bytes == null) {
      throw new DataException("file " + name + " is missing");
    }
    try {
      return reading.from(new ByteArrayInputStream(bytes), bytes.length);
    } catch (IOException e) {
      throw new DataException("file " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void moveTo(Storage target, boolean overwrite) {
    String place = ((MemoryStorage) target).path;
    if (!target.names().isEmpty()) {
      if (!overwrite) {
        throw new DataException(place + " exists");
      }
      target.delete();
    }
    spend();
    for (String file : below()) {
      disk.files.put(place + file.substring(path.length()), disk.files.remove(file));
    }
  }

  @Override
  public void delete() {
    if (!below().isEmpty()) {
      spend();
      below().forEach(disk.files::remove);
    }
  }

  private List<String> below() {
    disk.require();
    return disk.files.keySet().stream().filter(file -> file.startsWith(path + "/")).toList();
  }

  private void spend() {
    if (!disk.spends()) {
      throw new PowerLost();
    }
  }
}
