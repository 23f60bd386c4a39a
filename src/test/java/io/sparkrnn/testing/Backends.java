package io.sparkrnn.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.Gemm;
import java.util.List;
import java.util.stream.Stream;

/** The arithmetic backends that tests run on. */
public final class Backends {
  /** Every backend there is, resolved names. */
  public static final List<String> ALL = List.of(Backend.JAVA, Backend.OPENBLAS, Backend.ONEDNN);

  private Backends() {}

  /** For parameterized tests. */
  public static Stream<String> all() {
    return ALL.stream();
  }

  /** Makes products of a backend; the test is skipped, and says so, where it does not load. */
  public static Gemm gemm(String name) {
    return Backend.gemm(required(name));
  }

  /** The name itself, if the backend loads here; else the test is skipped. */
  public static String required(String name) {
    try {
      return Backend.choose(name).name();
    } catch (ConfigurationException e) {
      return abort("skipped: " + e.getMessage());
    }
  }
}
