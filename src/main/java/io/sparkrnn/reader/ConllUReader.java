package io.sparkrnn.reader;

import static io.sparkrnn.reader.Columns.column;

import io.sparkrnn.error.DataException;
import io.sparkrnn.format.ConllUColumn;
import io.sparkrnn.format.ConllUParser;
import io.sparkrnn.format.ConllUSentence;
import io.sparkrnn.format.ConllUToken;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads CoNLL-U files: {@code id}, {@code tokens} (the words) and {@code labels} (one column of
 * each word), both {@code array<string>} of the same length.
 */
public final class ConllUReader implements SequenceReader {
  static final Setting<String> LABELS =
      Setting.choice(
          "labels",
          "labels",
          "upos",
          Stream.of(ConllUColumn.values())
              .map(column -> column.name().toLowerCase(Locale.ROOT))
              .toList(),
          "Column of CoNLL-U that labels a word");

  private static final String UNSPECIFIED = "_";

  /** Columns in which {@code _} says that there is no annotation, not that there is none to say. */
  private static final Set<ConllUColumn> ANNOTATED =
      Set.of(ConllUColumn.UPOS, ConllUColumn.XPOS, ConllUColumn.DEPREL);

  private static final Settings SETTINGS = Settings.of(SourceFiles.PATH, LABELS);

  @Override
  public String format() {
    return "conllu";
  }

  @Override
  public String purpose() {
    return "CoNLL-U treebanks: id, tokens, labels (one for each token)";
  }

  @Override
  public Settings settings() {
    return SETTINGS;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, Values values) {
    ConllUColumn labels = ConllUColumn.valueOf(values.get(LABELS).toUpperCase(Locale.ROOT));
    SourceFiles files = SourceFiles.find(spark, values.get(SourceFiles.PATH));
    return DataFailure.requireRows(
        spark.createDataFrame(
            files.parse((file, in) -> rows(file, in, labels)),
            Columns.schema(
                column(Columns.ID, DataTypes.StringType),
                column(Columns.TOKENS, Columns.TEXTS),
                column(Columns.LABELS, Columns.TEXTS))),
        () -> files.shown() + ": expected a sentence, found none");
  }

  private static Iterator<Row> rows(SourceFile file, InputStream in, ConllUColumn labels) {
    Iterable<ConllUSentence> sentences = () -> new ConllUParser(file.shown(), in);
    return StreamSupport.stream(sentences.spliterator(), false)
        .map(sentence -> row(file, sentence, labels))
        .iterator();
  }

  private static Row row(SourceFile file, ConllUSentence sentence, ConllUColumn column) {
    List<ConllUToken> tokens = sentence.tokens();
    String[] labels = tokens.stream().map(column::of).toArray(String[]::new);
    if (ANNOTATED.contains(column)) {
      int unspecified = List.of(labels).indexOf(UNSPECIFIED);
      if (unspecified >= 0) {
        throw new DataException(
            file.shown()
                + ", sentence at line "
                + sentence.line()
                + ", word "
                + (unspecified + 1)
                + ": expected a value in the column "
                + column
                + ", found _; choose another column with labels = …");
      }
    }
    return RowFactory.create(
        file.id(sentence.number()),
        tokens.stream().map(ConllUToken::form).toArray(String[]::new),
        labels);
  }
}
