package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Files in {@code data} that a program beside them wrote. */
final class GeneratedFiles {
  static final Path DATA = Path.of("data");

  private GeneratedFiles() {}

  /** The program writes the same bytes again, and files are small. */
  static void requireSame(String program, Path folder, List<String> files, long below)
      throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                DATA.resolve(program).toString(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(java.exitValue()).isZero();
    for (String file : files) {
      assertThat(folder.resolve(file)).hasSameBinaryContentAs(DATA.resolve(file));
      assertThat(Files.size(DATA.resolve(file))).isLessThan(below);
    }
  }
}
