package io.sparkrnn.training;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;

/**
 * Where and how often the state of a training is kept, so that a run that was killed goes on.
 *
 * @param folder of any Hadoop file system; empty for no checkpoints
 * @param rounds between two checkpoints, 0 for any number
 * @param minutes between two checkpoints, 0 for any time
 * @param keep how many of the newest are kept
 * @param resume whether a training goes on from the newest sound checkpoint
 */
public record CheckpointSettings(
    String folder, int rounds, double minutes, int keep, boolean resume) {

  /** Where. */
  public static final Setting<String> FOLDER =
      Setting.text(
          "checkpoint.folder",
          "checkpointFolder",
          "",
          "folder for the state of one training, on any Hadoop file system; empty for no checkpoints; a job removes them when its model is written");

  /** How often, in rounds. */
  public static final Setting<Integer> ROUNDS =
      Setting.integer(
          "checkpoint.rounds",
          "checkpointInterval",
          0,
          Range.atLeast(0),
          "rounds between two checkpoints; 0 for by time alone");

  /** How often, in minutes. */
  public static final Setting<Double> MINUTES =
      Setting.decimal(
          "checkpoint.minutes",
          "checkpointMinutes",
          10,
          Range.atLeast(0),
          "minutes between two checkpoints; 0 for by rounds alone");

  /** How many. */
  public static final Setting<Integer> KEEP =
      Setting.integer(
          "checkpoint.keep",
          "checkpointKeep",
          2,
          Range.atLeast(1),
          "how many of the newest checkpoints are kept");

  /** Whether to go on. */
  public static final Setting<Boolean> RESUME =
      Setting.bool(
          "checkpoint.resume",
          "checkpointResume",
          false,
          "whether training goes on from the newest sound checkpoint, to the same bytes as an unbroken run; without one it begins at the beginning");

  /** All settings of checkpoints. */
  public static final Settings SETTINGS = Settings.of(FOLDER, ROUNDS, MINUTES, KEEP, RESUME);

  /** Reads the settings of checkpoints out of values. */
  public static CheckpointSettings from(Values values) {
    CheckpointSettings settings =
        new CheckpointSettings(
            values.get(FOLDER).strip(),
            values.get(ROUNDS),
            values.get(MINUTES),
            values.get(KEEP),
            values.get(RESUME));
    if (settings.resume && settings.folder.isEmpty()) {
      throw new ConfigurationException(
          "checkpoint.folder: to resume, name the folder of the checkpoints; found none");
    }
    if (!settings.folder.isEmpty() && settings.rounds == 0 && settings.minutes == 0) {
      throw new ConfigurationException(
          "checkpoint.minutes: a checkpoint is written every so many rounds or minutes; set checkpoint.rounds or checkpoint.minutes above 0, found 0 for both");
    }
    return settings;
  }
}
