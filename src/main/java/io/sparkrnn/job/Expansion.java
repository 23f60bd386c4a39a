package io.sparkrnn.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a job becomes by its substitutions, reckoned without making them: a few lines, of which
 * each stands for the one before twice, would fill any memory.
 */
final class Expansion {
  /** Characters that a job may become. */
  static final int MOST = 1 << 20;

  /** Times that a value may be built on earlier values of its own key, as {@code +=} does. */
  static final int MOST_EARLIER = 32;

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??([^}]*)}");

  /** A value on top of earlier ones is rendered after them, each from the start of a line. */
  private static final Pattern NEXT_VALUE = Pattern.compile("\n(?=[^\\s\\]}])");

  private static final ConfigRenderOptions TEXT =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);

  private final ConfigObject root;
  private final Map<String, String> environment;
  private final Map<String, Double> known = new HashMap<>();

  /** Values that are being reckoned, the outermost first, and how many references each holds. */
  private final Map<String, Integer> open = new LinkedHashMap<>();

  private Expansion(ConfigObject root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /**
   * Accepts a job whose substitutions can be made.
   *
   * @param root all keys, substitutions unresolved
   * @throws ConfigurationException if it would become too large, naming the key that does most
   */
  static void require(ConfigObject root, Map<String, String> environment, String location) {
    new Expansion(root, environment).require(root, "", location);
  }

  private void require(ConfigObject object, String prefix, String location) {
    double sum = 0;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = prefix + ConfigUtil.joinPath(entry.getKey());
      Place place = Place.of(entry.getValue().origin());
      Place told = place.isExact() ? place : new Place(location, 0);
      if (earlierValues(path, entry.getValue()) > MOST_EARLIER) {
        throw new ConfigurationException(
            "%s: %s: is built on earlier values of its own more than %d times; write it out"
                .formatted(told, path, MOST_EARLIER));
      }
      double size = size(path, entry.getValue());
      sum += size;
      if (sum > MOST) {
        throw new ConfigurationException(
            "%s: %s: the job would have more than %,d characters when every ${…} is replaced; let fewer of them stand for one another"
                .formatted(told, path, MOST));
      }
    }
  }

  private double size(String path, ConfigValue value) {
    Double found = known.get(path);
    if (found != null) {
      return found;
    }
    double size = isNavigable(value) ? ofBlock(path, (ConfigObject) value) : ofText(path, value);
    known.put(path, size);
    return size;
  }

  private double ofBlock(String path, ConfigObject block) {
    double sum = 1;
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      String key = ConfigUtil.joinPath(entry.getKey());
      sum += key.length() + size(path + "." + key, entry.getValue());
    }
    return sum;
  }

  /** Each value on top of an earlier one holds that as often as it names itself. */
  private double ofText(String path, ConfigValue value) {
    String text = value.render(TEXT);
    if (isResolved(value)) {
      return text.length();
    }
    open.put(path, references(text).size());
    double size = 0;
    for (String part : NEXT_VALUE.split(text)) {
      double own = 1.0 + REFERENCE.matcher(part).replaceAll("").length();
      double earlier = 0;
      for (String reference : references(part)) {
        if (reference.equals(path)) {
          earlier++;
        } else {
          own += ofReference(reference);
        }
      }
      size = own + earlier * size;
    }
    open.remove(path);
    return size;
  }

  private double ofReference(String reference) {
    List<String> path = new ArrayList<>();
    ConfigValue value = root;
    for (String key : split(reference)) {
      if (!isNavigable(value)) {
        break;
      }
      ConfigValue child = ((ConfigObject) value).get(key);
      if (child == null) {
        return environment.getOrDefault(reference, "").length();
      }
      path.add(key);
      value = child;
    }
    String found = ConfigUtil.joinPath(path);
    return open.containsKey(found) ? ofCircle(found) : size(found, value);
  }

  /**
   * Values that stand for each other fall back to earlier ones; no more often than they hold
   * references.
   */
  private double ofCircle(String first) {
    return Math.pow(
        2,
        open.entrySet().stream()
            .dropWhile(entry -> !entry.getKey().equals(first))
            .mapToInt(Map.Entry::getValue)
            .sum());
  }

  private int earlierValues(String path, ConfigValue value) {
    if (isNavigable(value)) {
      int most = 0;
      for (Map.Entry<String, ConfigValue> entry : ((ConfigObject) value).entrySet()) {
        String child = path + "." + ConfigUtil.joinPath(entry.getKey());
        most = Math.max(most, earlierValues(child, entry.getValue()));
      }
      return most;
    }
    return isResolved(value)
        ? 0
        : (int) references(value.render(TEXT)).stream().filter(path::equals).count();
  }

  private static List<String> references(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    List<String> references = new ArrayList<>();
    while (matcher.find()) {
      references.add(ConfigUtil.joinPath(split(matcher.group(1))));
    }
    return references;
  }

  private static List<String> split(String path) {
    try {
      return ConfigUtil.splitPath(path);
    } catch (ConfigException notOne) {
      return List.of(path);
    }
  }

  /** A block of keys that can be looked at: one that is itself substituted cannot. */
  private static boolean isNavigable(ConfigValue value) {
    try {
      return value instanceof ConfigObject object && object.keySet() != null;
    } catch (ConfigException.NotResolved substituted) {
      return false;
    }
  }

  private static boolean isResolved(ConfigValue value) {
    try {
      value.unwrapped();
      return true;
    } catch (ConfigException.NotResolved substituted) {
      return false;
    }
  }
}
