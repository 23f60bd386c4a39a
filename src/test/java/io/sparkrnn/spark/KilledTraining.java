package io.sparkrnn.spark;

import io.sparkrnn.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver that trains with checkpoints, made to be killed and started again until it ends. */
final class KilledTraining {
  static final String HASH = "hash.txt";

  private KilledTraining() {}

  /** Arguments: master, folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Files.createDirectories(folder.resolve("local"));
    try (JavaSparkContext context =
        new JavaSparkContext(FaultProgram.configuration(arguments[0], folder))) {
      System.out.println("APPLICATION " + context.sc().applicationId());
      float[] found = FaultProgram.resumed(context, folder.resolve("run"), TrainingListener.NONE);
      Path unfinished = folder.resolve("unfinished.txt");
      Files.writeString(unfinished, Long.toString(LargeRound.hash(found)));
      Files.move(unfinished, folder.resolve(HASH), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
