package io.sparkrnn.ml;

import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.HadoopStorage;
import io.sparkrnn.training.CheckpointFolder;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.Checkpoints;
import io.sparkrnn.training.DivergenceSettings;
import io.sparkrnn.training.TrainingSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Where an estimator's training keeps its checkpoints, and what decides its result. */
final class CheckpointPlans {

  /** Settings that decide nothing, or only what becomes of a training that would fail. */
  private static final Set<Setting<?>> FREE =
      Set.of(
          DivergenceSettings.POLICY,
          DivergenceSettings.ROLLBACKS,
          DivergenceSettings.FACTOR,
          TrainingSettings.PARTITIONS, // 0 or the number it stands for
          TrainingSettings.BACKEND); // likewise

  private CheckpointPlans() {}

  /** None without a folder. */
  static Checkpoints.Plan of(JavaSparkContext context, Values values, String backend) {
    CheckpointSettings settings = settings(values);
    return settings.folder().isEmpty()
        ? Checkpoints.Plan.NONE
        : CheckpointFolder.plan(
            new HadoopStorage(settings.folder(), context.hadoopConfiguration()),
            settings,
            configuration(values, backend));
  }

  private static CheckpointSettings settings(Values values) {
    Values known = Values.defaults(CheckpointSettings.SETTINGS);
    for (Setting<?> setting : CheckpointSettings.SETTINGS) {
      known = known.withChecked(setting, values.getOrDefault(setting));
    }
    return CheckpointSettings.from(known);
  }

  private static Map<String, String> configuration(Values values, String backend) {
    Map<String, String> configuration = new TreeMap<>();
    for (Setting<?> setting : values.settings()) {
      if (!FREE.contains(setting) && !setting.key().startsWith("checkpoint.")) {
        configuration.put(setting.key(), String.valueOf(values.get(setting)));
      }
    }
    configuration.put(TrainingSettings.BACKEND.key(), backend);
    configuration.put("version", Version.CURRENT);
    return configuration;
  }
}
