package io.sparkrnn.setting;

import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An ordered group of settings in which every key and every param is unique. */
public final class Settings implements Iterable<Setting<?>> {
  private final Map<String, Setting<?>> byKey = new LinkedHashMap<>();
  private final Map<String, Setting<?>> byParam = new LinkedHashMap<>();

  private Settings(List<Setting<?>> settings) {
    for (Setting<?> setting : settings) {
      Setting<?> sameKey = byKey.putIfAbsent(setting.key(), setting);
      Setting<?> sameParam = byParam.putIfAbsent(setting.param(), setting);
      if (sameKey != null || sameParam != null) {
        throw new IllegalArgumentException(
            "two settings share the key " + setting.key() + " or the param " + setting.param());
      }
    }
  }

  /**
   * A group in the given order.
   *
   * @throws IllegalArgumentException if two settings share a key or a param
   */
  public static Settings of(Setting<?>... settings) {
    return new Settings(List.of(settings));
  }

  /**
   * All settings of the groups, in order; a setting that stands in several groups is taken once.
   *
   * @throws IllegalArgumentException if two different settings share a key or a param
   */
  public static Settings union(Settings... groups) {
    Set<Setting<?>> all = new LinkedHashSet<>();
    for (Settings group : groups) {
      all.addAll(group.byKey.values());
    }
    return new Settings(new ArrayList<>(all));
  }

  /** The setting of a job key. */
  public Optional<Setting<?>> byKey(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /**
   * The setting of a job key that must exist.
   *
   * @throws ConfigurationException naming the unknown key and the nearest known one
   */
  public Setting<?> require(String key) {
    return require(key, "");
  }

  /** Like {@link #require(String)}, with the name of the block around the keys before them. */
  Setting<?> require(String key, String prefix) {
    return byKey(key)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "unknown key "
                        + prefix
                        + key
                        + nearest(key)
                            .map(name -> "; did you mean " + prefix + name + "?")
                            .orElse("")));
  }

  /** The setting of a Spark ML param. */
  public Optional<Setting<?>> byParam(String param) {
    return Optional.ofNullable(byParam.get(param));
  }

  /** Whether this very setting belongs to the group. */
  public boolean contains(Setting<?> setting) {
    return byKey.get(setting.key()) == setting;
  }

  /** All keys, in order. */
  public Set<String> keys() {
    return new LinkedHashSet<>(byKey.keySet());
  }

  /** The key a user who wrote {@code unknown} probably meant; see {@link NearestName}. */
  public Optional<String> nearest(String unknown) {
    return NearestName.of(unknown, byKey.keySet());
  }

  /** The settings, in order. */
  public Stream<Setting<?>> stream() {
    return byKey.values().stream();
  }

  @Override
  public Iterator<Setting<?>> iterator() {
    return List.copyOf(byKey.values()).iterator();
  }

  /** Number of settings. */
  public int size() {
    return byKey.size();
  }

  @Override
  public String toString() {
    return byKey.keySet().toString();
  }
}
