package io.sparkrnn.ml;

import java.util.Optional;

/** The version of this library, from its jar. */
final class Version {

  /** As in the manifest; {@code development} outside a jar. */
  static final String CURRENT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
