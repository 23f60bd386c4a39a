package io.sparkrnn.job;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import io.sparkrnn.error.ConfigurationException;
import java.io.File;
import java.net.URL;

/**
 * Refuses every include: in an assignment, which is a value and no file, and of what does not stand
 * beside a job file.
 *
 * @param origin where it was found
 */
record NoIncludes(String origin)
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    throw failure(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    throw failure("file(" + what + ")");
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw failure("url(" + what + ")");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw failure("classpath(" + what + ")");
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  private ConfigurationException failure(String what) {
    return new ConfigurationException(
        origin
            + ": include "
            + what
            + ": only a job file includes others, by include \"name.conf\", sought beside it");
  }
}
