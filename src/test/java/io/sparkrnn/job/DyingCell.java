package io.sparkrnn.job;

import io.sparkrnn.cell.CellStep;
import io.sparkrnn.cell.Cells;
import io.sparkrnn.cell.RecurrentCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.spark.SparkEnv;

/**
 * A simple recurrent cell that once, when executors have built {@value #LIFE} of them, takes its
 * executor's whole JVM with it. Told by {@value #FOLDER} in the environment of executors where to
 * count; without it, it lives.
 */
public final class DyingCell implements RecurrentCell {
  static final String FOLDER = "DYING_CELL_FOLDER";
  static final String DIED = "died";
  private static final int LIFE = 7;

  private final RecurrentCell living;

  /** Takes D. */
  public DyingCell(int hiddenSize) {
    living = Cells.of("srn", hiddenSize);
    String folder = System.getenv(FOLDER);
    if (folder != null && !SparkEnv.get().executorId().equals("driver")) {
      age(Path.of(folder));
    }
  }

  private static void age(Path folder) {
    Path count = folder.resolve("count");
    try {
      Files.write(count, new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (Files.size(count) >= LIFE) {
        Files.createFile(folder.resolve(DIED));
        Runtime.getRuntime().halt(1);
      }
    } catch (FileAlreadyExistsException another) {
      return; // has died already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int hiddenSize() {
    return living.hiddenSize();
  }

  @Override
  public int gates() {
    return living.gates();
  }

  @Override
  public int stateSize() {
    return living.stateSize();
  }

  @Override
  public List<Stage> stages() {
    return living.stages();
  }

  @Override
  public void forward(int stage, CellStep step) {
    living.forward(stage, step);
  }

  @Override
  public void backward(int stage, CellStep step) {
    living.backward(stage, step);
  }
}
