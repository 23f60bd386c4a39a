package io.sparkrnn.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Kind;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the keys below one path of a job with a schema, and collects values and problems. */
final class Validation {
  private final Layers layers;
  private final JobSchema schema;
  private final String prefix;
  private final List<Problem> problems = new ArrayList<>();
  private Values values;

  /**
   * Validates at once.
   *
   * @param prefix what stands before the schema's keys in the file: empty, or {@code data.train.}
   */
  Validation(Layers layers, JobSchema schema, String prefix, ConfigObject object) {
    this.layers = layers;
    this.schema = schema;
    this.prefix = prefix;
    this.values = Values.defaults(schema.settings());
    visit(object, object, "");
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The values without a problem; the others are at their defaults. */
  Values values() {
    return values;
  }

  private void visit(ConfigObject root, ConfigObject object, String parent) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String segment = ConfigUtil.joinPath(entry.getKey());
      String key = parent.isEmpty() ? segment : parent + "." + segment;
      ConfigValue value = entry.getValue();
      boolean isNull = value.valueType() == ConfigValueType.NULL;
      Setting<?> setting = schema.settings().byKey(key).orElse(null);
      if (setting != null) {
        if (!isNull && !layers.isUnresolved(value.unwrapped())) {
          take(setting, plain(root.toConfig(), setting, value));
        }
      } else if (schema.isFree(key)) {
        requireBlock(key, value);
      } else if (value instanceof ConfigObject block) {
        visitBlock(root, key, block);
      } else if (!schema.isParent(key)) {
        reportUnknown("key", key, schema.nearestKey(key).orElse(""));
      } else {
        requireBlock(key, value);
      }
    }
  }

  private void visitBlock(ConfigObject root, String key, ConfigObject block) {
    String nearest = schema.isParent(key) ? "" : schema.nearestBlock(key).orElse("");
    if (!nearest.isEmpty()) {
      reportUnknown("block", key, nearest);
    } else if (block.isEmpty() && !schema.isParent(key)) {
      reportUnknown("key", key, schema.nearestKey(key).orElse(""));
    } else {
      visit(root, block, key);
    }
  }

  private void take(Setting<?> setting, Object value) {
    try {
      values = values.withChecked(setting, setting.check(prefix + setting.key(), value));
    } catch (ConfigurationException problem) {
      report(setting.key(), String.valueOf(problem.getMessage()));
    }
  }

  /** Numbers keep their spelling where a text is wanted: 007 stays 007. */
  private static Object plain(Config root, Setting<?> setting, ConfigValue value) {
    try {
      if (setting.kind() == Kind.STRING) {
        return root.getString(setting.key());
      }
      if (setting.kind() == Kind.STRING_LIST && value.valueType() == ConfigValueType.LIST) {
        return root.getStringList(setting.key());
      }
    } catch (ConfigException.WrongType notTexts) {
      return value.unwrapped();
    }
    return value.unwrapped();
  }

  private void requireBlock(String key, ConfigValue value) {
    if (!(value instanceof ConfigObject) && value.valueType() != ConfigValueType.NULL) {
      report(
          key,
          "%s%s: expected a block of keys, found %s"
              .formatted(prefix, key, value.render(JobFile.ONE_LINE)));
    }
  }

  private void reportUnknown(String what, String key, String nearest) {
    String question = nearest.isEmpty() ? "" : "; did you mean " + prefix + nearest + "?";
    report(key, "unknown " + what + " " + prefix + key + question);
  }

  private void report(String key, String message) {
    problems.add(new Problem(layers.place(prefix + key), message));
  }
}
