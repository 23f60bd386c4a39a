package io.sparkrnn.reader;

import io.sparkrnn.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the tests of readers do again and again. */
final class Reading {
  private Reading() {}

  static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  static Path gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** Reads a data block as a job would. */
  static Dataset<Row> read(Map<String, ?> block) {
    return SequenceReaders.configure("data.train", block).read(TestSpark.session());
  }

  /** All rows by id; an error about the data is thrown as such. */
  static List<Row> rows(Dataset<Row> rows) {
    return DataFailure.unwrapped(rows::collectAsList).stream()
        .sorted(Comparator.comparing((Row row) -> row.getAs("id")))
        .toList();
  }

  static List<String> ids(Dataset<Row> rows) {
    return rows(rows).stream().map(row -> row.<String>getAs("id")).toList();
  }
}
