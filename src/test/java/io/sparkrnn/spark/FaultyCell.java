package io.sparkrnn.spark;

import io.sparkrnn.cell.CellStep;
import io.sparkrnn.cell.Cells;
import io.sparkrnn.cell.RecurrentCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A simple recurrent cell that does what files in a folder tell executors to do, when one is built:
 * {@value #THROW_ONCE} and {@value #SLEEP_ONCE} are removed by the first that obeys, {@value
 * #THROW} stays, {@value #SLOW} makes every task take a little longer. The folder is named by
 * {@value #FOLDER} in the environment; without it the cell is as sound as any.
 */
public final class FaultyCell implements RecurrentCell {
  static final String FOLDER = "FAULTY_CELL_FOLDER";
  static final String THROW_ONCE = "throw-once";
  static final String THROW = "throw";
  static final String SLEEP_ONCE = "sleep-once";
  static final String SLOW = "slow";

  private final RecurrentCell sound;

  /** Takes D. */
  public FaultyCell(int hiddenSize) {
    sound = Cells.of("srn", hiddenSize);
    String folder = System.getenv(FOLDER);
    if (folder != null) {
      obey(Path.of(folder));
    }
  }

  private static void obey(Path folder) {
    try {
      if (Files.exists(folder.resolve(THROW)) || Files.deleteIfExists(folder.resolve(THROW_ONCE))) {
        throw new IllegalStateException("told to throw");
      }
      if (Files.deleteIfExists(folder.resolve(SLEEP_ONCE))) {
        Thread.sleep(60_000);
      }
      if (Files.exists(folder.resolve(SLOW))) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the other attempt was faster", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int hiddenSize() {
    return sound.hiddenSize();
  }

  @Override
  public int gates() {
    return sound.gates();
  }

  @Override
  public int stateSize() {
    return sound.stateSize();
  }

  @Override
  public List<Stage> stages() {
    return sound.stages();
  }

  @Override
  public void forward(int stage, CellStep step) {
    sound.forward(stage, step);
  }

  @Override
  public void backward(int stage, CellStep step) {
    sound.backward(stage, step);
  }
}
