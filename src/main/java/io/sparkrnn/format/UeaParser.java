package io.sparkrnn.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Reads a UEA/sktime {@code .ts} file case by case.
 *
 * <p>Header lines begin with {@code @} in any case, comments with {@code #}. After {@code @data}
 * each line is a case: its dimensions separated by {@code :}, the values of a dimension by {@code
 * ,}, and last the class, if {@code @classLabel true a b c} declares one, or a number for {@code
 * @targetLabel true}. {@code ?} and {@code NaN} are missing values. Cases may differ in length; the
 * dimensions of one case may not.
 *
 * <p>Reference: Bagnall et al., <i>The UEA multivariate time series classification archive</i>
 * (2018), arXiv 1811.00075, and sktime's description of the format. Time stamps are refused.
 */
public final class UeaParser implements Iterator<UeaCase>, Closeable {
  private final NumberedLines lines;
  private final UeaHeader header;
  private OptionalInt dimensions;
  private OptionalInt length;
  private Optional<String> ahead;
  private long cases;

  /**
   * Reads the header.
   *
   * @param file name of the file in error messages
   * @param in UTF-8 text; closed by {@link #close}
   * @throws io.sparkrnn.error.DataException if the header is wrong
   */
  public UeaParser(String file, InputStream in) {
    lines = new NumberedLines(file, in);
    header = new UeaHeaderParser(lines).parse();
    dimensions = header.dimensions();
    length = header.equalLength() ? header.seriesLength() : OptionalInt.empty();
    ahead = nextCaseLine();
  }

  /** What the file says of itself. */
  public UeaHeader header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    return ahead.isPresent();
  }

  /**
   * The next case.
   *
   * @throws io.sparkrnn.error.DataException if it is wrong, with its line and dimension
   */
  @Override
  public UeaCase next() {
    String line = ahead.orElseThrow(NoSuchElementException::new);
    cases++;
    UeaCase result = parse(line);
    ahead = nextCaseLine();
    return result;
  }

  private Optional<String> nextCaseLine() {
    Optional<String> line = lines.next();
    while (line.isPresent() && (line.get().isBlank() || line.get().startsWith("#"))) {
      line = lines.next();
    }
    return line;
  }

  private UeaCase parse(String line) {
    List<String> fields = new ArrayList<>(List.of(line.split(":", -1)));
    Optional<String> label = Optional.empty();
    if (header.target() != UeaHeader.Target.NONE) {
      label = Optional.of(label(fields.remove(fields.size() - 1).strip()));
    }
    if (dimensions.isEmpty()) {
      dimensions = OptionalInt.of(fields.size());
    }
    if (fields.isEmpty() || fields.size() != dimensions.getAsInt()) {
      throw lines.failure(
          "expected "
              + dimensions.getAsInt()
              + " dimensions separated by \":\""
              + (label.isPresent() ? " and a label" : "")
              + ", found "
              + fields.size()
              + " dimensions");
    }
    return new UeaCase(cases, lines.number(), values(fields), label);
  }

  private String label(String found) {
    if (header.target() == UeaHeader.Target.CLASS && !header.labels().contains(found)) {
      throw lines.failure(
          "expected a label among " + header.labels() + " (@classLabel), found \"" + found + "\"");
    }
    if (header.target() == UeaHeader.Target.VALUE && DecimalText.parse(found).isEmpty()) {
      throw lines.failure("expected a number as target (@targetLabel), found \"" + found + "\"");
    }
    return found;
  }

  private double[][] values(List<String> fields) {
    double[][] values = new double[0][];
    for (int m = 0; m < fields.size(); m++) {
      String[] words = fields.get(m).split(",", -1);
      if (m == 0) {
        checkLength(words.length);
        values = new double[words.length][fields.size()];
      }
      if (words.length != values.length) {
        throw lines.failure(
            "dimension "
                + (m + 1)
                + ": expected "
                + values.length
                + " values as in dimension 1, found "
                + words.length);
      }
      for (int t = 0; t < words.length; t++) {
        values[t][m] = value(words[t], m, t);
      }
    }
    return values;
  }

  private void checkLength(int found) {
    if (!header.equalLength()) {
      return;
    }
    if (length.isEmpty()) {
      length = OptionalInt.of(found);
    }
    if (length.getAsInt() != found) {
      throw lines.failure(
          "dimension 1: expected "
              + length.getAsInt()
              + " values (@equalLength true), found "
              + found);
    }
  }

  private double value(String word, int dimension, int step) {
    if (DecimalText.isMissing(word)) {
      return Double.NaN;
    }
    OptionalDouble value = DecimalText.parse(word);
    if (value.isEmpty()) {
      throw lines.failure(
          "dimension "
              + (dimension + 1)
              + ", value "
              + (step + 1)
              + ": expected a finite number, or ? where it is missing, found \""
              + word.strip()
              + "\"");
    }
    return value.getAsDouble();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
