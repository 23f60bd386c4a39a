package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code handleInvalid = error | skip | keep} of every estimator and model, as Spark ML means it.
 */
class HandleInvalidTest {
  private static final String CLASSES = "id STRING, features ARRAY<STRING>, label STRING";
  private static final String LABELS = "id STRING, features ARRAY<STRING>, label ARRAY<STRING>";
  private static final String VALUES =
      "id STRING, features ARRAY<ARRAY<DOUBLE>>, label ARRAY<DOUBLE>";

  private static final List<Double> NO_NUMBER = Arrays.asList(1.0, null);

  static Stream<Arguments> tasks() {
    return Stream.of(
        Arguments.of(
            (Maker) Frames::classifier,
            Frames.sentences(8),
            Frames.of(
                CLASSES,
                Frames.row("null", null, "dry"),
                Frames.row("empty", List.of(), "dry"),
                Frames.row("label", List.of("sun"), null))),
        Arguments.of(
            (Maker) Frames::labeler,
            Frames.tagged(8),
            Frames.of(
                LABELS,
                Frames.row("null", null, List.of("x")),
                Frames.row("empty", List.of(), List.of()),
                Frames.row("label", List.of("sun"), List.of("three", "three")))),
        Arguments.of(
            (Maker) Frames::regressor,
            Frames.series(8),
            Frames.of(
                VALUES,
                Frames.row("null", List.of(NO_NUMBER), List.of(1.0)),
                Frames.row("empty", List.of(List.of(1.0, Double.NaN)), List.of(1.0)),
                Frames.row("label", List.of(List.of(1.0, 2.0)), List.of(1e300)))));
  }

