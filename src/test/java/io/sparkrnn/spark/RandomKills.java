package io.sparkrnn.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Trainings of which each is hit by a SIGKILL at a random moment, the driver or an executor, and
 * started again if it was the driver.
 */
final class RandomKills {
  private static final int LONGEST_MINUTES = 5;

  private final Path root;
  private final String master;
  private final Random random;
  private final long expected = LargeRound.hash(FaultProgram.expected());

  RandomKills(Path root, String master, long seed) {
    this.root = root;
    this.master = master;
    this.random = new Random(seed);
  }

  /** Arguments: an empty folder, number of trainings, seed. */
  public static void main(String[] arguments) throws Exception {
    RandomKills kills =
        new RandomKills(
            Path.of(arguments[0]), "local-cluster[2,1,640]", Long.parseLong(arguments[2]));
    int trainings = Integer.parseInt(arguments[1]);
    int same = 0;
    for (int i = 1; i <= trainings; i++) {
      Outcome outcome = kills.one(i);
      same += outcome.same() ? 1 : 0;
      System.out.printf("%d of %d: %s%n", i, trainings, outcome);
    }
    System.out.printf("%d of %d end in the bytes of the quiet run%n", same, trainings);
  }

  /**
   * What came of a training.
   *
   * @param victim driver or executor
   * @param roundsKept rounds in the newest checkpoint when it was killed, −1 if it was over
   * @param starts of the driver
   * @param same whether the bytes are those of the quiet run
   */
  record Outcome(String victim, long roundsKept, int starts, boolean same) {}

  /** Trains once. */
  Outcome one(int number) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(root.resolve("training-" + number));
    Files.createFile(folder.resolve(FaultyCell.SLOW));
    boolean isDriver = random.nextBoolean();
    int wait = random.nextInt(4000);
    int which = random.nextInt(2);
    int starts = 1;
    SparkProcess driver = start(folder, starts);
    String application =
        driver
            .line(line -> line.startsWith("APPLICATION "), 120)
            .substring("APPLICATION ".length());
    awaitFirstCheckpoint(folder, driver);
    Thread.sleep(wait);
    long kept = driver.process().isAlive() ? roundsKept(folder) : -1;
    if (isDriver) {
      driver.kill();
      while (!Files.exists(folder.resolve(KilledTraining.HASH)) && starts < 4) {
        starts++;
        try (SparkProcess again = start(folder, starts)) {
          again.succeeded(LONGEST_MINUTES);
        }
      }
    } else {
      List<ProcessHandle> executors = SparkProcess.executors(application);
      if (!executors.isEmpty()) {
        executors.get(which % executors.size()).destroyForcibly();
      }
      driver.succeeded(LONGEST_MINUTES);
    }
    long hash = Long.parseLong(Files.readString(folder.resolve(KilledTraining.HASH)));
    return new Outcome(isDriver ? "driver" : "executor", kept, starts, hash == expected);
  }

  private SparkProcess start(Path folder, int start) throws IOException {
    return SparkProcess.start(
        folder,
        String.format(Locale.ROOT, "driver-%d", start),
        List.of("-Xmx512m"),
        KilledTraining.class.getName(),
        master,
        folder.toString());
  }

  private static void awaitFirstCheckpoint(Path folder, SparkProcess driver)
      throws InterruptedException, IOException {
    for (int i = 0; i < 1200 && driver.process().isAlive(); i++) {
      if (roundsKept(folder) >= 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no checkpoint:\n" + Files.readString(driver.output()));
  }

  private static long roundsKept(Path folder) throws IOException {
    Path run = folder.resolve("run");
    if (!Files.exists(run)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("checkpoint-"))
          .mapToLong(name -> Long.parseLong(name.substring("checkpoint-".length())))
          .max()
          .orElse(-1);
    }
  }
}
