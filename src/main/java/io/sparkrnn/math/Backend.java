package io.sparkrnn.math;

import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import java.util.Optional;

/**
 * The arithmetic backends by name. The driver resolves {@code auto} once; executors are told the
 * resolved name and use it or refuse, so that one run never mixes two arithmetics.
 */
public final class Backend {

  /** Native oneDNN for packed weights, OpenBLAS for the rest, both out of the job jar. */
  public static final String ONEDNN = "onednn";

  /** Native OpenBLAS out of the job jar. */
  public static final String OPENBLAS = "openblas";

  /** Plain Java: any machine, the same bytes on all of them. */
  public static final String JAVA = "java";

  /** The best that loads here. */
  public static final String AUTO = "auto";

  /** All names a user may choose from. */
  public static final List<String> NAMES = List.of(AUTO, ONEDNN, OPENBLAS, JAVA);

  private Backend() {}

  /** A choice and why it was made. */
  public record Choice(String name, String reason) {}

  /** Turns a name, possibly {@code auto}, into the backend that this machine will use. */
  public static Choice choose(String name) {
    return switch (name) {
      case JAVA -> new Choice(JAVA, "asked for");
      case OPENBLAS -> {
        Optional<String> failure = OpenBlas.failure();
        if (failure.isPresent()) {
          throw new ConfigurationException(
              "math.backend: openblas cannot be used on this machine: %s; choose auto or java"
                  .formatted(failure.get()));
        }
        yield new Choice(OPENBLAS, "asked for");
      }
      case ONEDNN -> new Choice(ONEDNN, "asked for");
      case AUTO ->
          OpenBlas.failure()
              .map(
                  failure ->
                      new Choice(JAVA, "openblas cannot be used on this machine: " + failure))
              .orElseGet(() -> new Choice(OPENBLAS, "native, embedded in the job jar"));
      default ->
          throw new ConfigurationException(
              "math.backend: expected one of %s, found %s".formatted(NAMES, name));
    };
  }

  /** Makes products of the resolved backend, for one thread. */
  public static Gemm gemm(String resolvedName) {
    return switch (resolvedName) {
      case JAVA -> new JavaGemm();
      case ONEDNN -> new OneDnnGemm(ONEDNN, gemm(OPENBLAS));
      case OPENBLAS ->
          new NetlibGemm(
              OPENBLAS,
              OpenBlas.blas()
                  .orElseThrow(
                      () ->
                          new ConfigurationException(
                              "math.backend: the driver chose openblas, which this executor cannot"
                                  + " load (%s); set math.backend = java for a cluster of unlike"
                                      .formatted(OpenBlas.failure().orElse("no reason known"))
                                  + " machines")));
      default ->
          throw new ConfigurationException(
              "math.backend: expected a resolved name, openblas or java, found " + resolvedName);
    };
  }
}
