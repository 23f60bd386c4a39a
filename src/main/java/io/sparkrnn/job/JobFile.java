package io.sparkrnn.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A job: defaults, under a HOCON file, under assignments from the command line.
 *
 * <p>{@code ${NAME}} stands for another key of the job or for an environment variable. A key that
 * stands twice takes its last value, and blocks merge, as HOCON has it; {@code null} takes a key
 * back to its default and removes a block. A number or boolean in quotes counts as one. Relative
 * paths among the values are kept as they are: Spark reads them as it reads any path.
 */
public final class JobFile {
  static final ConfigRenderOptions ONE_LINE = ConfigRenderOptions.concise();

  /** A key as messages name it. */
  private static final Pattern DOTTED = Pattern.compile("[A-Za-z]\\w*(\\.\\w+)+");

  private final String location;
  private final JobSchema schema;
  private final Layers layers;
  private final Values values;

  private JobFile(String location, JobSchema schema, Layers layers, Values values) {
    this.location = location;
    this.schema = schema;
    this.layers = layers;
    this.values = values;
  }

  /**
   * Reads and validates a job.
   *
   * @param location a local path, the name of a file shipped with {@code --files}, or a URI of any
   *     Hadoop file system
   * @param assignments each {@code key=value}; later ones win
   * @throws ConfigurationException naming file and line. Syntax errors come one at a time; all
   *     unknown keys, wrong values and substitutions without a value are listed together, one line
   *     each
   */
  public static JobFile load(
      JobSource source, String location, List<String> assignments, JobSchema schema) {
    Layers layers = new Layers(source, location, assignments);
    List<Problem> problems = new ArrayList<>(layers.unresolved());
    Validation validation = new Validation(layers, schema, "", layers.resolved().root());
    problems.addAll(validation.problems());
    if (!problems.isEmpty()) {
      throw Problem.failure(problems);
    }
    return new JobFile(location, schema, layers, validation.values());
  }

  /** As the user gave it. */
  public String location() {
    return location;
  }

  /** The typed keys, with defaults. */
  public Values values() {
    return values;
  }

  /** A free block, or empty if the job does not have it. */
  public Optional<JobBlock> block(String path) {
    return find(path).map(object -> new JobBlock(layers, path, object));
  }

  /** Where a setting was written, "jobs/x.conf:12", or empty if it is at its default. */
  public Optional<String> place(Setting<?> setting) {
    return values.isSet(setting)
        ? Optional.of(layers.place(setting.key()).toString())
        : Optional.empty();
  }

  /**
   * The same failure with a place before every line of its message: that of the first key which the
   * line names and this job sets, failing that the block around a key it names, or the file. For
   * what only the part that uses the values can judge: combinations of them, and the keys of free
   * blocks. A failure that begins with a place stays as it is.
   */
  public ConfigurationException located(ConfigurationException failure) {
    String message = String.valueOf(failure.getMessage());
    if (Place.leads(message) || message.startsWith(location + ":")) {
      return failure;
    }
    return new ConfigurationException(
        message.lines().map(line -> placeOf(line) + ": " + line).collect(Collectors.joining("\n")),
        failure);
  }

  private Place placeOf(String line) {
    List<String> mentions = DOTTED.matcher(line).results().map(MatchResult::group).toList();
    return mentions.stream()
        .flatMap(mention -> layers.exactPlace(mention).stream())
        .findFirst()
        .or(() -> mentions.stream().map(layers::place).filter(Place::isExact).findFirst())
        .orElse(new Place(location, 0));
  }

  /**
   * The effective job, one key a line: every setting with its value in the order of the schema,
   * then the free blocks, sorted. Itself a job file, it needs no environment and no assignments.
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    values.toMap().forEach((key, value) -> line(text, key, ConfigValueFactory.fromAnyRef(value)));
    for (String block : schema.blocks()) {
      find(block)
          .map(object -> ConfigValueFactory.fromMap(JobBlock.toMap(object)))
          .ifPresent(object -> lines(text, block, object));
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, String path, ConfigObject object) {
    if (object.isEmpty()) {
      line(text, path, object);
    }
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
      String key = path + "." + ConfigUtil.joinPath(entry.getKey());
      if (entry.getValue() instanceof ConfigObject inner) {
        lines(text, key, inner);
      } else {
        line(text, key, entry.getValue());
      }
    }
  }

  private static void line(StringBuilder text, String key, ConfigValue value) {
    text.append(key).append(" = ").append(value.render(ONE_LINE)).append('\n');
  }

  private Optional<ConfigObject> find(String path) {
    if (!schema.blocks().contains(path)) {
      throw new IllegalArgumentException(path + " is no free block of " + schema.blocks());
    }
    return layers.resolved().hasPath(path)
        ? Optional.of(layers.resolved().getObject(path))
        : Optional.empty();
  }
}
