package io.sparkrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone Master with two Workers, all processes: one of them is stopped for good. */
@Tag("slow")
class StandaloneFaultTest {
  private static final List<String> SMALL = List.of("-Xmx256m");

  @TempDir private Path folder;

  @Test
  void aWorkerThatIsStoppedForGoodAndADriverThatIsKilledChangeNothing() throws Exception {
    Path faults = Files.createDirectories(folder.resolve("faults"));
    Files.createDirectories(faults.resolve("local"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "spark://127.0.0.1:" + port;
    try (SparkProcess master = master(port)) {
      awaitListener(port, master);
      try (SparkProcess first = worker("worker-1", url);
          SparkProcess second = worker("worker-2", url)) {
        RandomKills kills = new RandomKills(folder.resolve("kills"), url, 3);
        for (int i = 1; i <= 3; i++) {
          assertThat(kills.one(i).same()).isTrue();
        }

        String stopped = "worker-stopped=" + second.process().pid();
        try (SparkProcess driver =
            SparkProcess.start(
                folder,
                "driver",
                List.of("-Xmx512m"),
                FaultProgram.class.getName(),
                url,
                faults.toString(),
                "quiet",
                stopped,
                "quiet")) {
          String output = driver.succeeded(6);
          List<String> results = output.lines().filter(line -> line.startsWith("RESULT ")).toList();
          assertThat(results).as(output).hasSize(3);
          assertThat(results).as(output).allMatch(line -> line.contains(" same "));
          assertThat(results).as(output).allMatch(line -> line.endsWith(" clean"));
        }
        assertThat(second.process().isAlive()).isFalse();
        assertThat(first.process().isAlive()).isTrue();
      }
    }
  }

  private static void awaitListener(int port, SparkProcess master) throws Exception {
    for (int i = 0; i < 600 && master.process().isAlive(); i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (ConnectException notYet) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("no Master:\n" + Files.readString(master.output()));
  }

  private SparkProcess master(int port) throws Exception {
    return SparkProcess.start(
        folder,
        "master",
        SMALL,
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
  }

  private SparkProcess worker(String name, String url) throws Exception {
    return SparkProcess.start(
        folder,
        name,
        SMALL,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "640m",
        "--work-dir",
        folder.resolve(name + "-work").toString(),
        url);
  }
}
