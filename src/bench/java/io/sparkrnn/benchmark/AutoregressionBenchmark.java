package io.sparkrnn.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.ml.Autoregressor;
import io.sparkrnn.ml.AutoregressorModel;
import io.sparkrnn.statistics.SeriesLeastSquares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * AR(3) by least squares for many generated series: series a second of {@link Autoregressor} from
 * Parquet, one array a row and in long format, beside R's {@code ar.ols} where R is installed.
 *
 * <pre>
 *   AutoregressionBenchmark SERIES LENGTH TURNS      such as 100000 200 5
 * </pre>
 */
public final class AutoregressionBenchmark {
  private static final int ORDER = 3;
  private static final double[] PHI = {0.5, -0.3, 0.2};
  private static final int SAMPLE = 2_000;
  private static final Path FOLDER = Path.of("target", "benchmark", "autoregression");

  private final SparkSession spark;
  private final int count;
  private final int length;

  private AutoregressionBenchmark(SparkSession spark, int count, int length) {
    this.spark = spark;
    this.count = count;
    this.length = length;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int turns = Integer.parseInt(arguments[2]);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("autoregression benchmark")
            .config("spark.sql.shuffle.partitions", 8)
            .getOrCreate()) {
      new AutoregressionBenchmark(
              spark, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))
          .run(turns);
    }
  }

  private void run(int turns) throws IOException {
    Files.createDirectories(FOLDER);
    generate();
    Dataset<Row> arrays = spark.read().parquet(FOLDER.resolve("arrays").toString());
    Dataset<Row> longFormat = spark.read().parquet(FOLDER.resolve("long").toString());
    Sample ofArrays = new Sample();
    Sample ofLong = new Sample();
    Sample alone = new Sample();
    for (int turn = -1; turn < turns; turn++) {
      double a = count / seconds(() -> fit(arrays));
      double l = count / seconds(() -> fit(longFormat));
      double s = alone();
      if (turn >= 0) {
        ofArrays.add(a);
        ofLong.add(l);
        alone.add(s);
      }
    }
    Optional<double[]> r = ofR();
    MarkdownTable table =
        new MarkdownTable("what", "series a second", "times R", "times two processes of R");
    row(table, "an array a row, Parquet, 2 cores", ofArrays, r);
    row(table, "long format, Parquet, 2 cores", ofLong, r);
    row(table, "the fit alone, 1 core", alone, r);
    r.ifPresent(found -> table.row("R ar.ols, 1 process", "%.0f".formatted(found[0]), "1", ""));
    r.ifPresent(found -> table.row("R ar.ols, 2 processes", "%.0f".formatted(found[1]), "", "1"));
    Page.write(
        "autoregression",
        "AR(%d) by least squares, %d series of %d values; median (smallest–largest) of %d turns; %s.%n%s%n%n%s"
            .formatted(
                ORDER,
                count,
                length,
                turns,
                Page.machine(),
                r.isPresent()
                    ? "R fits the first %d of the series; largest difference of a coefficient %.1e."
                        .formatted(SAMPLE, r.get()[2])
                    : "R is not installed (no Rscript), so that nothing stands beside.",
                table));
  }

  private static void row(MarkdownTable table, String what, Sample rate, Optional<double[]> r) {
    table.row(what, rate.spread("%.0f"), times(rate, r, 0), times(rate, r, 1));
  }

  private static String times(Sample rate, Optional<double[]> r, int processes) {
    return r.map(found -> "%.0f".formatted(rate.median() / found[processes])).orElse("–");
  }

  /** Series i is drawn from the random key of i alone: 10 + AR(3), its first 100 values dropped. */
  private static double[] series(int i, int length) {
    RandomStream random = RandomKey.ofSeed(1).child("autoregression").child(i).stream();
    double[] values = new double[length + 100];
    for (int t = 0; t < values.length; t++) {
      values[t] = random.nextGaussian();
      for (int k = 1; k <= Math.min(t, ORDER); k++) {
        values[t] += PHI[k - 1] * values[t - k];
      }
    }
    return Arrays.stream(values, 100, values.length).map(value -> 10 + value).toArray();
  }

  private void generate() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("value", DataTypes.createArrayType(DataTypes.DoubleType, false));
    int n = length;
    Dataset<Row> arrays =
        spark
            .range(0, count, 1, 8)
            .map(
                (MapFunction<Long, Row>)
                    i -> RowFactory.create("series " + i, series(i.intValue(), n)),
                Encoders.row(schema));
    arrays.write().mode("overwrite").parquet(FOLDER.resolve("arrays").toString());
    spark
        .read()
        .parquet(FOLDER.resolve("arrays").toString())
        .select(col("id"), posexplode(col("value")).as(new String[] {"time", "value"}))
        .write()
        .mode("overwrite")
        .parquet(FOLDER.resolve("long").toString());
  }

  private void fit(Dataset<Row> rows) {
    AutoregressorModel model =
        new Autoregressor().setIdCol("id").setOrder(ORDER).setPartitions(8).fit(rows);
    if (model.models() != count) {
      throw new IllegalStateException(
          "expected %d models, found %d".formatted(count, model.models()));
    }
    model.release();
  }

  private double alone() {
    double[][] some = new double[SAMPLE][];
    Arrays.setAll(some, i -> series(i, length));
    SeriesLeastSquares fitter = new SeriesLeastSquares(ORDER, true, Optional.empty());
    double[] sum = new double[1];
    int rounds = 20;
    double seconds =
        seconds(
            () -> {
              for (int round = 0; round < rounds; round++) {
                for (double[] one : some) {
                  fitter.fit(one, one.length);
                  sum[0] += fitter.coefficient(1);
                }
              }
            });
    if (!Double.isFinite(sum[0])) {
      throw new IllegalStateException("the fits are not finite");
    }
    return rounds * SAMPLE / seconds;
  }

  /** Series a second of R in one process and in two, and the largest difference to our results. */
  private Optional<double[]> ofR() throws IOException {
    Path sample = FOLDER.resolve("sample.csv");
    Path coefficients = FOLDER.resolve("coefficients.csv");
    try (var writer = Files.newBufferedWriter(sample)) {
      for (int i = 0; i < SAMPLE; i++) {
        writer.write(
            Arrays.stream(series(i, length))
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",", "", "\n")));
      }
    }
    String answer;
    try {
      Process process =
          new ProcessBuilder(
                  "Rscript",
                  "scripts/benchmarks/autoregression.R",
                  sample.toString(),
                  coefficients.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("R failed: " + answer);
      }
    } catch (IOException e) {
      System.err.println("AutoregressionBenchmark: R is left out: " + e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    String[] cells = answer.split(",", -1);
    return Optional.of(
        new double[] {
          Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), difference(coefficients)
        });
  }

  private double difference(Path coefficients) {
    SeriesLeastSquares fitter = new SeriesLeastSquares(ORDER, true, Optional.empty());
    double largest = 0;
    try {
      List<String> lines = Files.readAllLines(coefficients);
      for (int i = 0; i < SAMPLE; i++) {
        String[] cells = lines.get(i).split(",", -1);
        double[] series = series(i, length);
        fitter.fit(series, series.length);
        largest =
            Math.max(largest, Math.abs(fitter.intercept() - Double.parseDouble(cells[0].strip())));
        for (int k = 1; k <= ORDER; k++) {
          double ofR = Double.parseDouble(cells[k].strip());
          largest = Math.max(largest, Math.abs(fitter.coefficient(k) - ofR));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return largest;
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }
}
