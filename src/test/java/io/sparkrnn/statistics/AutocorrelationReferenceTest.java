package io.sparkrnn.statistics;

import static io.sparkrnn.statistics.Closeness.assertClose;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R's {@code acf} and {@code pacf} of every public series. */
class AutocorrelationReferenceTest {
  @Test
  void correlationsAndPartialCorrelationsAreThoseOfR() {
    Map<String, List<Map<String, String>>> bySeries =
        ReferenceNumbers.table("acf_pacf_reference.csv").stream()
            .collect(groupingBy(row -> row.get("series")));
    assertThat(bySeries).isNotEmpty();
    bySeries.forEach(
        (name, rows) -> {
          Autocorrelations found = Autocorrelations.of(ReferenceNumbers.series(name), rows.size());
          double[] acf = found.correlations();
          double[] pacf = found.partialCorrelations();
          for (Map<String, String> row : rows) {
            int lag = Integer.parseInt(row.get("lag"));
            String what = name + " lag " + lag;
            assertClose(what, acf[lag], Double.parseDouble(row.get("acf")), 1e-9);
            assertClose(what, pacf[lag], Double.parseDouble(row.get("pacf")), 1e-9);
          }
        });
  }
}
