package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of dynamical systems are the program's, and obey the equations told of them. */
class GeneratedDynamicsTest {
  private static final Path DATA = GeneratedFiles.DATA;
  private static final List<String> FILES =
      List.of(
          "pendulum/train.jsonl",
          "pendulum/validation.jsonl",
          "pendulum/test.jsonl",
          "narendra-parthasarathy/train.jsonl",
          "narendra-parthasarathy/validation.jsonl",
          "narendra-parthasarathy/test.jsonl",
          "mackey-glass.csv");

  @TempDir private Path folder;

  @Test
  void theProgramWritesTheCommittedBytes() throws Exception {
    GeneratedFiles.requireSame("GenerateDynamics.java", folder, FILES, 1 << 17);
  }

  /** By the symplectic rule of order 1 in steps a hundred times as fine. */
  @ParameterizedTest
  @ValueSource(strings = {"train", "validation", "test"})
  void pendulumsObeyTheirEquation(String part) throws IOException {
    for (JsonNode line : lines("pendulum/" + part + ".jsonl").subList(0, 3)) {
      double angle = 0;
      double speed = 0;
      for (int t = 0; t < line.get("inputs").size(); t++) {
        double torque = line.get("inputs").get(t).get(0).doubleValue();
        assertThat(torque).isBetween(-0.5, 0.5);
        for (int step = 0; step < 2000; step++) {
          speed += 1e-4 * (-Math.sin(angle) - speed / 4 + torque);
          angle += 1e-4 * speed;
        }
        assertThat(line.get("outputs").get(t).doubleValue())
            .isEqualTo(Math.sin(angle), within(2e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "validation", "test"})
  void plantsObeyTheirEquation(String part) throws IOException {
    for (JsonNode line : lines("narendra-parthasarathy/" + part + ".jsonl")) {
      double[] u = new double[line.get("inputs").size()];
      double[] y = new double[u.length + 1];
      for (int t = 0; t < u.length; t++) {
        u[t] = line.get("inputs").get(t).get(0).doubleValue();
        double y1 = t < 1 ? 0 : y[t - 1];
        double y2 = t < 2 ? 0 : y[t - 2];
        double before = t < 1 ? 0 : u[t - 1];
        double above = y[t] * y1 * y2 * before * (y2 - 1) + u[t];
        y[t + 1] = above / (1 + Math.pow(y1, 2) + Math.pow(y2, 2));
        assertThat(line.get("outputs").get(t).doubleValue()).isEqualTo(y[t + 1], within(1e-6));
      }
    }
  }

  /** By Euler's rule in steps of 0.002, over the samples that chaos does not yet part. */
  @Test
  void mackeyGlassObeysItsEquation() throws IOException {
    List<String> lines = Files.readAllLines(DATA.resolve("mackey-glass.csv"));
    assertThat(lines).hasSize(1201).startsWith("time,value", "0,1.200000");
    int aUnit = 500;
    double[] x = new double[200 * aUnit + 1];
    x[0] = 1.2;
    for (int i = 0; i + 1 < x.length; i++) {
      double late = i < 17 * aUnit ? 0 : x[i - 17 * aUnit];
      x[i + 1] = x[i] + (0.2 * late / (1 + Math.pow(late, 10)) - 0.1 * x[i]) / aUnit;
    }
    for (int t = 0; t < 200; t++) {
      String[] fields = lines.get(t + 1).split(",", -1);
      assertThat(fields[0]).isEqualTo(Integer.toString(t));
      assertThat(Double.parseDouble(fields[1])).isEqualTo(x[t * aUnit], within(3e-3));
    }
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(DATA.resolve(file))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
