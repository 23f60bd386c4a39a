package io.sparkrnn.ml;

import io.sparkrnn.spark.HadoopStorage;
import java.io.Serializable;

/** What a training of a forecaster learnt. Immutable by agreement. */
sealed interface Learnt extends Serializable permits LearntNetwork, LearntEnsemble, LearntLinear {

  /** What forecasts with it, for one thread. */
  Forecaster forecaster(ForecastEncoding encoding, String backend);

  /** One line for people. */
  String summary();

  /** Writes its files into a model folder. */
  void write(HadoopStorage folder);
}
