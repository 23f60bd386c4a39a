package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.reader.TimeGrid;
import io.sparkrnn.reader.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The picture of a series: what was known, then forecasts that follow one another. */
class ForecastSampleTest {

  /** Test parts shorter and longer than what is shown; the last is longer than a picture holds. */
  @ParameterizedTest
  @CsvSource({"300, 290, 1", "300, 265, 3", "1000, 300, 12"})
  void whatWasKnownEndsWhereTheFirstForecastShownBegins(int length, int testFrom, int horizon) {
    double[] values = IntStream.range(0, length).mapToDouble(t -> t).toArray();
    TimeSeries series =
        new TimeSeries(
            "s",
            new TimeGrid(1700, 1, false, false),
            values,
            new double[0][],
            new double[0][],
            new double[0]);
    ScaledSeries scaled = new ScaledSeries(series, new SeriesScale(0, 1, 1));
    ForecastSample sample = new ForecastSample(scaled, horizon, length);
    for (int step = testFrom - 1; step + horizon < length; step++) {
      double[] point = Arrays.copyOfRange(values, step + 1, step + 1 + horizon);
      sample.add(new Origin(scaled, step), Forecast.ofPoints(point), false);
    }
    JsonNode json = sample.toJson();
    List<Double> times = numbers(json.path("history").path("time"));
    times.addAll(numbers(json.path("time")));
    assertThat(numbers(json.path("history").path("time"))).isNotEmpty();
    for (int k = 1; k < times.size(); k++) {
      assertThat(times.get(k)).isEqualTo(times.get(k - 1) + 1);
    }
    assertThat(times.get(times.size() - 1)).isGreaterThan(1700 + length - 1 - horizon);
    assertThat(numbers(json.path("forecast"))).isEqualTo(numbers(json.path("actual")));
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(value -> numbers.add(value.asDouble()));
    return numbers;
  }
}
