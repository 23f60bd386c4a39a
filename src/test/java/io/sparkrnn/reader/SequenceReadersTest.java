package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceReadersTest {
  static List<SequenceReader> all() {
    return SequenceReaders.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyReaderIsFoundByItsFormatAndSaysWhatItDoes(SequenceReader reader) {
    assertThat(SequenceReaders.of(reader.format())).isSameAs(reader);
    assertThat(reader.purpose()).contains("id").doesNotContain("\n");
    assertThat(reader.settings().keys()).contains("path").doesNotContain("format");
  }

  @Test
  void formatsAreNamedOnce() {
    assertThat(SequenceReaders.formats())
        .containsExactly("table", "uea", "conllu", "text-folder", "text", "long", "next-step");
  }

  @Test
  void everyMistakeOfABlockIsListedWithTheBlockAndTheNearestKey() {
    assertThatThrownBy(
            () ->
                SequenceReaders.configure(
                    "data.train",
                    Map.of("format", "text-folder", "paht", "names", "unique", "perhaps")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unknown key data.train.paht; did you mean data.train.path?")
        .hasMessageContaining("data.train.unique: expected a boolean, found \"perhaps\"");
  }

  @Test
  void anUnknownFormatNamesTheNearestOrAll() {
    assertThatThrownBy(() -> SequenceReaders.configure("data.test", Map.of("format", "conlu")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("data.test.format: unknown format conlu; did you mean conllu?");
    assertThatThrownBy(() -> SequenceReaders.of("spreadsheet"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected one of [table, uea");
    assertThatThrownBy(() -> SequenceReaders.configure("data.test", Map.of("path", "x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("data.test.format: expected one of [table");
  }

  @Test
  void aUsersReaderIsNamedByItsClass() {
    SequenceReader reader = SequenceReaders.of(OwnReader.class.getName());
    assertThat(reader).isInstanceOf(OwnReader.class);
    assertThatThrownBy(() -> SequenceReaders.of("java.lang.String"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("implements io.sparkrnn.reader.SequenceReader");
    assertThatThrownBy(() -> SequenceReaders.of("no.such.Reader"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no.such.Reader");
  }

  /** A reader as a user would bring it. */
  public static final class OwnReader implements SequenceReader {
    @Override
    public String format() {
      return "own";
    }

    @Override
    public String purpose() {
      return "one row";
    }

    @Override
    public Settings settings() {
      return Settings.of();
    }

    @Override
    public Dataset<Row> read(SparkSession spark, Values values) {
      return spark.range(1).selectExpr("cast(id as string) id");
    }
  }
}
