package io.sparkrnn.ml;

import io.sparkrnn.spark.HadoopStorage;
import java.util.UUID;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes a model's folder beside its place, with Spark's metadata first, and renames it when it is
 * whole.
 */
abstract class WholeFolderWriter extends MLWriter {
  private final Params model;

  WholeFolderWriter(Params model) {
    this.model = model;
  }

  /** Writes everything but the metadata. */
  abstract void write(HadoopStorage unfinished);

  /** Leaves an existing folder in its place until the new one is whole, unlike Spark's own. */
  @Override
  public final void save(String path) {
    saveImpl(path);
  }

  @Override
  public final void saveImpl(String path) {
    HadoopStorage target = new HadoopStorage(path, sc().hadoopConfiguration());
    target.clearLeftovers();
    target.requireWritable(shouldOverwrite());
    HadoopStorage unfinished = target.beside(UUID.randomUUID().toString());
    try {
      ModelMetadata.write(model, unfinished, sc());
      write(unfinished);
      unfinished.moveTo(target, shouldOverwrite());
    } finally {
      unfinished.delete();
    }
  }
}
