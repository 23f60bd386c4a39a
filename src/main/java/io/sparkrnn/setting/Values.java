package io.sparkrnn.setting;

import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value for every setting of a group: the given ones, and the defaults of the others. Immutable.
 * Two are equal if they hold the same values under the same keys, given or default.
 */
public final class Values {
  private final Settings settings;
  private final Map<String, Object> given;

  private Values(Settings settings, Map<String, Object> given) {
    this.settings = settings;
    this.given = given;
  }

  /** Every setting at its default. */
  public static Values defaults(Settings settings) {
    return new Values(settings, Map.of());
  }

  /**
   * Values from a flat map of job keys; what is missing takes its default.
   *
   * @throws ConfigurationException listing, one a line, every unknown key (with the nearest known
   *     one) and every value that does not fit
   */
  public static Values of(Settings settings, Map<String, ?> byKey) {
    return of(settings, byKey, "");
  }

  /**
   * Like {@link #of(Settings, Map)}, for keys that stand within a block: messages name them with
   * the prefix before them, such as {@code data.train.}.
   */
  public static Values of(Settings settings, Map<String, ?> byKey, String prefix) {
    Values values = defaults(settings);
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, ?> entry : byKey.entrySet()) {
      try {
        Setting<?> setting = settings.require(entry.getKey(), prefix);
        setting.check(prefix + setting.key(), entry.getValue());
        values = values.withChecked(setting, entry.getValue());
      } catch (ConfigurationException problem) {
        problems.add(problem.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(String.join("\n", problems));
    }
    return values;
  }

  /** These values with one more given. */
  public <T> Values with(Setting<T> setting, T value) {
    return withChecked(setting, value);
  }

  /**
   * These values with one more given, converted to the setting's type.
   *
   * @throws ConfigurationException if the value does not fit
   */
  public Values withChecked(Setting<?> setting, Object value) {
    requireMember(setting);
    Map<String, Object> more = new LinkedHashMap<>(given);
    more.put(setting.key(), setting.check(value));
    return new Values(settings, more);
  }

  /** The given value, or the default. */
  @SuppressWarnings("unchecked") // Only what Setting<T>.check returned is ever put under its key.
  public <T> T get(Setting<T> setting) {
    requireMember(setting);
    return (T) given.getOrDefault(setting.key(), setting.defaultValue());
  }

  /** The same for a setting that may have no meaning here: its default if it is not among these. */
  public <T> T getOrDefault(Setting<T> setting) {
    return settings.contains(setting) ? get(setting) : setting.defaultValue();
  }

  /** Whether a value was given, be it the default or another. */
  public boolean isSet(Setting<?> setting) {
    requireMember(setting);
    return given.containsKey(setting.key());
  }

  /** The given values that differ from their defaults, by key, in the order of the settings. */
  public Map<String, Object> changed() {
    Map<String, Object> changed = toMap();
    for (Setting<?> setting : settings) {
      changed.remove(setting.key(), setting.defaultValue());
    }
    return changed;
  }

  /** Every value, given or default, by key, in the order of the settings. */
  public Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      all.put(setting.key(), get(setting));
    }
    return all;
  }

  /** The settings these are the values of. */
  public Settings settings() {
    return settings;
  }

  private void requireMember(Setting<?> setting) {
    if (!settings.contains(setting)) {
      throw new IllegalArgumentException(setting.key() + " is not among " + settings);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values values && toMap().equals(values.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
