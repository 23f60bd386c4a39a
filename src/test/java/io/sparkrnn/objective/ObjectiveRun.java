package io.sparkrnn.objective;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.metric.LossSum;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.ParameterTensors;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.Random;

/** An objective of the product with random parameters and all it needs to run. */
final class ObjectiveRun {
  private static final RandomKey KEY = RandomKey.ofSeed(5);

  private final Objective<SequenceBatch> objective;
  private final Parameters parameters;
  private final Gradient gradient;
  private final Pass pass;

  ObjectiveRun(ObjectiveDescription description, Random random) {
    objective = description.build();
    parameters = new Parameters(objective.layout(), new float[objective.layout().size()]);
    ParameterTensors.randomize(parameters, 0.8, random);
    gradient = new Gradient(objective.layout());
    pass = new Pass(parameters, gradient, Backend.gemm(Backend.JAVA));
  }

  Objective<SequenceBatch> objective() {
    return objective;
  }

  Parameters parameters() {
    return parameters;
  }

  Gradient gradient() {
    return gradient;
  }

  /** Adds the gradients of a batch, with the same random numbers at each call. */
  LossSum lossAndGradient(SequenceBatch batch) {
    pass.begin(Pass.Mode.TRAINING, KEY);
    pass.parametersChanged();
    return objective.lossAndGradient(batch, pass);
  }

  /** The pass in inference. */
  Pass inference() {
    pass.begin(Pass.Mode.INFERENCE, KEY);
    return pass;
  }
}
