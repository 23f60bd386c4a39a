package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linear models from merged triangles: published answers, conditioning, errors that help. */
class LeastSquaresTest {

  @Test
  void theLinearModelOfTheGasFurnaceIsThatPublished() throws IOException {
    List<double[]> rows =
        Files.readAllLines(SharedData.require("gas_furnace/gas_furnace.csv")).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .map(
                cells ->
                    new double[] {
                      Double.parseDouble(cells[cells.length - 2]),
                      Double.parseDouble(cells[cells.length - 1])
                    })
            .toList();
    assertThat(rows).hasSize(296);
    TriangularFactor factor = new TriangularFactor(7);
    for (int t = 5; t < rows.size(); t++) {
      factor.add(
          1,
          rows.get(t - 1)[1],
          rows.get(t - 2)[1],
          rows.get(t - 3)[0],
          rows.get(t - 4)[0],
          rows.get(t - 5)[0],
          rows.get(t)[1]);
    }
    LinearFit fit = LeastSquares.fit(factor, List.of("1", "y1", "y2", "u3", "u4", "u5"), 6);
    double[] expected = {
      4.866931894552,
      1.469760830611,
      -0.560927341084,
      -0.486363529018,
      -0.183495266137,
      0.390283147545
    };
    assertClose("coefficients", fit.coefficients(), expected, 1e-8);
    assertClose("mean squared error", fit.variance(), 0.0613360555, 1e-8);
  }

  /** Longley (1967), NIST's test of regression programs of higher difficulty; certified values. */
  @Test
  void longleysDataAreSolvedToTheDigitsThatNistCertifies() {
    double[][] longley = {
      {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
      {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
      {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
      {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
      {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
      {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
      {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
      {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
      {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
      {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
      {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
      {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
      {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
      {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
      {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
      {70551, 116.9, 554894, 4007, 2827, 130081, 1962}
    };
    TriangularFactor factor = new TriangularFactor(8);
    for (double[] row : longley) {
      factor.add(1, row[1], row[2], row[3], row[4], row[5], row[6], row[0]);
    }
    LinearFit fit = LeastSquares.fit(factor, List.of("1", "a", "b", "c", "d", "e", "f"), 7);
    double[] coefficients = {
      -3482258.63459582,
      15.0618722713733,
      -0.358191792925910E-01,
      -2.02022980381683,
      -1.03322686717359,
      -0.511041056535807E-01,
      1829.15146461355
    };
    double[] errors = {
      890420.383607373,
      84.9149257747669,
      0.334910077722432E-01,
      0.488399681651699,
      0.214274163161675,
      0.226073200069370,
      455.478499142212
    };
    assertClose("coefficients", fit.coefficients(), coefficients, 1e-8);
    assertClose("errors", fit.standardErrors(), errors, 1e-8);
    assertClose("residuals", Math.sqrt(fit.unbiasedVariance()), 304.854073561965, 1e-9);
  }

  @Test
  void severalTargetsAndLeadingRegressorsComeFromOneFactor() {
    TriangularFactor both = new TriangularFactor(4);
    TriangularFactor first = new TriangularFactor(2);
    TriangularFactor second = new TriangularFactor(3);
    for (int t = 0; t < 50; t++) {
      double x = Math.sin(t);
      double u = Math.cos(2.1 * t);
      double y = 2 + 3 * x + 0.1 * Math.sin(7.3 * t);
      double z = 1 - x + u + 0.1 * Math.sin(5.7 * t);
      both.add(1, x, y, z);
      first.add(1, y);
      second.add(1, x, z);
    }
    assertClose(
        "y on 1",
        LeastSquares.fit(both, List.of("1"), 2).coefficients(),
        LeastSquares.fit(first, List.of("1"), 1).coefficients(),
        1e-12);
    LinearFit z = LeastSquares.fit(both, List.of("1", "x"), 3);
    LinearFit same = LeastSquares.fit(second, List.of("1", "x"), 2);
    assertClose("z on x", z.coefficients(), same.coefficients(), 1e-12);
    assertClose("rss", z.residualSumOfSquares(), same.residualSumOfSquares(), 1e-12);
    assertClose("errors", z.standardErrors(), same.standardErrors(), 1e-12);
  }

  @Test
  void collinearRegressorsAreNamedAndOthersAreNot() {
    TriangularFactor factor = new TriangularFactor(5);
    for (int t = 0; t < 100; t++) {
      double a = Math.sin(t);
      double b = 1e6 * Math.cos(1.7 * t);
      factor.add(1, a, b, 3 * a + b / 1e6, Math.sin(0.3 * t));
    }
    assertThatThrownBy(() -> LeastSquares.fit(factor, List.of("intercept", "a", "b", "sum"), 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a, b, sum are collinear")
        .hasMessageContaining("leave one of them out")
        .message()
        .doesNotContain("intercept");
    assertThat(LeastSquares.fit(factor, List.of("intercept", "a", "b"), 4).condition())
        .isBetween(1.0, 2.0);
  }

  @Test
  void zeroRegressorsAndTooFewRowsAreNamed() {
    TriangularFactor factor = new TriangularFactor(3);
    factor.add(0, 1, 2);
    factor.add(0, 2, 2);
    assertThatThrownBy(() -> LeastSquares.fit(factor, List.of("a", "b"), 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more rows than the 2 coefficients [a, b], found 2");
    factor.add(0, 3, 1);
    assertThatThrownBy(() -> LeastSquares.fit(factor, List.of("a", "b"), 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("regressor a is zero in every row");
  }
}
