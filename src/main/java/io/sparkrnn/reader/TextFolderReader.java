package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.sparkrnn.format.NumberedLines;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Reads a folder with one file a class and one item a line, in UTF-8: {@code id} (file and line),
 * {@code text} (the line), {@code label} (the file's name without its suffix), and, if asked for,
 * {@code tokens} ({@code array<string>}): the characters (Unicode code points) or words of the
 * text.
 */
public final class TextFolderReader implements SequenceReader {
  static final String NONE = "none";
  static final String CHARACTERS = "characters";
  static final String WORDS = "words";

  static final Setting<String> SUFFIX =
      Setting.text(
          "suffix", "suffix", ".txt", "Suffix of the files to read, before that of compression");

  static final Setting<String> TOKENS =
      Setting.choice(
          "tokens",
          "tokens",
          NONE,
          List.of(NONE, CHARACTERS, WORDS),
          "Column tokens: none, the characters of a line, or its words between blanks");

  static final Setting<Boolean> TRIM =
      Setting.bool("trim", "trim", true, "Drop blanks at both ends of a line");

  static final Setting<Boolean> SKIP_EMPTY =
      Setting.bool("skipEmpty", "skipEmpty", true, "Leave out lines with no character");

  static final Setting<Boolean> UNIQUE =
      Setting.bool(
          "unique", "unique", false, "Keep the first of the lines with the same text and label");

  private static final Settings SETTINGS =
      Settings.of(SourceFiles.PATH, SUFFIX, TOKENS, TRIM, SKIP_EMPTY, UNIQUE);

  private static final Pattern COMPRESSION = Pattern.compile("\\.(gz|bz2)$");
  private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  @Override
  public String format() {
    return "text-folder";
  }

  @Override
  public String purpose() {
    return "Folders with one file a class, one item a line: id, text, label, tokens";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    String suffix = values.get(SUFFIX);
    SourceFiles files =
        SourceFiles.find(
            spark, values.get(SourceFiles.PATH), file -> uncompressed(file).endsWith(suffix));
    boolean tokens = !values.get(TOKENS).equals(NONE);
    Lines lines = new Lines(suffix, values.get(TOKENS), values.get(TRIM), values.get(SKIP_EMPTY));
    Dataset<Row> rows = spark.createDataFrame(files.parse(lines), Columns.schema(columns(tokens)));
    return DataFailure.requireRows(
        values.get(UNIQUE) ? unique(rows, tokens) : rows,
        () -> files.shown() + ": expected a line with text, found none");
  }

  private static StructField[] columns(boolean tokens) {
    List<StructField> columns = new ArrayList<>();
    columns.add(column(Columns.ID, DataTypes.StringType));
    columns.add(column(Columns.TEXT, DataTypes.StringType));
    columns.add(column(Columns.LABEL, DataTypes.StringType));
    if (tokens) {
      columns.add(column(Columns.TOKENS, Columns.TEXTS));
    }
    return columns.toArray(StructField[]::new);
  }

  /** Of each group of rows with one text and label the one whose id comes first. */
  private static Dataset<Row> unique(Dataset<Row> rows, boolean tokens) {
    Dataset<Row> first =
        rows.groupBy(Columns.TEXT, Columns.LABEL)
            .agg(
                (tokens
                        ? min(struct(col(Columns.ID), col(Columns.TOKENS)))
                        : min(struct(col(Columns.ID))))
                    .as("first"))
            .select("first.*", Columns.TEXT, Columns.LABEL);
    return first.select(
        Stream.of(columns(tokens)).map(column -> col(column.name())).toArray(Column[]::new));
  }

  private static String uncompressed(SourceFile file) {
    return COMPRESSION.matcher(file.name()).replaceFirst("");
  }

  /** Rows of one file. */
  private record Lines(String suffix, String tokens, boolean trim, boolean skipEmpty)
      implements SourceFiles.Parser<Row> {
    @Override
    public Iterator<Row> parse(SourceFile file, InputStream in) {
      NumberedLines lines = new NumberedLines(file.shown(), in);
      String name = uncompressed(file);
      String label = name.substring(0, name.length() - suffix.length());
      return Stream.generate(lines::next)
          .takeWhile(Optional::isPresent)
          .map(line -> trim ? line.orElseThrow().strip() : line.orElseThrow())
          .filter(text -> !(skipEmpty && text.isEmpty()))
          .map(text -> row(file.id(lines.number()), text, label))
          .iterator();
    }

    private Row row(String id, String text, String label) {
      return switch (tokens) {
        case CHARACTERS -> RowFactory.create(id, text, label, characters(text));
        case WORDS -> RowFactory.create(id, text, label, words(text));
        default -> RowFactory.create(id, text, label);
      };
    }
  }

  /** The Unicode code points of a text, each as a text. */
  static String[] characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
  }

  /** What stands between blanks. */
  static String[] words(String text) {
    return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }
}
