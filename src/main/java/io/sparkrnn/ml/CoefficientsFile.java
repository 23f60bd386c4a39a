package io.sparkrnn.ml;

import io.sparkrnn.spark.HadoopStorage;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * The coefficients of autoregressions as {@code coefficients.csv} in a model folder, a line a
 * coefficient: {@code series,term,coefficient,standardError}, the terms being {@code intercept},
 * {@code lag1}, …. Numbers have all their digits: read back, they are the same doubles.
 */
final class CoefficientsFile {

  /** Name of the file. */
  static final String NAME = "coefficients.csv";

  private static final String HEADER = "series,term,coefficient,standardError\n";

  private CoefficientsFile() {}

  /**
   * One coefficient.
   *
   * @param series that the model is of
   * @param term {@code intercept}, {@code lag1}, …
   * @param coefficient its value
   * @param standardError of it
   */
  record Line(String series, String term, double coefficient, double standardError) {
    private String text() {
      return quoted(series) + "," + term + "," + coefficient + "," + standardError + "\n";
    }
  }

  /** Writes the file, line by line. */
  static void write(HadoopStorage folder, Iterator<Line> lines) {
    folder.write(
        NAME,
        out -> {
          // Flushed here, closed by the folder.
          BufferedWriter writer =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          writer.write(HEADER);
          while (lines.hasNext()) {
            writer.write(lines.next().text());
          }
          writer.flush();
        });
  }

  /** RFC 4180. */
  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
