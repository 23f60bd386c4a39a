package io.sparkrnn.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkrnn.error.ConfigurationException;
import java.util.List;

/**
 * One {@code --set key=value}. A value that begins with a bracket, a brace or a quote, or holds a
 * substitution, is read as in a job file; so are numbers, booleans and {@code null}. Everything
 * else is text as it stands, so that {@code --set output.model=hdfs://host/model} needs no quotes
 * within quotes.
 */
final class Assignment {
  private static final String HOCON =
      "(?s)[\\[{\"].*|.*\\$\\{.*|true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?";

  private Assignment() {}

  /**
   * The assignment as a layer over a job file.
   *
   * @throws ConfigurationException naming the argument, if it is no assignment
   */
  static Config parse(String assignment) {
    String origin = Place.ASSIGNMENT + assignment;
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ConfigurationException(
          origin + ": expected key=value, such as --set training.seed=2");
    }
    String key = assignment.substring(0, equals).strip();
    String value = assignment.substring(equals + 1).strip();
    try {
      ConfigUtil.splitPath(key);
      return ConfigFactory.empty(origin)
          .withValue(
              key,
              value.matches(HOCON)
                  ? read(value, origin)
                  : ConfigValueFactory.fromAnyRef(value, origin));
    } catch (ConfigException error) {
      throw Problem.failure(List.of(Problem.of(error, origin)));
    } catch (StackOverflowError error) {
      throw new ConfigurationException(
          Place.ASSIGNMENT + key + ": the value is nested too deeply to be read", error);
    }
  }

  /** One value, and nothing after it: neither another key nor an include. */
  private static ConfigValue read(String value, String origin) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setOriginDescription(origin)
            .setIncluder(new NoIncludes(origin));
    ConfigObject read = ConfigFactory.parseString("value = " + value, options).root();
    ConfigValue found = read.get("value");
    if (found == null || read.size() != 1) {
      throw new ConfigurationException(
          origin
              + ": expected one value, found more after it; give every key a --set of its own, and put text in quotes");
    }
    return found;
  }
}
