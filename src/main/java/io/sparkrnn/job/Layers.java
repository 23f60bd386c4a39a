package io.sparkrnn.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A job file and the assignments over it: merged, their substitutions resolved, and the place of
 * each value remembered from before both.
 */
final class Layers {
  private final String location;
  private final List<ConfigObject> strongestFirst;
  private final Substitution substitution;

  /** Reads the job file and lays the assignments over it, the last one on top. */
  Layers(JobSource source, String location, List<String> assignments) {
    this.location = location;
    this.strongestFirst = new ArrayList<>();
    Config file = JobIncluder.parse(source, location).toConfig();
    Config merged = file;
    for (String assignment : assignments) {
      Config layer = Assignment.parse(assignment);
      strongestFirst.add(0, layer.root());
      merged = layer.withFallback(merged);
    }
    strongestFirst.add(file.root());
    this.substitution = substituted(merged, source.environment(), location);
  }

  private static Substitution substituted(
      Config merged, Map<String, String> environment, String location) {
    try {
      return new Substitution(merged, environment, location);
    } catch (StackOverflowError error) {
      throw new ConfigurationException(
          location + ": too long a chain of ${…} that stand for one another", error);
    }
  }

  /** All keys. */
  Config resolved() {
    return substitution.resolved();
  }

  /** Whether a plain value holds a substitution that is among {@link #unresolved()}. */
  boolean isUnresolved(Object plain) {
    return substitution.isUnresolved(plain);
  }

  /** Names for which neither the job nor the environment has a value, each where first used. */
  List<Problem> unresolved() {
    Map<String, Place> first = substitution.missing();
    if (!first.isEmpty()) {
      findUses(resolved().root(), "", first);
    }
    List<Problem> problems = new ArrayList<>();
    first.forEach((name, place) -> problems.add(missing(place, name)));
    return problems;
  }

  private void findUses(ConfigObject object, String prefix, Map<String, Place> first) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      if (entry.getValue() instanceof ConfigObject inner) {
        findUses(inner, path + ".", first);
      } else {
        Object plain = entry.getValue().unwrapped();
        first.replaceAll(
            (name, place) ->
                Substitution.holds(plain, name) ? place.orEarlier(place(path)) : place);
      }
    }
  }

  private static Problem missing(Place place, String name) {
    return new Problem(
        place,
        "${%s} has no value; set the environment variable %s, or the key %s in the job file"
            .formatted(name, name, name));
  }

  /** Where the value under a path was written; failing that, the block around it in the file. */
  Place place(String path) {
    List<String> segments = ConfigUtil.splitPath(path);
    ConfigObject file = strongestFirst.get(strongestFirst.size() - 1);
    return exactPlace(path)
        .or(
            () ->
                IntStream.range(1, segments.size())
                    .mapToObj(shorter -> segments.subList(0, segments.size() - shorter))
                    .flatMap(block -> place(file, block).stream())
                    .findFirst())
        .orElse(new Place(location, 0));
  }

  /** Where the value under a path was written, if it was. */
  Optional<Place> exactPlace(String path) {
    List<String> segments = ConfigUtil.splitPath(path);
    return strongestFirst.stream().flatMap(layer -> place(layer, segments).stream()).findFirst();
  }

  private static Optional<Place> place(ConfigObject layer, List<String> segments) {
    ConfigValue value = layer;
    for (String segment : segments) {
      Optional<ConfigValue> child = child(value, segment);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      value = child.get();
    }
    return Optional.of(Place.of(value.origin())).filter(Place::isExact);
  }

  /** An object that is itself a substitution tells nothing of its keys before it is resolved. */
  private static Optional<ConfigValue> child(ConfigValue parent, String key) {
    try {
      return parent instanceof ConfigObject object
          ? Optional.ofNullable(object.get(key))
          : Optional.empty();
    } catch (ConfigException.NotResolved substitution) {
      return Optional.empty();
    }
  }
}
