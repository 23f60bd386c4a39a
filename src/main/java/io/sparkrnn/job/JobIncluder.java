package io.sparkrnn.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Reads a job file and what it includes. {@code include "common.conf"} is sought beside the file
 * that says so, on the same file system. What is included must exist, required or not: a typo would
 * silently drop settings.
 */
final class JobIncluder implements ConfigIncluder {
  private final JobSource source;
  private final List<String> chain;

  private JobIncluder(JobSource source, List<String> chain) {
    this.source = source;
    this.chain = chain;
  }

  /**
   * The keys of a job file and its includes, substitutions still unresolved.
   *
   * @throws ConfigurationException if a file is missing or is not HOCON
   */
  static ConfigObject parse(JobSource source, String location) {
    return new JobIncluder(source, List.of(location)).parse();
  }

  private ConfigObject parse() {
    String location = chain.get(chain.size() - 1);
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setOriginDescription(location).setIncluder(this);
    try {
      return ConfigFactory.parseString(source.read(location), options).root();
    } catch (ConfigException error) {
      throw Problem.failure(List.of(Problem.of(error, location)));
    }
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String including = chain.get(chain.size() - 1);
    Path parent = new Path(including).getParent();
    String included =
        parent == null || parent.toString().isEmpty() ? what : new Path(parent, what).toString();
    if (chain.contains(included)) {
      throw new ConfigurationException(
          including + ": includes " + what + ", which includes it in turn");
    }
    List<String> longer = new ArrayList<>(chain);
    longer.add(included);
    try {
      return new JobIncluder(source, longer).parse();
    } catch (ConfigurationException error) {
      throw new ConfigurationException(
          error.getMessage() + " (included by " + including + ")", error);
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
