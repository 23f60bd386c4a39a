package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Throwables;
import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DivergenceException;
import io.sparkrnn.reader.DataFailure;
import io.sparkrnn.testing.Edit;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** DataFrames with columns lost, renamed, doubled and of other types, and with any values. */
class MalformedFrameTest {
  private static final long SECONDS = 120;

  private static final Map<String, String> QUICK =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1");

  private static final List<DataType> TYPES =
      List.of(
          DataTypes.StringType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.DoubleType,
          DataTypes.BooleanType,
          DataTypes.BinaryType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.createDecimalType(20, 4),
          array(DataTypes.StringType),
          array(DataTypes.DoubleType),
          array(DataTypes.FloatType),
          array(DataTypes.IntegerType),
          array(DataTypes.BooleanType),
          array(array(DataTypes.DoubleType)),
          array(array(DataTypes.StringType)),
          array(SQLDataTypes.VectorType()),
          SQLDataTypes.VectorType(),
          DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType),
          new StructType().add("a", DataTypes.IntegerType));

  private static final List<String> NAMES =
      List.of(
          "id", "features", "label", "time", "value", "prediction", "w", "a.b", "", "`", "__fit");

  private static final double[] NUMBERS = {
    0, 1, -1, 2.5, 1e-320, 1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 3e38, -0.0, 7
  };

  private static ExecutorService worker;
  private static final Map<String, Integer> ENDS = new TreeMap<>();
  private static final List<String> FAILURES = new ArrayList<>();

  @BeforeContainer
  static void open() {
    worker = Executors.newSingleThreadExecutor();
    QUICK.forEach(TestSpark.session().conf()::set);
  }

  @AfterContainer
  static void close() {
    System.out.println("malformed frames ended with " + ENDS);
    worker.shutdownNow();
    QUICK.keySet().forEach(TestSpark.session().conf()::unset);
    assertThat(FAILURES).isEmpty();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edit.lists(4);
  }

  @Property(
      tries = 60,
      seed = "9001",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void aMalformedFrameIsAnsweredCleanly(
      @ForAll int choice, @ForAll("edits") List<Edit> learnt, @ForAll("edits") List<Edit> given) {
    run(choice, learnt, given);
  }

  @Tag("slow")
  @Property(
      tries = 1500,
      seed = "65537",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void thousandsOfMalformedFramesAreAnsweredCleanly(
      @ForAll int choice, @ForAll("edits") List<Edit> learnt, @ForAll("edits") List<Edit> given) {
    run(choice, learnt, given);
  }

  private static void run(int choice, List<Edit> learnt, List<Edit> given) {
    int task = Math.floorMod(choice, 5);
    String mode = List.of("error", "skip", "keep").get(Math.floorMod(choice / 5, 3));
    String end;
    try {
      end = end(() -> used(task, mode, learnt, given));
    } catch (AssertionError failure) {
      FAILURES.add(
          "task %d, %s, %s, %s: %s"
              .formatted(task, mode, learnt, given, Throwables.getStackTraceAsString(failure)));
      end = "not clean";
    }
    ENDS.merge(end, 1, Integer::sum);
    SparkSession spark = TestSpark.session();
    assertThat(spark.sparkContext().isStopped()).isFalse();
    assertThat(spark.sparkContext().getPersistentRDDs().size())
        .as("cached blocks left behind")
        .isLessThanOrEqualTo(end.equals("used") ? 1 : 0);
    spark.sparkContext().getPersistentRDDs().values().foreach(rdd -> rdd.unpersist(true));
  }

  /** Fits, and uses what was learnt on other rows. */
  private static String used(int task, String mode, List<Edit> learnt, List<Edit> given) {
    Estimator<?> estimator = estimator(task, mode);
    Frame good = frame(task);
    Model<?> model = (Model<?>) estimator.fit(good.with(learnt).rows());
    Dataset<Row> others = good.with(given).rows();
    model.transform(others).collectAsList();
    if (model instanceof SequenceModel<?> sequences) {
      sequences.evaluate(others);
    } else if (model instanceof SequenceForecastModel forecaster) {
      forecaster.evaluate(others);
    }
    return "used";
  }

  private static String end(Callable<String> work) {
    try {
      return worker.submit(work).get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("no end after %d s".formatted(SECONDS), e);
    } catch (ExecutionException e) {
      return clean(e.getCause());
    }
  }

  private static String clean(Throwable failure) {
    Throwable cause = failure;
    while (cause != null
        && !(cause instanceof ConfigurationException)
        && !(cause instanceof DivergenceException)) {
      cause = cause.getCause();
    }
    Throwable told = cause != null ? cause : DataFailure.in(failure).orElse(null);
    if (told == null) {
      throw new AssertionError("neither used nor refused cleanly", failure);
    }
    assertThat(told.getMessage()).isNotBlank().doesNotContain("\tat ", "NullPointer");
    return told.getClass().getSimpleName();
  }

  private static Estimator<?> estimator(int task, String mode) {
    return switch (task) {
      case 0 -> Frames.classifier().setMaxIter(1).setIdCol("id").setHandleInvalid(mode);
      case 1 -> Frames.labeler().setMaxIter(1).setHandleInvalid(mode).setWeightCol("w");
      case 2 -> Frames.regressor().setMaxIter(1).setIdCol("id").setHandleInvalid(mode);
      case 3 ->
          new SequenceForecaster()
              .setIdCol("id")
              .setTargetCol("value")
              .setModel("ar")
              .setHorizon(2)
              .set(ForecastSettings.DELAYS, 2)
              .setPartitions(2)
              .setBackend("java")
              .setHandleInvalid(mode);
      default ->
          new Autoregressor()
              .setIdCol("id")
              .setTargetCol("value")
              .setOrder(1)
              .setPartitions(2)
              .setHandleInvalid(mode);
    };
  }

  private static Frame frame(int task) {
    Dataset<Row> rows =
        switch (task) {
          case 0 -> Frames.sentences(5);
          case 1 -> Frames.tagged(5).selectExpr("*", "1.0D AS w");
          case 2 -> Frames.series(5);
          default -> LongFrames.of(LongFrames.rows(2, 12, (s, t) -> s + t * t % 5.0));
        };
    return new Frame(List.of(rows.schema().fields()), rows.collectAsList());
  }

  /**
   * A small DataFrame that can be damaged.
   *
   * @param fields of its schema
   * @param values of its rows
   */
  private record Frame(List<StructField> fields, List<Row> values) {

    Dataset<Row> rows() {
      return TestSpark.session()
          .createDataFrame(values, new StructType(fields.toArray(StructField[]::new)));
    }

    Frame with(List<Edit> edits) {
      Frame damaged = this;
      for (Edit edit : edits) {
        damaged = damaged.fields.isEmpty() ? damaged : damaged.with(edit);
      }
      return damaged;
    }

    private Frame with(Edit edit) {
      int column = edit.where() % fields.size();
      List<StructField> newFields = new ArrayList<>(fields);
      List<List<Object>> cells = new ArrayList<>();
      values.forEach(row -> cells.add(list(row)));
      switch (edit.kind() % 12) {
        case 0 -> {
          newFields.remove(column);
          cells.forEach(row -> row.remove(column));
        }
        case 1 -> newFields.set(column, field(edit.among(NAMES), fields.get(column).dataType()));
        case 2 -> {
          DataType type = edit.among(TYPES);
          newFields.set(column, field(fields.get(column).name(), type));
          for (int r = 0; r < cells.size(); r++) {
            cells.get(r).set(column, value(type, edit.what() / 7 + r));
          }
        }
        case 3 -> cells.clear();
        case 4 -> cells.addAll(List.copyOf(cells.subList(0, cells.size() / 2)));
        case 5 -> Collections.reverse(cells);
        default -> {
          if (!cells.isEmpty()) {
            cells
                .get(edit.what() % cells.size())
                .set(column, value(fields.get(column).dataType(), edit.what() / 3));
          }
        }
      }
      return new Frame(
          newFields, cells.stream().map(row -> RowFactory.create(row.toArray())).toList());
    }

    private static List<Object> list(Row row) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.get(i));
      }
      return cells;
    }
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  private static DataType array(DataType element) {
    return DataTypes.createArrayType(element, true);
  }

  /** Some value of a type; null in one of five. */
  private static Object value(DataType type, int what) {
    if (what % 5 == 4) {
      return null;
    }
    double number = NUMBERS[Math.floorMod(what, NUMBERS.length)];
    if (type instanceof ArrayType array) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < what % 4; i++) {
        items.add(value(array.elementType(), what / 4 + i));
      }
      return items;
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      double[] values = new double[what % 3];
      Arrays.fill(values, number);
      return Vectors.dense(values);
    }
    return switch (type.typeName()) {
      case "string" -> Edit.EXTREMES.get(what % Edit.EXTREMES.size());
      case "integer" -> (int) number;
      case "long" -> (long) number;
      case "float" -> (float) number;
      case "double" -> number;
      case "boolean" -> what % 2 == 0;
      case "binary" -> new byte[what % 3];
      case "date" -> new Date(86_400_000L * (what % 99_999));
      case "timestamp" -> new Timestamp(1000L * what);
      case "map" -> Map.of("k", what);
      case "struct" -> RowFactory.create(what);
      default -> new BigDecimal(what % 9);
    };
  }
}
