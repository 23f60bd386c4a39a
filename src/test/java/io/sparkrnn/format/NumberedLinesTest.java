package io.sparkrnn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.error.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberedLinesTest {
  @Test
  void everyLineEndingIsReadAndTheLastLineNeedsNone() {
    assertThat(lines("a\r\n\nb\n c ".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("a", "", "b", " c ");
  }

  @Test
  void anEmptyStreamHasNoLine() {
    assertThat(lines(new byte[0])).isEmpty();
  }

  @Test
  void aByteOrderMarkIsDroppedAtTheStartAlone() {
    assertThat(lines("\uFEFFa\n\uFEFFb".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("a", "\uFEFFb");
  }

  @Test
  void aLineLongerThanTheBufferIsWhole() {
    String line = "é".repeat(5000);
    assertThat(lines((line + "\n" + line).getBytes(StandardCharsets.UTF_8)))
        .containsExactly(line, line);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirLine() {
    byte[] latin1 = "good\nMu\u00f1oz\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> lines(latin1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("names.txt, line 2")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aStreamThatBreaksNamesTheFileAndTheLastGoodLine() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[] {'a', '\n'}),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("unexpected end of the archive");
              }

              @Override
              public int read(byte[] bytes, int offset, int count) throws IOException {
                return read();
              }
            });
    NumberedLines lines = new NumberedLines("names.txt.gz", broken);
    assertThatThrownBy(() -> drain(lines))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("names.txt.gz, after line")
        .hasMessageContaining("unexpected end of the archive");
  }

  private static List<String> lines(byte[] bytes) {
    return drain(new NumberedLines("names.txt", new ByteArrayInputStream(bytes)));
  }

  private static List<String> drain(NumberedLines lines) {
    List<String> all = new ArrayList<>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
      assertThat(lines.number()).isEqualTo(all.size());
    }
    return all;
  }
}
