package io.sparkrnn.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import io.sparkrnn.error.ConfigurationException;
import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;

/**
 * Reads a job file and what it includes. {@code include "common.conf"} is sought beside the file
 * that says so, on the same file system; addresses of the web and the class path are refused. What
 * is included must exist, required or not: a typo would silently drop settings.
 */
final class JobIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final int DEEPEST = 10;
  private static final int MOST = 100;

  private final JobSource source;
  private final List<String> chain;

  /** Files that the whole job has included, shared by all includers of it. */
  private final AtomicInteger included;

  private JobIncluder(JobSource source, List<String> chain, AtomicInteger included) {
    this.source = source;
    this.chain = chain;
    this.included = included;
  }

  /**
   * The keys of a job file and its includes, substitutions still unresolved.
   *
   * @throws ConfigurationException if a file is missing or is not HOCON
   */
  static ConfigObject parse(JobSource source, String location) {
    return new JobIncluder(source, List.of(location), new AtomicInteger()).parse();
  }

  private ConfigObject parse() {
    String location = chain.get(chain.size() - 1);
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setOriginDescription(location).setIncluder(this);
    try {
      return ConfigFactory.parseString(source.read(location), options).root();
    } catch (ConfigException error) {
      throw Problem.failure(List.of(Problem.of(error, location)));
    } catch (StackOverflowError error) {
      throw new ConfigurationException(location + ": nested too deeply to be read", error);
    }
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String including = chain.get(chain.size() - 1);
    String file = beside(including, what);
    if (chain.contains(file)) {
      throw new ConfigurationException(
          including + ": includes " + what + ", which includes it in turn");
    }
    if (chain.size() == DEEPEST) {
      throw new ConfigurationException(
          "%s: includes %s, the %dth file within another; include it from the job file"
              .formatted(including, what, DEEPEST));
    }
    if (included.incrementAndGet() > MOST) {
      throw new ConfigurationException(
          "%s: includes %s, with which the job would include more than %d files; include each once"
              .formatted(including, what, MOST));
    }
    List<String> longer = new ArrayList<>(chain);
    longer.add(file);
    try {
      return new JobIncluder(source, longer, included).parse();
    } catch (ConfigurationException error) {
      throw new ConfigurationException(
          error.getMessage() + " (included by " + including + ")", error);
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(context, what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return new NoIncludes(chain.get(chain.size() - 1)).includeURL(context, what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return new NoIncludes(chain.get(chain.size() - 1)).includeResources(context, what);
  }

  private static String beside(String including, String what) {
    try {
      Path parent = new Path(including).getParent();
      return parent == null || parent.toString().isEmpty()
          ? what
          : new Path(parent, what).toString();
    } catch (IllegalArgumentException error) {
      throw new ConfigurationException(
          "%s: include %s: expected the name of a file beside it".formatted(including, what),
          error);
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }
}
