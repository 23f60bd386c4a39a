package io.sparkrnn.statistics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkrnn.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Golden numbers that R wrote, and the series that they are of; absent ones skip the test. */
final class ReferenceNumbers {
  private static final Map<String, String> FILES =
      Map.of(
          "sunspot.year", "timeseries/sunspot_year_R.csv",
          "sunspots_statsmodels_1700_2008", "timeseries/sunspots_yearly_statsmodels.csv",
          "sunspots_monthly", "timeseries/sunspots_monthly_R.csv",
          "AirPassengers", "timeseries/airpassengers.csv",
          "Nile", "timeseries/nile.csv");

  private ReferenceNumbers() {}

  /** The lines of a table of the reference folder, by column. */
  static List<Map<String, String>> table(String name) {
    // The references stand beside the data sets.
    Path path = SharedData.require("timeseries").getParent().resolveSibling("reference/" + name);
    assumeTrue(Files.exists(path), "skipped: " + path + " is absent");
    List<String> lines = lines(path);
    List<String> header = List.of(lines.get(0).split(",", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int j = 0; j < cells.length; j++) {
        row.put(header.get(j), cells[j]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** The values of a series that a table names. */
  static double[] series(String name) {
    if (!FILES.containsKey(name)) {
      throw new IllegalArgumentException("no file is known for the series " + name);
    }
    return lines(SharedData.require(FILES.get(name))).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
        .toArray();
  }

  /** Numbers separated by semicolons. */
  static double[] numbers(String cell) {
    return cell.isBlank()
        ? new double[0]
        : Arrays.stream(cell.split(";", -1))
            .mapToDouble(number -> Double.parseDouble(number.strip()))
            .toArray();
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
