package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.reader.DataFailure;
import io.sparkrnn.reader.SequenceReaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue of bad data: what is wrong with rows, series and files, and the whole of what is
 * said. {@code $DIR} stands for the folder of the files. Bad job files and command lines have a
 * catalogue of their own in the package {@code job}.
 */
class BadInputCatalogueTest {
  @TempDir private static Path folder;

  private static final String TOKENS = "id STRING, features ARRAY<STRING>, label STRING";
  private static final String NUMBERS = "id STRING, features ARRAY<DOUBLE>, label DOUBLE";
  private static final String STEPS = "id STRING, features ARRAY<ARRAY<DOUBLE>>, label STRING";
  private static final String TAGS = "id STRING, features ARRAY<STRING>, label ARRAY<STRING>";
  private static final String TARGETS = "id STRING, features ARRAY<DOUBLE>, label ARRAY<DOUBLE>";
  private static final String MEND = "; mend them, or set columns.handleInvalid = skip";
  private static final String SKIP = "; columns.handleInvalid = skip leaves such series out";

  private static final List<String> AB = List.of("a", "b");

  // ------------------------------------------------------------------ rows

  static Stream<Arguments> rows() {
    double nan = Double.NaN;
    return Stream.of(
        row("a null sequence", TOKENS, null, "x", "column features is null"),
        row("no steps", TOKENS, List.of(), "x", "column features is an empty sequence"),
        row(
            "a null token",
            TOKENS,
            Arrays.asList("a", null),
            "x",
            "column features: expected a token at step 2, found null"),
        row("a null label", TOKENS, AB, null, "column label is null"),
        row(
            "a null number",
            NUMBERS,
            Arrays.asList(1.0, null),
            1.0,
            "column features: expected numbers at step 2, found null"),
        row(
            "NaN",
            NUMBERS,
            List.of(1.0, nan),
            1.0,
            "column features: expected a finite number at step 2, value 1, found NaN"),
        row(
            "an infinity",
            NUMBERS,
            List.of(Double.NEGATIVE_INFINITY),
            1.0,
            "column features: expected a finite number at step 1, value 1, found -Infinity"),
        row(
            "a number beyond float32",
            NUMBERS,
            List.of(1e300),
            1.0,
            "column features: expected a finite number at step 1, value 1, found 1.0E300"),
        row("a label that is NaN", NUMBERS, List.of(1.0), nan, "column label: found the label NaN"),
        row(
            "ragged steps",
            STEPS,
            List.of(List.of(1.0, 2.0), List.of(1.0)),
            "x",
            "column features: expected 2 values at step 2 as at step 1, found 1"),
        row(
            "a step without values",
            STEPS,
            List.of(List.of()),
            "x",
            "column features: step 1 has no values"),
        row(
            "a null step",
            STEPS,
            Arrays.asList(List.of(1.0, 2.0), null),
            "x",
            "column features: expected numbers at step 2, found null"),
        row(
            "a null value of a step",
            STEPS,
            List.of(Arrays.asList(null, 1.0)),
            "x",
            "column features: expected a number at step 1, value 1, found null"),
        row(
            "labels of another length",
            TAGS,
            AB,
            List.of("x"),
            "column label: expected 2 targets, one for every step of column features, found 1"),
        row(
            "targets of another length",
            TARGETS,
            List.of(1.0),
            List.of(1.0, 2.0),
            "column label: expected 1 targets, one for every step of column features, found 2"),
        row(
            "an infinite target",
            TARGETS,
            List.of(1.0),
            List.of(Double.POSITIVE_INFINITY),
            "column label: expected finite numbers (or NaN for none), found Infinity"));
  }

