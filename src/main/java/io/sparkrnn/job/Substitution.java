package io.sparkrnn.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkrnn.error.ConfigurationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} by other keys of the job and by variables of the environment. A name
 * with no value leaves a mark in the text, so that all such names can be reported together.
 */
final class Substitution {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??([^}]+)}");

  /** Each costs another look at the whole job. */
  private static final int MOST_MISSING = 50;

  private final Config resolved;
  private final Map<String, Place> missing = new LinkedHashMap<>();

  /** Resolves at once; a syntax error (a circle, a text beside a block) ends it. */
  Substitution(Config merged, Map<String, String> environment, String location) {
    Expansion.require(merged.root(), environment, location);
    Map<String, String> known = new HashMap<>(environment);
    Config result = merged;
    while (!result.isResolved()) {
      try {
        result =
            merged.resolve(ConfigResolveOptions.noSystem().appendResolver(new Environment(known)));
      } catch (ConfigException error) {
        Problem problem = Problem.of(error, location);
        Matcher reference = REFERENCE.matcher(error.getMessage());
        if (!(error instanceof ConfigException.UnresolvedSubstitution)
            || !reference.find()
            || known.containsKey(reference.group(1))) {
          throw Problem.failure(List.of(problem));
        }
        String name = reference.group(1);
        known.put(name, mark(name));
        missing.put(name, problem.place());
        if (missing.size() == MOST_MISSING) {
          throw new ConfigurationException(
              "%s: %d names or more have no value: ${%s}; set them in the environment or the job file"
                  .formatted(location, MOST_MISSING, String.join("}, ${", missing.keySet())));
        }
      }
    }
    this.resolved = result;
  }

  Config resolved() {
    return resolved;
  }

  /** Names without a value, each with the place of one use. */
  Map<String, Place> missing() {
    return new LinkedHashMap<>(missing);
  }

  /** Whether a value holds the mark of any missing name. */
  boolean isUnresolved(Object plain) {
    return missing.keySet().stream().anyMatch(name -> holds(plain, name));
  }

  /** Whether a value holds the mark of this missing name. */
  static boolean holds(Object plain, String name) {
    return String.valueOf(plain).contains(mark(name));
  }

  /** What no job file holds by accident. */
  private static String mark(String name) {
    return "\0" + name + "\0";
  }

  /** Looks up what the job itself does not define. */
  private record Environment(Map<String, String> variables) implements ConfigResolver {
    @Override
    @SuppressWarnings("NullAway") // ConfigResolver asks for null where there is no value.
    public ConfigValue lookup(String name) {
      String value = variables.get(name);
      return value == null
          ? null
          : ConfigValueFactory.fromAnyRef(value, "the environment variable " + name);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
