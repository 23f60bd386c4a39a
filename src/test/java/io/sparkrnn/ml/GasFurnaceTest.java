package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.SharedData;
import io.sparkrnn.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The linear NARX of Box and Jenkins's gas furnace (series J) by least squares: its coefficients
 * are those that the README of the shared data has.
 */
class GasFurnaceTest {
  private static final Map<String, Double> COEFFICIENTS =
      Map.of(
          "intercept", 4.866931894552,
          "lag1", 1.469760830611,
          "lag2", -0.560927341084,
          "gas.lag3", -0.486363529018,
          "gas.lag4", -0.183495266137,
          "gas.lag5", 0.390283147545);

  @TempDir private Path folder;

  @Test
  void linearCoefficientsAreThoseOfTheReference() throws IOException {
    SequenceForecaster linear =
        new SequenceForecaster()
            .set(ColumnSettings.ID, "id")
            .setTargetCol("co2")
            .setPastCols("gas")
            .setModel(ForecastSettings.AR)
            .setStrategy(ForecastSettings.RECURSIVE)
            .setValidationFrom("100%")
            .setTestFrom("100%")
            .set(ForecastSettings.DELAYS, 2)
            .set(ForecastSettings.EXOGENOUS_DELAYS, List.of(3, 5))
            .set(BacktestSettings.INTERVALS, BacktestSettings.NONE)
            .set(SeriesSettings.SCALING, SeriesSettings.NONE);
    String model = folder.resolve("model").toString();
    linear.fit(furnace()).write().save(model);
    Map<String, Double> found =
        Files.readAllLines(Path.of(model, LearntLinear.COEFFICIENTS)).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .collect(Collectors.toMap(fields -> fields[1], fields -> Double.valueOf(fields[2])));
    COEFFICIENTS.forEach(
        (term, expected) -> assertThat(found.get(term)).as(term).isEqualTo(expected, within(1e-8)));
  }

  private static Dataset<Row> furnace() {
    String file = SharedData.require("gas_furnace/gas_furnace.csv").toString();
    return TestSpark.session()
        .read()
        .option("header", "true")
        .csv(file)
        .selectExpr(
            "'furnace' AS id",
            "monotonically_increasing_id() AS time",
            "double(trim(input_gas_rate)) AS gas",
            "double(trim(co2)) AS co2");
  }
}
