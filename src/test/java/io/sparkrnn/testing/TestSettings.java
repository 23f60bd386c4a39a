package io.sparkrnn.testing;

import io.sparkrnn.math.Backend;
import io.sparkrnn.network.NetworkSettings;
import io.sparkrnn.optimizer.OptimizerSettings;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.AveragingSettings;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings from job keys, each followed by its value; the others have their defaults. */
public final class TestSettings {
  private static final Settings TRAINING =
      Settings.union(
          TrainingSettings.SETTINGS, AveragingSettings.SETTINGS, OptimizerSettings.SETTINGS);

  private TestSettings() {}

  /** Settings of a network. */
  public static NetworkSettings network(Object... keysAndValues) {
    return NetworkSettings.from(Values.of(NetworkSettings.SETTINGS, map(keysAndValues)));
  }

  /** Settings of a training in plain Java. */
  public static TrainingSettings training(Object... keysAndValues) {
    return trainingOn(Backend.JAVA, keysAndValues);
  }

  /** Settings of a training on a backend. */
  public static TrainingSettings trainingOn(String backend, Object... keysAndValues) {
    return TrainingSettings.from(Values.of(TRAINING, map(keysAndValues)), backend);
  }

  /** Settings of checkpoints. */
  public static CheckpointSettings checkpoints(Object... keysAndValues) {
    return CheckpointSettings.from(Values.of(CheckpointSettings.SETTINGS, map(keysAndValues)));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