  /** Makes an estimator that trains fast. */
  interface Maker {
    SequenceEstimator<?, ?> make();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void errorRefusesSkipDropsAndKeepPredictsNull(Maker maker, Dataset<Row> good, Dataset<Row> bad) {
    Dataset<Row> rows = good.unionByName(bad);
    SequenceEstimator<?, ?> error = maker.make().setIdCol("id");
    assertThatThrownBy(() -> error.fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 of 11 rows cannot be used: row with id empty: ")
        .hasMessageContaining("row with id label: ")
        .hasMessageContaining("row with id null: ");

    SequenceModel<?> clean = maker.make().fit(good);
    assertThat(clean.summary().invalidRows()).isZero();
    for (String mode : List.of("skip", "keep")) {
      SequenceModel<?> model = maker.make().setIdCol("id").setHandleInvalid(mode).fit(rows);
      assertThat(model.content().parameters()).isEqualTo(clean.content().parameters());
      assertThat(model.summary().invalidRows()).isEqualTo(3);
      assertThat(model.evaluate(rows).count()).isEqualTo(clean.evaluate(good).count());
    }

    // A model looks at features alone: the wrong label is no matter of its.
    assertThatThrownBy(() -> clean.transform(rows).collectAsList())
        .rootCause()
        .isInstanceOf(DataException.class)
        .hasMessageContaining("mend the row, or set columns.handleInvalid = skip or keep");
    Map<String, String> all = predictions(clean, good);
    Map<String, String> skipped = predictions(clean.copy(set(clean, "skip")), rows);
    assertThat(skipped).containsAllEntriesOf(all).hasSize(9).containsKey("label");
    Map<String, String> kept = predictions(clean.copy(set(clean, "keep")), rows);
    assertThat(kept).containsAllEntriesOf(skipped).hasSize(11);
    assertThat(kept).containsEntry("null", "null").containsEntry("empty", "null");
  }

  @Test
  void keepLeavesRowsInTheirOrderAndNullsInEveryColumn() {
    Dataset<Row> rows =
        Frames.of(
            CLASSES,
            Frames.row("1", null, null),
            Frames.row("2", List.of("sun"), "dry"),
            Frames.row("3", List.of(), "dry"),
            Frames.row("4", List.of("rain"), "wet"),
            Frames.row("5", null, null));
    SequenceClassificationModel model = Frames.classifier().fit(Frames.sentences(8));
    List<Row> kept = model.copy(set(model, "keep")).transform(rows.coalesce(1)).collectAsList();
    assertThat(kept).extracting(row -> row.getString(0)).containsExactly("1", "2", "3", "4", "5");
    assertThat(kept)
        .extracting(row -> row.isNullAt(3))
        .containsExactly(true, false, true, false, true);
    assertThat(kept)
        .extracting(row -> row.isNullAt(4))
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void keepReadsANullTokenAsTheUnknownOne() {
    Dataset<Row> train = Frames.sentences(8);
    Dataset<Row> rows =
        Frames.of(
            CLASSES,
            Frames.row("null", Arrays.asList("sun", null), "dry"),
            Frames.row("unseen", List.of("sun", "hail"), "dry"));
    SequenceClassificationModel model =
        Frames.classifier().setTokenViews("form", "suffix2").fit(train);
    Map<String, String> kept = predictions(model.copy(set(model, "keep")), rows);
    assertThat(kept.get("null")).isNotEqualTo("null").isEqualTo(kept.get("unseen"));
    assertThat(predictions(model.copy(set(model, "skip")), rows)).containsOnlyKeys("unseen");

    SequenceClassificationModel learnt =
        Frames.classifier().setHandleInvalid("keep").fit(train.unionByName(rows.limit(1)));
    assertThat(learnt.summary().invalidRows()).isZero();
    assertThat(learnt.summary().provenanceTree().path("sequences").asInt()).isEqualTo(9);
    assertThat(learnt.content().encoding().features().vocabularies().get(0).knownTerms())
        .containsExactlyInAnyOrder("sun", "rain", "wind", "snow", "fog");
  }

  @Test
  void theModeIsSavedAndLoadedAndAnyOtherIsRefused() {
    SequenceClassifier classifier = Frames.classifier().setHandleInvalid("keep");
    assertThat(classifier.values().get(ColumnSettings.HANDLE_INVALID)).isEqualTo("keep");
    assertThatThrownBy(() -> classifier.setHandleInvalid("drop"))
        .hasMessage("columns.handleInvalid: expected one of error, skip, keep, found \"drop\"");
  }

  private static final String LONG = "id STRING, time BIGINT, value DOUBLE";

  /** Two good series, one with a gap, one with two rows at a time, one with an infinity. */
  private static Dataset<Row> longRows(boolean bad) {
    List<Object[]> rows = new ArrayList<>();
    for (long t = 0; t < 24; t++) {
      rows.add(Frames.row("a", t, Math.sin((double) t)));
      rows.add(Frames.row("b", t, Math.cos(0.7 * t)));
      if (bad) {
        rows.add(Frames.row("gap", t < 9 ? t : t + 3, 1.0 * t));
        rows.add(Frames.row("twice", t == 9 ? 8 : t, 1.0 * t));
        rows.add(Frames.row("infinite", t, t == 5 ? Double.POSITIVE_INFINITY : t));
        rows.add(Frames.row(null, t, 1.0));
      }
    }
    return Frames.of(LONG, rows.toArray(Object[][]::new));
  }

  private static SequenceForecaster forecaster(String mode) {
    return new SequenceForecaster()
        .setIdCol("id")
        .setTargetCol("value")
        .setModel("ar")
        .setHorizon(2)
        .set(ForecastSettings.DELAYS, 2)
        .set(ForecastSettings.CONTEXT, 4)
        .setBackend("java")
        .setPartitions(2)
        .setHandleInvalid(mode);
  }

  @Test
  void aForecasterRefusesDropsOrKeepsWholeSeries() {
    Dataset<Row> rows = longRows(true);
    assertThatThrownBy(() -> forecaster("error").fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("; columns.handleInvalid = skip leaves such series out");
    SequenceForecastModel clean = forecaster("error").fit(longRows(false));
    SequenceForecastModel skip = forecaster("skip").fit(rows);
    assertThat(skip.summary().invalidRows()).isEqualTo(4);
    assertThat(forecaster("skip").check(rows)).endsWith(", 4 series left out");
    Map<String, String> known = forecasts(clean.transform(longRows(false)));
    assertThat(known).hasSize(4);
    assertThat(forecasts(skip.transform(rows))).isEqualTo(known);
    SequenceForecastModel keep = forecaster("keep").fit(rows);
    Map<String, String> all = forecasts(keep.transform(rows));
    assertThat(all).containsAllEntriesOf(known).hasSize(12);
    for (String series : List.of("gap", "twice", "infinite", "null")) {
      assertThat(all).containsEntry(series + " 1", "null").containsEntry(series + " 2", "null");
    }
  }

  @Test
  void autoregressionsRefuseDropOrKeepWholeSeries() {
    Dataset<Row> rows = longRows(true);
    Autoregressor error = autoregressor("error");
    assertThatThrownBy(() -> error.fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("; columns.handleInvalid = skip leaves such series out");
    AutoregressorModel skip = autoregressor("skip").fit(rows);
    assertThat(skip.models()).isEqualTo(2);
    assertThat(skip.skipped()).isEqualTo(4);
    Map<String, String> known =
        forecasts(autoregressor("error").fit(longRows(false)).transform(longRows(false)));
    assertThat(forecasts(skip.transform(rows))).isEqualTo(known).hasSize(4);
    Map<String, String> all = forecasts(autoregressor("keep").fit(rows).transform(rows));
    assertThat(all).containsAllEntriesOf(known).hasSize(12);

    Dataset<Row> arrays =
        Frames.of(
            "id STRING, value ARRAY<DOUBLE>",
            Frames.row("a", List.of(1.0, 2.0, 1.5, 2.5, 2.0, 3.0, 2.2)),
            Frames.row("short", List.of(1.0)),
            Frames.row("none", null));
    assertThatThrownBy(() -> autoregressor("error").fit(arrays)).isInstanceOf(DataException.class);
    AutoregressorModel ofArrays = autoregressor("skip").fit(arrays);
    assertThat(ofArrays.transform(arrays).select("id").collectAsList()).hasSize(1);
    List<Row> kept = autoregressor("keep").fit(arrays).transform(arrays).collectAsList();
    assertThat(kept).hasSize(3);
    assertThat(kept)
        .filteredOn(row -> row.isNullAt(2))
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("short", "none");
  }

  private static Autoregressor autoregressor(String mode) {
    return new Autoregressor()
        .setIdCol("id")
        .setTargetCol("value")
        .setOrder(2)
        .setHorizon(2)
        .setPartitions(2)
        .setHandleInvalid(mode);
  }

  private static Map<String, String> forecasts(Dataset<Row> rows) {
    Map<String, String> found = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      found.put(row.getAs("id") + " " + row.getAs("step"), "" + row.getAs("forecast"));
    }
    return found;
  }

  private static org.apache.spark.ml.param.ParamMap set(SequenceModel<?> model, String mode) {
    return new org.apache.spark.ml.param.ParamMap().put(model.getParam("handleInvalid"), mode);
  }

  private static Map<String, String> predictions(SequenceModel<?> model, Dataset<Row> rows) {
    Map<String, String> found = new TreeMap<>();
    for (Row row : model.transform(rows).collectAsList()) {
      found.put(row.getAs("id"), "" + row.getAs("prediction"));
    }
    return found;
  }
}
