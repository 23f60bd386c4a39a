package io.sparkrnn.parameter;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.RandomKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of all tensors of a model over one flat {@code float[]}, in the order of their
 * declaration. Names are stable and dotted ({@code encoder.0.W}). Declaring a name twice with one
 * shape ties two layers to the same weights.
 */
public final class ParameterLayout {

  /** Values that one array can hold. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** What a tensor is. */
  public enum Form {
    /** Two dimensions. */
    MATRIX,
    /** Two dimensions, and no weight decay. */
    UNDECAYED,
    /** One dimension. */
    VECTOR,
    /** Two dimensions; its rows are looked up. */
    TABLE
  }

  /**
   * One tensor. A vector has one row.
   *
   * @param name dotted name
   * @param offset index of its first value
   * @param rows rows of a matrix, 1 of a vector
   * @param columns columns of a matrix, length of a vector
   * @param form what it is
   */
  public record Entry(String name, int offset, int rows, int columns, Form form) {

    /** Whether its shape has one dimension. */
    public boolean vector() {
      return form == Form.VECTOR;
    }

    /** Whether it is a table whose rows are looked up, so that a batch touches few. */
    public boolean lookup() {
      return form == Form.TABLE;
    }

    /** Whether weight decay acts on it. */
    public boolean decayed() {
      return form != Form.UNDECAYED;
    }

    /** Number of values. */
    public int size() {
      return rows * columns;
    }

    /** Index after the last value. */
    public int end() {
      return offset + size();
    }

    /** Shape as PyTorch would print it. */
    public List<Long> shape() {
      return vector() ? List.of((long) columns) : List.of((long) rows, (long) columns);
    }
  }

  private final Map<String, Entry> entries;
  private final Map<String, Initializer> initializers;
  private final int size;

  private ParameterLayout(Map<String, Entry> entries, Map<String, Initializer> initializers) {
    this.entries = entries;
    this.initializers = initializers;
    this.size = entries.values().stream().mapToInt(Entry::size).sum();
  }

  /** Starts a layout. */
  public static Builder builder() {
    return new Builder("", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Number of values in all tensors. */
  public int size() {
    return size;
  }

  /** The tensors in their order. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Finds a tensor by its name. */
  public Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no parameter %s; there are %s".formatted(name, entries.keySet()));
    }
    return entry;
  }

  /** Draws beginning values. Each tensor has a stream of its own, named after it. */
  public float[] initialize(RandomKey key) {
    Parameters parameters = new Parameters(this, new float[size]);
    initializers.forEach(
        (name, initializer) -> initializer.fill(parameters.rows(name), key.child(name).stream()));
    return parameters.values();
  }

  /** SHA-256 over names and shapes, in hexadecimal: two layouts fit the same array if it agrees. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    entries.values().forEach(entry -> text.append(entry.name()).append(entry.shape()).append('\n'));
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Collects declarations; children share it and prefix their names. */
  public static final class Builder {
    private final String prefix;
    private final Map<String, Entry> entries;
    private final Map<String, Initializer> initializers;

    private Builder(
        String prefix, Map<String, Entry> entries, Map<String, Initializer> initializers) {
      this.prefix = prefix;
      this.entries = entries;
      this.initializers = initializers;
    }

    /** The part of the layout below this name. */
    public Builder child(String name) {
      return new Builder(prefix + name + ".", entries, initializers);
    }

    /** Declares a {@code rows × columns} matrix. */
    public Builder matrix(String name, int rows, int columns, Initializer initializer) {
      return declare(name, rows, columns, Form.MATRIX, initializer);
    }

    /** Declares a matrix that weight decay leaves alone. */
    public Builder undecayed(String name, int rows, int columns, Initializer initializer) {
      return declare(name, rows, columns, Form.UNDECAYED, initializer);
    }

    /** Declares a vector. */
    public Builder vector(String name, int length, Initializer initializer) {
      return declare(name, 1, length, Form.VECTOR, initializer);
    }

    /** Declares a table whose rows are looked up by id. */
    public Builder table(String name, int rows, int columns, Initializer initializer) {
      return declare(name, rows, columns, Form.TABLE, initializer);
    }

    /** Ends the collection. */
    public ParameterLayout build() {
      return new ParameterLayout(new LinkedHashMap<>(entries), new LinkedHashMap<>(initializers));
    }

    private Builder declare(
        String name, int rows, int columns, Form form, Initializer initializer) {
      String full = prefix + name;
      long before = entries.values().stream().mapToLong(Entry::size).sum();
      requireRoom(full, before, rows, columns);
      Entry entry = new Entry(full, (int) before, rows, columns, form);
      Entry same = entries.get(full);
      if (same == null) {
        entries.put(full, entry);
        initializers.put(full, initializer);
      } else if (!same.shape().equals(entry.shape())) {
        throw new IllegalArgumentException(
            "%s is declared as %s and as %s; tied weights have one shape"
                .formatted(full, same.shape(), entry.shape()));
      } else if (same.form() != entry.form()) {
        throw new IllegalArgumentException(
            "%s is declared as %s and as %s; tied weights have one form"
                .formatted(full, same.form(), entry.form()));
      }
      return this;
    }

    /** All values stand in one array; a network beyond it is a typo, or the wrong machine. */
    private static void requireRoom(String name, long before, long rows, long columns) {
      boolean sane = rows >= 0 && columns >= 0 && rows <= MOST && columns <= MOST;
      if (!sane || before + rows * columns > MOST) {
        throw new ConfigurationException(
            "network.hiddenSizes: expected a network of fewer than 2^31 parameters, found %s of shape %d x %d after %d others; make layers, embeddings or vocabularies smaller"
                .formatted(name, rows, columns, before));
      }
    }
  }

  /** Names and shapes as lines of text, for snapshots and descriptions. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    entries.values().forEach(entry -> lines.add(entry.name() + " " + entry.shape()));
    return lines;
  }
}
