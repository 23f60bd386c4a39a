package io.sparkrnn.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;

/**
 * The contract of an estimator of networks over sequences.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
abstract class SequenceEstimatorContract<
        E extends SequenceEstimator<E, M>, M extends SequenceModel<M>>
    extends EstimatorContract<E, M> {

  /** Rows that train: enough for every label and token to be among those that weigh. */
  static final int ROWS = 40;

  @Override
  List<String> needed() {
    return List.of("features", "label");
  }

  @Override
  Evaluator evaluator() {
    return new SequenceEvaluator();
  }

  @Override
  ParamMap[] candidates(E estimator) {
    ParamMap small =
        new ParamMap()
            .put(estimator.getParam("hiddenSizes"), new int[] {2})
            .put(estimator.getParam("learningRate"), 1e-4);
    ParamMap large =
        new ParamMap()
            .put(estimator.getParam("hiddenSizes"), new int[] {5})
            .put(estimator.getParam("learningRate"), 0.1);
    return new ParamMap[] {small, large};
  }

  @Override
  E oneStep() {
    return fast()
        .setPartitions(1)
        .setBatchSize(1000)
        .setMaxIter(1)
        .setOptimizer("sgd")
        .setLearningRate(0.5);
  }

  /** The loss of the first step, before it, and the parameters after it. */
  @Override
  double[] learnt(M model) {
    float[] parameters = model.content().parameters();
    return DoubleStream.concat(
            DoubleStream.of(model.summary().objectiveHistory()),
            IntStream.range(0, parameters.length).mapToDouble(i -> parameters[i]))
        .toArray();
  }

  /** Numbers of nested lists, in their order. */
  static double[] flat(List<?> values) {
    List<Double> flat = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof scala.collection.Seq<?> inner) {
        inner.foreach(
            number -> {
              flat.add((Double) number);
              return null;
            });
      } else {
        flat.add((Double) value);
      }
    }
    return flat.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
