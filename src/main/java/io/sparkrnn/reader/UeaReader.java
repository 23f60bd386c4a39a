package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;

import io.sparkrnn.error.DataException;
import io.sparkrnn.format.UeaCase;
import io.sparkrnn.format.UeaHeader;
import io.sparkrnn.format.UeaParser;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads UEA {@code .ts} files: {@code id}, {@code features} (time steps by dimensions, as {@code
 * array<array<double>>}), and {@code label}: a string for {@code @classLabel true}, a double for
 * {@code @targetLabel true}, no column otherwise. Files read together declare the same classes.
 */
public final class UeaReader implements SequenceReader {
  static final String REFUSE = "refuse";
  static final String KEEP = "keep";

  static final Setting<String> MISSING =
      Setting.choice(
          "missing",
          "missing",
          REFUSE,
          List.of(REFUSE, KEEP),
          "What to do with a missing value (? or NaN): refuse the file, or keep it as NaN");

  private static final Settings SETTINGS = Settings.of(SourceFiles.PATH, MISSING);

  @Override
  public String format() {
    return "uea";
  }

  @Override
  public String purpose() {
    return "UEA/sktime .ts files: id, features (time steps by dimensions), label";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    SourceFiles files = SourceFiles.find(spark, values.get(SourceFiles.PATH));
    UeaHeader header =
        files.first((file, in) -> List.of(new UeaParser(file.shown(), in).header()).iterator());
    CaseRows rows = new CaseRows(header.kind(), header.target(), values.get(MISSING).equals(KEEP));
    return DataFailure.requireRows(
        spark.createDataFrame(files.parse(rows), schema(header.target())),
        () -> files.shown() + ": expected a case after @data, found none");
  }

  private static StructType schema(UeaHeader.Target target) {
    List<StructField> columns = new ArrayList<>();
    columns.add(column(Columns.ID, DataTypes.StringType));
    columns.add(column(Columns.FEATURES, Columns.STEPS));
    switch (target) {
      case CLASS -> columns.add(column(Columns.LABEL, DataTypes.StringType));
      case VALUE -> columns.add(column(Columns.LABEL, DataTypes.DoubleType));
      case NONE -> {
        // Sequences to predict for have no label.
      }
    }
    return Columns.schema(columns.toArray(StructField[]::new));
  }

  /** Rows of a file whose header agrees with that of the first file. */
  private record CaseRows(String kind, UeaHeader.Target target, boolean keepMissing)
      implements SourceFiles.Parser<Row> {
    @Override
    public Iterator<Row> parse(SourceFile file, InputStream in) {
      UeaParser parser = new UeaParser(file.shown(), in);
      if (!parser.header().kind().equals(kind)) {
        throw new DataException(
            file.shown()
                + ": expected "
                + kind
                + ", as in the first of the files, found "
                + parser.header().kind()
                + "; read them one by one");
      }
      Iterable<UeaCase> cases = () -> parser;
      return StreamSupport.stream(cases.spliterator(), false)
          .map(found -> row(file, found))
          .iterator();
    }

    private Row row(SourceFile file, UeaCase found) {
      if (!keepMissing) {
        refuseMissing(file, found);
      }
      Stream<Object> label = found.label().map(this::typed).stream();
      return RowFactory.create(
          Stream.concat(Stream.of(file.id(found.number()), found.values()), label).toArray());
    }

    private Object typed(String label) {
      return target == UeaHeader.Target.VALUE ? (Object) Double.valueOf(label) : label;
    }

    private static void refuseMissing(SourceFile file, UeaCase found) {
      found
          .firstMissingStep()
          .ifPresent(
              step -> {
                int dimension = found.missingDimension(step).orElseThrow();
                throw new DataException(
                    file.shown()
                        + ", line "
                        + found.line()
                        + ": dimension "
                        + (dimension + 1)
                        + ", value "
                        + (step + 1)
                        + ": expected a number, found a missing value; fill it in the file, or set"
                        + " missing = keep to have NaN");
              });
    }
  }
}
