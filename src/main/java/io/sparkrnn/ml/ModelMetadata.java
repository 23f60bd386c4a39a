package io.sparkrnn.ml;

import io.sparkrnn.spark.HadoopStorage;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import scala.Option;

/**
 * Spark ML's own metadata in a model folder: class, uid, params. Only those methods of Spark are
 * called that every version from 3.5 to 4.1 has.
 *
 * @param found what Spark read
 */
@SuppressWarnings("deprecation") // Spark 3.5 has no other
record ModelMetadata(DefaultParamsReader.Metadata found) {

  /** Writes those of a model. */
  static void write(Params model, HadoopStorage folder, SparkContext context) {
    DefaultParamsWriter$.MODULE$.saveMetadata(
        model, folder.location(), context, Option.empty(), Option.empty());
  }

  /** Reads those of a model of this class; anything that Spark finds wrong is thrown unchecked. */
  static ModelMetadata read(String path, SparkContext context, Class<?> type) {
    return new ModelMetadata(
        DefaultParamsReader$.MODULE$.loadMetadata(path, context, type.getName()));
  }

  /** The model's uid. */
  String uid() {
    return found.uid();
  }

  /** Gives a model the params that were written. */
  void applyTo(Params model) {
    found.getAndSetParams(model, Option.empty());
  }
}