  private static Arguments row(
      String what, String schema, Object features, Object label, String said) {
    return Arguments.of(what, schema, RowFactory.create("bad", features, label), said);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aBadRow(String what, String schema, Row bad, String said) {
    List<Row> rows = new ArrayList<>(List.of(bad));
    for (int i = 0; i < 4; i++) {
      rows.add(RowFactory.create("good" + i, features(schema, i), label(schema, i)));
    }
    Dataset<Row> frame = Frames.of(StructType.fromDDL(schema), rows);
    assertThat(said(DataException.class, () -> estimator(schema).fit(frame)))
        .isEqualTo("1 of 5 rows cannot be used: row with id bad: " + said + MEND);
    // And a model says the same of the row, if it is the features that are wrong.
    SequenceModel<?> model = (SequenceModel<?>) estimator(schema).fit(frame.where("id <> 'bad'"));
    if (said.startsWith("column features")) {
      assertThat(said(DataException.class, () -> model.transform(frame).collectAsList()))
          .isEqualTo(
              "row with id bad: "
                  + said
                  + "; mend the row, or set columns.handleInvalid = skip or keep");
    }
  }

  private static Object features(String schema, int i) {
    double number = i % 2 == 0 ? 1.0 : -1.0;
    return schema.equals(STEPS)
        ? List.of(List.of(number, 0.5))
        : schema.equals(NUMBERS) || schema.equals(TARGETS)
            ? List.of(number)
            : AB.subList(i % 2, i % 2 + 1);
  }

  private static Object label(String schema, int i) {
    return switch (schema) {
      case NUMBERS -> (Object) (double) (i % 2);
      case TAGS -> List.of(i % 2 == 0 ? "x" : "y");
      case TARGETS -> List.of(1.0 * i);
      default -> i % 2 == 0 ? "x" : "y";
    };
  }

  private static SequenceEstimator<?, ?> estimator(String schema) {
    SequenceEstimator<?, ?> estimator =
        switch (schema) {
          case TAGS -> Frames.labeler();
          case TARGETS -> Frames.regressor();
          default -> Frames.classifier();
        };
    estimator.setMaxIter(1).setPartitions(1).setIdCol("id");
    return estimator;
  }

  // ------------------------------------------------------------------ frames

  static Stream<Arguments> frames() {
    Dataset<Row> good = Frames.sentences(4);
    return Stream.of(
        data(
            "no rows",
            "there is no row to train on (0 only validate, 0 cannot be used)",
            () -> Frames.classifier().fit(good.limit(0))),
        data(
            "all rows filtered away",
            "there is no row to train on (0 only validate, 4 cannot be used, such as: row [s0,null,dry]: column features is null)",
            () ->
                Frames.classifier()
                    .setHandleInvalid("skip")
                    .fit(
                        good.selectExpr(
                            "id", "CAST(null AS ARRAY<STRING>) AS features", "'dry' AS label"))),
        data(
            "rows that only validate",
            "there is no row to train on (4 only validate, 0 cannot be used)",
            () ->
                Frames.classifier()
                    .setValidationIndicatorCol("v")
                    .fit(good.selectExpr("*", "true AS v"))),
        data(
            "no row that validates",
            "column v marks no row for validation",
            () ->
                Frames.classifier()
                    .setValidationIndicatorCol("v")
                    .fit(good.selectExpr("*", "false AS v"))),
        data(
            "one label alone",
            "the training rows must have at least 2 different labels, found [dry]",
            () -> Frames.classifier().fit(good.selectExpr("id", "features", "'dry' AS label"))),
        data(
            "widths that differ between rows",
            "column features: every step must have the same number of values, found (values=rows) {2=1, 3=1}",
            () ->
                Frames.classifier()
                    .fit(
                        Frames.of(
                            STEPS,
                            Frames.row("1", List.of(List.of(1.0, 2.0)), "x"),
                            Frames.row("2", List.of(List.of(1.0, 2.0, 3.0)), "y")))),
        data(
            "a width that is not the model's",
            "row with id 2: column features: expected 2 values a step as in training, found 1; mend the row, or set columns.handleInvalid = skip or keep",
            () ->
                Frames.regressor()
                    .setIdCol("id")
                    .setMaxIter(1)
                    .fit(Frames.series(4))
                    .transform(Frames.of(TARGETS, Frames.row("2", List.of(1.0), null)))
                    .collectAsList()),
        data(
            "a weight that is none",
            "4 of 4 rows cannot be used: row with id s0: the weight must be a finite number of at least 0, found -1.0; row with id s1: the weight must be a finite number of at least 0, found -1.0; row with id s2: the weight must be a finite number of at least 0, found -1.0; row with id s3: the weight must be a finite number of at least 0, found -1.0"
                + MEND,
            () ->
                Frames.classifier()
                    .setIdCol("id")
                    .setWeightCol("w")
                    .fit(good.selectExpr("*", "-1.0D AS w"))),
        configuration(
            "a column that is not there",
            "columns.features: there is no column words; the data have [id, features, label]",
            () -> Frames.classifier().setFeaturesCol("words").fit(good)),
        configuration(
            "features that are no sequence",
            "columns.features: column id must be an array of strings, numbers, arrays of numbers or vectors, found string",
            () -> Frames.classifier().setFeaturesCol("id").fit(good)),
        configuration(
            "elements of another type",
            "columns.features: column features must be an array of strings, numbers, arrays of numbers or vectors, found array<boolean>",
            () ->
                Frames.classifier().fit(good.selectExpr("id", "array(true) AS features", "label"))),
        configuration(
            "a label of another type",
            "columns.label: column features must be a string or a number, the class of the sequence, found array<string>",
            () -> Frames.classifier().setLabelCol("features").fit(good)),
        configuration(
            "a weight of another type",
            "columns.weight: column label must be a number, found string",
            () -> Frames.classifier().setWeightCol("label").fit(good)),
        configuration(
            "tokens for a model of numbers",
            "columns.features: column features must hold numbers, not tokens as in training",
            () -> Frames.regressor().setMaxIter(1).fit(Frames.series(4)).transform(good)),
        configuration(
            "a column that predictions would hide",
            "columns.prediction: the data already have a column prediction; choose another name, or drop it",
            () -> Frames.classifier().fit(good.selectExpr("*", "1 AS prediction"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void aBadFrame(String what, Class<? extends Throwable> type, String said, Supplier<?> use) {
    assertThat(said(type, use)).isEqualTo(said);
  }

  // ------------------------------------------------------------------ series in long format

  static Stream<Arguments> series() {
    List<Object[]> good = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      good.add(Frames.row("s", (double) t, Math.sin(t)));
    }
    return Stream.of(
        series(
            "two rows at one time",
            "series s: expected one row at each time, found 2 at 3; remove all but one, name the column that tells the series apart (columns.id), or set series.duplicates = mean",
            good,
            Frames.row("s", 3.0, 1.0)),
        series(
            "a gap",
            "series s, time 12: expected a value of column value, found none; fill the gap, or set series.gaps = previous or zero",
            good,
            Frames.row("s", 13.0, 1.0)),
        series(
            "a time off the grid",
            "series s: expected times 1.25 units apart, found 1 after 0; mend the times, or set series.step",
            List.of(),
            Frames.row("s", 0.0, 1.0),
            Frames.row("s", 1.0, 1.0),
            Frames.row("s", 2.5, 1.0)),
        series(
            "a null time",
            "series s, column \"time\": expected a time, found null",
            good,
            Frames.row("s", null, 1.0)),
        series(
            "a time that is NaN",
            "series s, column \"time\": expected a time, found NaN",
            good,
            Frames.row("s", Double.NaN, 1.0)),
        series(
            "no name of a series",
            "column id: expected the name of a series, found null at time 3.0",
            good,
            Frames.row(null, 3.0, 1.0)),
        series(
            "an infinite value",
            "series s, time 12.0: expected a finite value of column value, found Infinity",
            good,
            Frames.row("s", 12.0, Double.POSITIVE_INFINITY)),
        series(
            "a value whose square is infinite",
            "series s, time 12.0: expected a value of column value between -3.4e38 and 3.4e38, found -1.0E300",
            good,
            Frames.row("s", 12.0, -1e300)),
        series(
            "a series without any value",
            "series t: expected a value of column value, found none",
            good,
            Frames.row("t", 0.0, null),
            Frames.row("t", 1.0, null)),
        series(
            "one time alone",
            "series t: expected at least 2 times to infer a step from, found 1; set series.step",
            good,
            Frames.row("t", 0.0, 1.0)),
        series(
            "times as far apart as the stars",
            "series s: expected at most 1000 steps a row, found 13 rows over 1000001 steps of 1 units; mend the times, or set series.step",
            good,
            Frames.row("s", 1e6, 1.0)),
        series(
            "times beyond all counting",
            "series s: expected at most 1000 steps a row, found 13 rows over 1000000000000001 steps of 1 units; mend the times, or set series.step",
            good,
            Frames.row("s", 1e15, 1.0)));
  }

  private static Arguments series(String what, String said, List<Object[]> good, Object[]... bad) {
    List<Object[]> rows = new ArrayList<>(good);
    rows.addAll(List.of(bad));
    Collections.shuffle(rows, new java.util.Random(1)); // the order of rows is no matter
    return Arguments.of(what, said, rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("series")
  void aBadSeries(String what, String said, List<Object[]> rows) {
    Dataset<Row> frame =
        Frames.of("id STRING, time DOUBLE, value DOUBLE", rows.toArray(Object[][]::new));
    SequenceForecaster forecaster = LongFrames.linear().setTargetCol("value");
    assertThat(said(DataException.class, () -> forecaster.check(frame))).isEqualTo(said + SKIP);
  }

  // ------------------------------------------------------------------ files

  static Stream<Arguments> files() {
    byte[] latin = "time,value\n1,0.5\n2,\u00FC\n".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        file(
            "not UTF-8",
            "$DIR/latin.csv, line 3: expected UTF-8 text, found other bytes; convert the file to UTF-8",
            "latin.csv",
            latin,
            Map.of("format", "long")),
        file(
            "UTF-16",
            "$DIR/wide.ts, line 1: expected UTF-8 text, found other bytes; convert the file to UTF-8",
            "wide.ts",
            "@problemName x".getBytes(StandardCharsets.UTF_16),
            Map.of("format", "uea")),
        file(
            "text that is no number",
            "$DIR/word.csv, line 3, column \"value\": expected a finite number, found \"high\"",
            "word.csv",
            utf8("time,value\n1,0.5\n2,high\n"),
            Map.of("format", "long")),
        file(
            "a missing field",
            "$DIR/short.csv, line 3: expected 2 columns as in the header, found 1",
            "short.csv",
            utf8("time,value\n1,0.5\n2\n"),
            Map.of("format", "long")),
        file(
            "another header",
            "$DIR/head.csv: expected a column \"value\", found the columns [time, sales]",
            "head.csv",
            utf8("time,sales\n1,0.5\n"),
            Map.of("format", "long")),
        file(
            "two rows at one time of a file",
            "series twice.csv: expected one row at each time, found two at time 1.0 ($DIR/twice.csv, line 2; $DIR/twice.csv, line 3); remove one, or name the column that tells the series apart",
            "twice.csv",
            utf8("time,value\n1,0.5\n1,0.5\n"),
            Map.of("format", "long")),
        file(
            "nothing but a header",
            "$DIR/bare.csv: expected a row after the header, found none",
            "bare.csv",
            utf8("time,value\n"),
            Map.of("format", "long")),
        file(
            "a suffix that lies about compression",
            "$DIR/plain.ts.gz, after line 0: the file cannot be read on (not a gzip file); is it whole, and does its suffix tell its compression?",
            "plain.ts.gz",
            utf8("@problemName x\n"),
            Map.of("format", "uea")),
        file(
            "a line of a treebank with too few columns",
            "$DIR/short.conllu, line 2: expected 10 columns separated by tabs, or a blank line, found 4",
            "short.conllu",
            utf8("1\tWords\tword\tNOUN\t_\t_\t0\troot\t_\t_\n2\tshort\tshort\tADJ\n"),
            Map.of("format", "conllu")),
        file(
            "a dimension with another length",
            "$DIR/ragged.ts, line 8: dimension 2: expected 3 values as in dimension 1, found 2",
            "ragged.ts",
            utf8(
                "@problemName x\n@timeStamps false\n@univariate false\n@dimensions 2\n@equalLength false\n@classLabel true a\n@data\n1,2,3:4,5:a\n"),
            Map.of("format", "uea")),
        file(
            "truncated Parquet",
            "[FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER] Encountered error while reading file file:$DIR/cut.parquet. Could not read footer. Please ensure that the file is in either ORC or Parquet format: file:$DIR/cut.parquet is not a Parquet file (length is too low: 8)",
            "cut.parquet",
            new byte[] {'P', 'A', 'R', '1', 21, 0, 21, 4},
            Map.of("format", "table")),
        file(
            "a line that is no JSON",
            "[FAILED_READ_FILE.NO_HINT] Encountered error while reading file file://$DIR/bad.jsonl: [MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null]: Unexpected character ('o' (code 111)): was expecting double-quote to start field name",
            "bad.jsonl",
            utf8("{\"id\": \"a\"}\n{oops\n"),
            Map.of("format", "table", "source", "json", "schema", "id STRING")),
        file(
            "a file that is not there",
            "$DIR/absent.ts: expected a file or folder, found nothing at file:$DIR/absent.ts; correct the path (a relative one begins at file:$CWD)",
            "",
            new byte[0],
            Map.of("format", "uea", "path", "absent.ts")),
        file(
            "a path that climbs out by ..",
            "$DIR/../absent.ts: expected a file or folder, found nothing at file:$PARENT/absent.ts; correct the path (a relative one begins at file:$CWD)",
            "",
            new byte[0],
            Map.of("format", "uea", "path", "../absent.ts")));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Arguments file(
      String what, String said, String name, byte[] bytes, Map<String, String> block) {
    return Arguments.of(what, said, name, bytes, block);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aBadFile(String what, String said, String name, byte[] bytes, Map<String, String> block)
      throws IOException {
    Map<String, Object> read = new java.util.HashMap<>(block);
    read.put("path", folder.resolve(block.getOrDefault("path", name)).toString());
    if (!name.isEmpty()) {
      Files.write(folder.resolve(name), bytes);
    }
    String found =
        said(
            DataException.class,
            () ->
                SequenceReaders.configure("data.train", read)
                    .read(TestSpark.session())
                    .collectAsList());
    String working = Path.of("").toAbsolutePath().toString();
    assertThat(found)
        .isEqualTo(
            said.replace("$DIR", folder.toString())
                .replace("$PARENT", folder.getParent().toString())
                .replace("$CWD", working));
  }

  // ------------------------------------------------------------------ what is no mistake

  static Stream<Arguments> accepted() {
    Dataset<Row> seen = Frames.sentences(8);
    return Stream.of(
        fine(
            "tokens that training never saw are the unknown one",
            "8 scored, 0 of unknown labels",
            seen.selectExpr("id", "transform(features, f -> concat(f, '!')) AS features", "label")),
        fine(
            "labels that training never saw count as wrong",
            "8 scored, 8 of unknown labels",
            seen.selectExpr("id", "features", "'misty' AS label")));
  }

  private static Arguments fine(String what, String scored, Dataset<Row> rows) {
    return Arguments.of(what, scored, rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void whatIsAcceptedInEveryMode(String what, String scored, Dataset<Row> rows) {
    for (String mode : List.of("error", "skip", "keep")) {
      SequenceClassificationModel model =
          Frames.classifier().setMaxIter(1).setHandleInvalid(mode).fit(Frames.sentences(8));
      var metrics = model.evaluate(rows);
      assertThat(
              "%d scored, %d of unknown labels"
                  .formatted(
                      metrics.count(), metrics.toJson(model.labels()).path("unknown").asInt()))
          .isEqualTo(scored);
    }
  }

  // ------------------------------------------------------------------

  private static Arguments data(String what, String said, Supplier<?> use) {
    return Arguments.of(what, DataException.class, said, use);
  }

  private static Arguments configuration(String what, String said, Supplier<?> use) {
    return Arguments.of(what, ConfigurationException.class, said, use);
  }

  /** The message of the failure, out of the wrapping that Spark's tasks put around it. */
  private static String said(Class<? extends Throwable> type, Supplier<?> use) {
    Throwable failure = catchThrowable(() -> DataFailure.unwrapped(use));
    assertThat(failure).as("a failure").isInstanceOf(type);
    return failure.getMessage();
  }
}
