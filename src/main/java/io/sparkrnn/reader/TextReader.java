package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import io.sparkrnn.setting.Rule;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads plain text in UTF-8: {@code id} and {@code text}, a row a document, which is a whole file,
 * a line, or a paragraph (lines up to an empty one). A contiguous part of every file can be asked
 * for, so that a text is split into what comes before and what comes after: of a file that is one
 * document a share of its characters, else a share of its documents. Line ends are read as {@code
 * \n}.
 */
public final class TextReader implements SequenceReader {

  static final String FILE = "file";
  static final String LINE = "line";
  static final String PARAGRAPH = "paragraph";

  static final Setting<String> DOCUMENT =
      Setting.choice(
          "document",
          "document",
          FILE,
          List.of(FILE, LINE, PARAGRAPH),
          "What a document is: a whole file, a line that is not empty, or lines up to an empty one");

  static final Setting<String> FROM =
      Setting.text(
          "from", "from", "0%", percentage(), "Where the part of every file begins that is read");

  static final Setting<String> UNTIL =
      Setting.text("until", "until", "100%", percentage(), "Where that part ends");

  private static final Settings SETTINGS = Settings.of(SourceFiles.PATH, DOCUMENT, FROM, UNTIL);

  private static final Pattern LINE_END = Pattern.compile("\n");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n[ \t]*(?:\n[ \t]*)*\n");

  private static Rule<String> percentage() {
    return Rule.of("a percentage from 0% to 100%, such as 90% or 99.5%", TextReader::isPercentage);
  }

  private static boolean isPercentage(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%") && share(text) <= 1;
  }

  private static double share(String percentage) {
    return Double.parseDouble(percentage.substring(0, percentage.length() - 1)) / 100;
  }

  @Override
  public String format() {
    return "text";
  }

  @Override
  public String purpose() {
    return "Plain text, a document a file, line or paragraph: id, text";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    double from = share(values.get(FROM));
    double until = share(values.get(UNTIL));
    if (from >= until) {
      throw new ConfigurationException(
          "from: expected less than until, %s, found %s"
              .formatted(values.get(UNTIL), values.get(FROM)));
    }
    SourceFiles files = SourceFiles.find(spark, values.get(SourceFiles.PATH));
    Documents documents = new Documents(values.get(DOCUMENT), from, until);
    Dataset<Row> rows =
        spark.createDataFrame(
            files.parse(documents),
            Columns.schema(
                column(Columns.ID, DataTypes.StringType),
                column(Columns.TEXT, DataTypes.StringType)));
    return DataFailure.requireRows(
        rows, () -> files.shown() + ": expected a document with text in this part, found none");
  }

  /** Rows of one file. */
  private record Documents(String document, double from, double until)
      implements SourceFiles.Parser<Row> {

    @Override
    public Iterator<Row> parse(SourceFile file, InputStream in) {
      String text = text(file, in);
      if (document.equals(FILE)) {
        String part = part(text);
        return part.isEmpty()
            ? List.<Row>of().iterator()
            : List.of(RowFactory.create(file.name(), part)).iterator();
      }
      Pattern border = document.equals(LINE) ? LINE_END : EMPTY_LINES;
      List<String> documents =
          border.splitAsStream(text).filter(found -> !found.isBlank()).toList();
      List<Row> rows = new ArrayList<>();
      for (int i = at(from, documents.size()); i < at(until, documents.size()); i++) {
        rows.add(RowFactory.create(file.id(i + 1L), documents.get(i)));
      }
      return rows.iterator();
    }

    /** Characters are Unicode code points. */
    private String part(String text) {
      int points = text.codePointCount(0, text.length());
      int begin = text.offsetByCodePoints(0, at(from, points));
      return text.substring(
          begin, text.offsetByCodePoints(begin, at(until, points) - at(from, points)));
    }

    private static int at(double share, int count) {
      return (int) Math.floor(share * count + 1e-6);
    }

    private static String text(SourceFile file, InputStream in) {
      try {
        byte[] bytes = in.readAllBytes();
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return plain.replace("\r\n", "\n");
      } catch (CharacterCodingException e) {
        throw new DataException(
            file.shown() + ": expected UTF-8 text, found other bytes; convert the file to UTF-8",
            e);
      } catch (IOException e) {
        throw new DataException(
            "%s: cannot be read (%s); is it whole, and does its suffix tell its compression?"
                .formatted(file.shown(), e.getMessage()),
            e);
      }
    }
  }
}
