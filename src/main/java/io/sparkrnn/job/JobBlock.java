package io.sparkrnn.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Values;
import java.util.Map;
import java.util.TreeMap;

/** A block of a job file whose keys are free, or are checked by whoever knows them. */
public final class JobBlock {
  private final Layers layers;
  private final String path;
  private final ConfigObject object;

  JobBlock(Layers layers, String path, ConfigObject object) {
    this.layers = layers;
    this.path = path;
    this.object = object;
  }

  /** Path in the job file: {@code data.train}. */
  public String path() {
    return path;
  }

  /**
   * The block in plain values (text, boxed number, boolean, list, map), sorted by key; what is null
   * in the file is absent.
   */
  public Map<String, Object> toMap() {
    return toMap(object);
  }

  /**
   * The block as typed values.
   *
   * @param schema its keys, relative to the block
   * @throws ConfigurationException listing every unknown key and every value that does not fit, one
   *     line each with its place
   */
  public Values values(JobSchema schema) {
    Validation validation = new Validation(layers, schema, path + ".", object);
    if (!validation.problems().isEmpty()) {
      throw Problem.failure(validation.problems());
    }
    return validation.values();
  }

  /** Where a key of this block was written: "jobs/x.conf:12". */
  public String place(String key) {
    return layers.place(path + "." + key).toString();
  }

  /** A failure about one key: "jobs/x.conf:12: data.train.path: …". */
  public ConfigurationException problem(String key, String message) {
    return new ConfigurationException(place(key) + ": " + path + "." + key + ": " + message);
  }

  static Map<String, Object> toMap(ConfigObject object) {
    Map<String, Object> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject inner) {
        values.put(entry.getKey(), toMap(inner));
      } else if (value.valueType() != ConfigValueType.NULL) {
        values.put(entry.getKey(), value.unwrapped());
      }
    }
    return values;
  }
}
