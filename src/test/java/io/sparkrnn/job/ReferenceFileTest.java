package io.sparkrnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.reader.SequenceReader;
import io.sparkrnn.reader.SequenceReaders;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code conf/reference.conf} tells every key as the code has it, and is itself a job file. */
class ReferenceFileTest {
  private static final Path FILE = Path.of("conf/reference.conf");

  @Test
  void theFileIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(FILE))
        .as("make it anew: scripts/spark-rnn describe --settings > conf/reference.conf")
        .isEqualTo(CommandRun.of("describe", "--settings").succeeded().out());
  }

  @Test
  void readAsAJobFileItSetsEveryKeyToItsDefault() {
    JobFile job =
        JobFile.load(
            JobFileSamples.source(Map.of()), FILE.toString(), List.of(), JobSettings.SCHEMA);
    assertThat(job.values()).isEqualTo(Values.defaults(JobSettings.ALL));
    assertThat(JobSettings.ALL).allMatch(job.values()::isSet);
    assertThat(Estimators.of(job.values()).values().changed()).isEmpty();
  }

  @Test
  void everyFormatAndItsKeysAreTold() throws IOException {
    String text = Files.readString(FILE);
    for (SequenceReader reader : SequenceReaders.all()) {
      assertThat(text).contains("# format = " + reader.format() + " ");
      for (Setting<?> setting : reader.settings()) {
        assertThat(text).contains("#   " + setting.key() + " = ", "#     " + setting.meaning());
      }
    }
  }
}
