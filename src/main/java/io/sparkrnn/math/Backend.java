package io.sparkrnn.math;

import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The arithmetic backends by name. The driver resolves {@code auto} once; executors are told the
 * resolved name with the instructions it uses, and use the same or refuse, so that one run never
 * mixes two arithmetics.
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

  /** Single precision throughout. */
  public static final String FLOAT32 = "float32";

  /** Factors of products rounded to bf16; sums, parameters and everything else single. */
  public static final String BF16 = "bf16";

  /** All precisions a user may choose from. */
  public static final List<String> PRECISIONS = List.of(FLOAT32, BF16);

  /** oneDNN for all products, in bf16: a resolved name, not one to choose. */
  private static final String ONEDNN_BF16 = "onednn-bf16";

  /** Plain Java in the arithmetic of bf16: a resolved name, not one to choose. */
  static final String JAVA_BF16 = "java-bf16";

  private static final String INSTRUCTIONS = "/";

  /**
   * A choice and why it was made.
   *
   * @param name of the backend
   * @param instructions of the processor that it will use; empty where they do not matter
   * @param reason for the log
   */
  public record Choice(String name, String instructions, String reason) {

    /** What executors are told: name and instructions, which decide the bits of a product. */
    public String resolved() {
      return instructions.isEmpty() ? name : name + INSTRUCTIONS + instructions;
    }
  }

  /** Turns a name, possibly {@code auto}, into the backend that this machine will use. */
  public static Choice choose(String name) {
    return switch (name) {
      case JAVA -> choice(JAVA, "asked for");
      case OPENBLAS -> asked(OPENBLAS, OpenBlas.failure());
      case ONEDNN -> asked(ONEDNN, oneDnnFailure());
      case AUTO -> best();
      default ->
          throw new ConfigurationException(
              "math.backend: expected one of %s, found %s".formatted(NAMES, name));
    };
  }

  /**
   * The same with a precision of products.
   *
   * @throws ConfigurationException if this processor or that backend has no products in bf16
   */
  public static Choice choose(String name, String precision) {
    if (!precision.equals(BF16)) {
      return choose(name);
    }
    if (name.equals(JAVA)) {
      return choice(JAVA_BF16, "asked for: bf16's arithmetic in plain Java, to try it anywhere");
    }
    if (!name.equals(AUTO) && !name.equals(ONEDNN)) {
      throw new ConfigurationException(
          "math.precision: bf16 is there with math.backend = auto, onednn or java, found %s"
              .formatted(name));
    }
    Choice single = asked(ONEDNN, oneDnnFailure());
    if (!OneDnn.hasBf16()) {
      throw new ConfigurationException(
          "math.precision: bf16 needs a processor with AVX-512 BF16 or AMX, this one has %s; set"
                  .formatted(OneDnn.instructions())
              + " math.precision = float32, or math.backend = java to try its arithmetic slowly");
    }
    return choice(ONEDNN_BF16, single.reason() + ", in bf16");
  }

  private static Choice asked(String name, Optional<String> failure) {
    if (failure.isPresent()) {
      throw new ConfigurationException(
          "math.backend: %s cannot be used on this machine: %s; choose auto or java"
              .formatted(name, failure.get()));
    }
    return choice(name, "asked for");
  }

  private static Choice best() {
    Optional<String> withoutOpenBlas = OpenBlas.failure();
    if (withoutOpenBlas.isPresent()) {
      return choice(JAVA, "openblas cannot be used on this machine: " + withoutOpenBlas.get());
    }
    return OneDnn.failure()
        .map(failure -> choice(OPENBLAS, "onednn cannot be used on this machine: " + failure))
        .orElseGet(() -> choice(ONEDNN, "native, embedded in the job jar"));
  }

  private static Choice choice(String name, String reason) {
    return new Choice(name, instructions(name), reason);
  }

  /** What of this processor decides the bits of a backend's products. */
  private static String instructions(String name) {
    return switch (name) {
      case OPENBLAS -> OpenBlas.core();
      case ONEDNN, ONEDNN_BF16 -> OneDnn.instructions() + "+" + OpenBlas.core();
      default -> "";
    };
  }

  private static Optional<String> oneDnnFailure() {
    return OneDnn.failure().or(OpenBlas::failure);
  }

  /**
   * Makes products for the calling thread.
   *
   * @param resolved what {@link Choice#resolved} gave; a name alone takes any instructions
   * @throws ConfigurationException if this machine lacks the backend or has other instructions
   */
  public static Gemm gemm(String resolved) {
    int end = resolved.indexOf(INSTRUCTIONS);
    String name = end < 0 ? resolved : resolved.substring(0, end);
    Gemm gemm = named(name);
    String here = instructions(name);
    if (end >= 0 && !resolved.substring(end + 1).equals(here)) {
      throw new ConfigurationException(
          ("math.backend: the driver multiplies by %s, this executor's processor has %s, whose sums"
                  + " are rounded differently; use machines of one kind, the driver's too (deploy mode"
                  + " cluster), or set math.backend = java")
              .formatted(resolved, name + INSTRUCTIONS + here));
    }
    return gemm;
  }

  private static Gemm named(String name) {
    return switch (name) {
      case JAVA -> new JavaGemm();
      case JAVA_BF16 -> new JavaBf16Gemm();
      case OPENBLAS ->
          new NetlibGemm(
              OPENBLAS, OpenBlas.blas().orElseThrow(() -> lacking(OPENBLAS, OpenBlas.failure())));
      case ONEDNN -> {
        requireOneDnn();
        yield new OneDnnGemm(named(OPENBLAS));
      }
      case ONEDNN_BF16 -> {
        requireOneDnn();
        if (!OneDnn.hasBf16()) {
          throw lacking(BF16, Optional.of("its processor has " + OneDnn.instructions()));
        }
        yield new OneDnnMixedGemm(ONEDNN_BF16, dnnl.dnnl_bf16, named(OPENBLAS));
      }
      default ->
          throw new ConfigurationException(
              "math.backend: expected a resolved name, one of %s, found %s"
                  .formatted(List.of(ONEDNN, ONEDNN_BF16, OPENBLAS, JAVA, JAVA_BF16), name));
    };
  }

  private static void requireOneDnn() {
    if (oneDnnFailure().isPresent()) {
      throw lacking(ONEDNN, oneDnnFailure());
    }
  }

  private static ConfigurationException lacking(String chosen, Optional<String> failure) {
    return new ConfigurationException(
        "math.backend: the driver chose %s, which this executor cannot use (%s); set math.backend = java for a cluster of unlike machines"
            .formatted(chosen, failure.orElse("no reason known")));
  }
}
