package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.SeriesAssembly;
import io.sparkrnn.statistics.AutoregressionSettings;
import io.sparkrnn.statistics.AutoregressiveFit;
import io.sparkrnn.statistics.AutoregressiveSums;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;

/**
 * One model for all series, in one pass: every partition gathers its sums, and the driver merges
 * them in the order of partitions. One series alone, with numbers as times and without gaps, is cut
 * in time into as many stretches as there are partitions ({@link Stretches}).
 *
 * @param settings of the model
 * @param partitions P, part of the result in its last digits
 */
record CommonFit(AutoregressionSettings settings, int partitions) implements Serializable {

  /**
   * Fits.
   *
   * @throws DataException if the series determine no model
   */
  AutoregressiveFit on(SeriesInput input, Dataset<?> dataset, SeriesPolicy policy) {
    AutoregressiveSums none = new AutoregressiveSums(settings.order(), settings.intercept(), 0);
    AutoregressiveSums sums =
        isOneLongSeries(input)
            ? new Stretches(input.settings().columns(), partitions).sums(dataset, none)
            : merged(input.dealt(dataset, partitions, policy), none, policy);
    if (sums.observations() == 0) {
      throw new DataException("autoregression: expected at least one series, found none");
    }
    int order = settings.criterion().map(by -> sums.ownSamples().best(by)).orElse(settings.order());
    return sums.fit(order);
  }

  private static boolean isOneLongSeries(SeriesInput input) {
    SeriesSettings series = input.settings();
    return !input.arrays()
        && !input.named()
        && !series.columns().calendar(input.schema())
        && series.step().isEmpty()
        && series.gaps().equals(SeriesAssembly.ERROR)
        && series.duplicates().equals(SeriesAssembly.ERROR);
  }

  private static AutoregressiveSums merged(
      JavaRDD<NamedSeries> series, AutoregressiveSums none, SeriesPolicy policy) {
    List<AutoregressiveSums> parts =
        series
            .mapPartitions(
                part -> {
                  AutoregressiveSums sums = none.empty();
                  part.forEachRemaining(one -> add(one, sums, policy));
                  return List.of(sums).iterator();
                })
            .collect();
    AutoregressiveSums all = none.empty();
    parts.forEach(all::add);
    return all;
  }

  private static void add(NamedSeries one, AutoregressiveSums sums, SeriesPolicy policy) {
    if (Arrays.stream(one.values()).allMatch(Double::isFinite)) {
      sums.addSeries(one.values());
    } else {
      policy.found(
          one.id(), "expected finite values, found a null, NaN or infinity; fill or remove it");
    }
  }
}
