package io.sparkrnn.ml;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Passes that only read. What they hold outside the heap is given back when their task ends. */
final class InferencePass {

  private InferencePass() {}

  /**
   * Begins one.
   *
   * @param parameters of the objective
   * @param backend resolved name of the arithmetic
   */
  static Pass of(Objective<?> objective, float[] parameters, String backend) {
    Pass pass =
        new Pass(
            new Parameters(objective.layout(), parameters),
            Gradient.none(objective.layout()),
            Backend.gemm(backend));
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    TaskContext task = TaskContext.get();
    if (task != null) { // outside of tasks it is given back with the pass itself
      TaskCompletionListener closing = ended -> pass.close();
      task.addTaskCompletionListener(closing);
    }
    return pass;
  }
}
