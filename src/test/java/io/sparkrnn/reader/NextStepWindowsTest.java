package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Seq;

class NextStepWindowsTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  @TempDir private Path folder;

  @Test
  void eachStepPredictsTheNextAndTheLastWindowMayBeShorter() {
    NextStepWindows windows =
        new NextStepWindows(
            TimeBoundary.start(), TimeBoundary.end(), OptionalInt.of(3), NONE, List.of(0));
    List<Row> rows = Reading.rows(windows.of(series(new double[] {10, 11, 12, 13, 14, 15})));
    assertThat(rows)
        .extracting(row -> row.mkString("|"))
        .containsExactly(
            "s0#0000001|ArraySeq(1.0, 2.0, 3.0)"
                + "|ArraySeq(ArraySeq(10.0), ArraySeq(11.0), ArraySeq(12.0))"
                + "|ArraySeq(11.0, 12.0, 13.0)",
            "s0#0000004|ArraySeq(4.0, 5.0)|ArraySeq(ArraySeq(13.0), ArraySeq(14.0))"
                + "|ArraySeq(14.0, 15.0)");
  }

  @Test
  void aSmallerStrideOverlapsAndEndsWithTheFirstWindowThatReachesTheEnd() {
    NextStepWindows windows =
        new NextStepWindows(
            TimeBoundary.start(),
            TimeBoundary.end(),
            OptionalInt.of(3),
            OptionalInt.of(1),
            List.of(0));
    Dataset<Row> rows = windows.of(series(new double[] {10, 11, 12, 13, 14, 15}));
    assertThat(Reading.ids(rows)).containsExactly("s0#0000001", "s0#0000002", "s0#0000003");
  }

  @Test
  void contextStandsBeforeTheTargetsWithoutTargetsOfItsOwnAsFarAsThereIsAny() {
    TimeBoundary from = TimeBoundary.parse("from", "50%", new TimeAxis(""));
    NextStepWindows windows =
        new NextStepWindows(from, TimeBoundary.end(), OptionalInt.of(2), NONE, 3, List.of(0));
    List<Row> rows = Reading.rows(windows.of(series(new double[] {10, 11, 12, 13, 14, 15})));
    assertThat(rows)
        .extracting(row -> row.mkString("|"))
        .containsExactly(
            "s0#0000003|ArraySeq(1.0, 2.0, 3.0, 4.0)"
                + "|ArraySeq(ArraySeq(10.0), ArraySeq(11.0), ArraySeq(12.0), ArraySeq(13.0))"
                + "|ArraySeq(NaN, NaN, 13.0, 14.0)",
            "s0#0000005|ArraySeq(2.0, 3.0, 4.0, 5.0)"
                + "|ArraySeq(ArraySeq(11.0), ArraySeq(12.0), ArraySeq(13.0), ArraySeq(14.0))"
                + "|ArraySeq(NaN, NaN, NaN, 15.0)");
  }

  @Test
  void consecutiveSplitsShareNoTargetAndLeaveNoneOut() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 8; round++) {
      double[][] values = new double[3][];
      for (int s = 0; s < values.length; s++) {
        values[s] = random.doubles(1 + random.nextInt(40)).toArray();
      }
      Dataset<Row> series = series(values);
      TimeBoundary first =
          round % 2 == 0 ? TimeBoundary.share(0.6) : TimeBoundary.at(random.nextInt(20));
      TimeBoundary second =
          round % 2 == 0 ? TimeBoundary.share(0.8) : TimeBoundary.at(20.5 + random.nextInt(20));
      OptionalInt length = round < 4 ? OptionalInt.of(1 + random.nextInt(7)) : NONE;

      Set<String> seen = new HashSet<>();
      for (TimeBoundary[] split :
          new TimeBoundary[][] {
            {TimeBoundary.start(), first}, {first, second}, {second, TimeBoundary.end()}
          }) {
        NextStepWindows windows = new NextStepWindows(split[0], split[1], length, NONE, List.of(0));
        for (Row window : windows.of(series).collectAsList()) {
          seen.addAll(targets(window, values, seen));
        }
      }
      int pairs = 0;
      for (double[] one : values) {
        pairs += one.length - 1;
      }
      assertThat(seen).hasSize(pairs);
    }
  }

  /** Checks a window against its series, and returns its targets, none of which was seen before. */
  private static List<String> targets(Row window, double[][] values, Set<String> seen) {
    String id = window.getString(0);
    double[] series = values[id.charAt(1) - '0'];
    List<Double> times = window.getList(1);
    List<Seq<Double>> features = window.getList(2);
    List<Double> label = window.getList(3);
    List<String> targets = new ArrayList<>();
    for (int t = 0; t < times.size(); t++) {
      int at = times.get(t).intValue();
      assertThat(label.get(t)).isEqualTo(series[at]);
      assertThat(features.get(t).apply(0)).isEqualTo(series[at - 1]);
      String target = id.substring(0, 2) + "@" + at;
      assertThat(seen).doesNotContain(target);
      targets.add(target);
    }
    assertThat(features).hasSameSizeAs(times);
    assertThat(label).hasSameSizeAs(times);
    return targets;
  }

  @Test
  void boundariesCutByTheTimeOfTheTarget() {
    Dataset<Row> series = series(new double[] {10, 11, 12, 13, 14});
    assertThat(times(series, TimeBoundary.start(), TimeBoundary.at(3))).isEqualTo("[1.0, 2.0]");
    assertThat(times(series, TimeBoundary.at(3), TimeBoundary.at(3.5))).isEqualTo("[3.0]");
    assertThat(times(series, TimeBoundary.share(0.8), TimeBoundary.end())).isEqualTo("[4.0]");
    assertThat(times(series, TimeBoundary.at(99), TimeBoundary.at(100))).isEmpty();
  }

  private static String times(Dataset<Row> series, TimeBoundary from, TimeBoundary until) {
    List<Row> rows =
        Reading.rows(new NextStepWindows(from, until, NONE, NONE, List.of(0)).of(series));
    return rows.isEmpty() ? "" : rows.get(0).getList(1).toString();
  }

  @Test
  void severalTargetsAreAnArrayAStep() throws IOException {
    Path file = Reading.write(folder.resolve("a.csv"), "time,x,y,z\n1,1,2,3\n2,4,5,6\n3,7,8,9\n");
    Row row =
        Reading.rows(
                read(file, Map.of("values", List.of("x", "y", "z"), "targets", List.of("z", "x"))))
            .get(0);
    assertThat(row.getList(row.fieldIndex("label")))
        .hasToString("[ArraySeq(6.0, 4.0), ArraySeq(9.0, 7.0)]");
    assertThat(
            Reading.read(
                    Map.of(
                        "format", "next-step",
                        "path", file.toString(),
                        "values", "y"))
                .schema()
                .apply("label")
                .dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.DoubleType, false));
  }

  @Test
  void impossibleWindowsAreRefused() throws IOException {
    Path file = Reading.write(folder.resolve("a.csv"), "time,value\n1,1\n2,2\n");
    assertThatThrownBy(() -> read(file, Map.of("stride", 3)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("stride: expected from 1 to the length of a window");
    assertThatThrownBy(() -> read(file, Map.of("stride", 3, "window", 2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found 3 beside 2");
    assertThatThrownBy(() -> read(file, Map.of("from", 5, "until", 4)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected from before until");
    assertThatThrownBy(() -> read(file, Map.of("until", "120%")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("until: expected a number (or set timeFormat for dates), or a share");
    assertThatThrownBy(() -> read(file, Map.of("from", "soon")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found \"soon\"");
    assertThatThrownBy(() -> read(file, Map.of("targets", "valeu")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("did you mean value?");
    assertThatThrownBy(() -> read(file, Map.of("from", 99, "until", 100)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a time step to predict from 99 until 100, found none");
  }

  @Test
  void monthlySunspotsAreSplitByYearsWithoutALeak() {
    Path file = Path.of("data/sunspots-monthly.csv");
    Dataset<Row> train = read(file, Map.of("until", 1920, "window", 120, "stride", 60));
    Dataset<Row> validation = read(file, Map.of("from", 1920, "until", 1950));
    Dataset<Row> test = read(file, Map.of("from", 1950));

    assertThat(Reading.rows(validation)).hasSize(1);
    assertThat(steps(validation)).isEqualTo(30 * 12);
    assertThat(steps(test)).isEqualTo(34 * 12);
    assertThat(extreme(train, "max(t)")).isLessThan(1920);
    assertThat(extreme(validation, "min(t)")).isCloseTo(1920, within(1e-6));
    assertThat(extreme(validation, "max(t)")).isLessThan(1950);
    assertThat(extreme(test, "min(t)")).isCloseTo(1950, within(1e-6));
    assertThat(train.selectExpr("explode(times) t").distinct().count())
        .isEqualTo((1920 - 1749) * 12 - 1);
  }

  private static long steps(Dataset<Row> rows) {
    return rows.selectExpr("sum(size(label))").first().getLong(0);
  }

  private static double extreme(Dataset<Row> rows, String of) {
    return rows.selectExpr("explode(times) t").selectExpr(of).first().getDouble(0);
  }

  private static Dataset<Row> read(Path file, Map<String, Object> settings) {
    Map<String, Object> block = new HashMap<>(settings);
    block.put("format", "next-step");
    block.put("path", file.toString());
    return Reading.read(block);
  }

  /** Series s0, s1, … of one value at the times 0, 1, 2, … */
  private static Dataset<Row> series(double[]... values) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < values.length; s++) {
      double[] times = new double[values[s].length];
      double[][] features = new double[values[s].length][];
      for (int t = 0; t < times.length; t++) {
        times[t] = t;
        features[t] = new double[] {values[s][t]};
      }
      rows.add(RowFactory.create("s" + s, times, features));
    }
    return TestSpark.session()
        .createDataFrame(
            rows,
            Columns.schema(
                Columns.column(Columns.ID, DataTypes.StringType),
                Columns.column(Columns.TIMES, Columns.NUMBERS),
                Columns.column(Columns.FEATURES, Columns.STEPS)));
  }
}
