package io.sparkrnn.ml;

import io.sparkrnn.cell.Cells;
import io.sparkrnn.error.DataException;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.spark.HadoopStorage;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The cells that a model folder may name: the built-in ones, and those classes that whoever reads
 * the folder allows. A folder is data: that it names a class is no reason to run it.
 */
public final class AllowedCells {

  /**
   * Property of the Hadoop configuration: names of classes, with commas between them. A job says
   * {@code --conf spark.hadoop.sparkrnn.cells=com.acme.MyCell}.
   */
  public static final String PROPERTY = "sparkrnn.cells";

  private AllowedCells() {}

  /** Allows one more class; a built-in name changes nothing. */
  public static void allow(Configuration configuration, String cell) {
    List<String> before = names(configuration.get(PROPERTY, ""));
    if (cell.indexOf('.') > 0 && !before.contains(cell)) {
      configuration.set(
          PROPERTY, String.join(",", Stream.concat(before.stream(), Stream.of(cell)).toList()));
    }
  }

  /**
   * Accepts the cell that a file of a folder names. No class is looked for.
   *
   * @throws DataException if it is neither built in nor allowed
   */
  static void require(HadoopStorage folder, String file, String cell) {
    boolean known = cell.equals(NetworkSettings.NO_CELL) || Cells.names().contains(cell);
    if (!known && !names(folder.property(PROPERTY)).contains(cell)) {
      throw new DataException(
          "%s of %s: expected a cell among %s or a class that you allow, found %s; if you trust that class, set spark.hadoop.%s=%s"
              .formatted(file, folder.location(), Cells.names(), cell, PROPERTY, cell));
    }
  }

  private static List<String> names(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }
}
