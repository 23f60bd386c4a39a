package io.sparkrnn.math;

import com.sun.jna.NativeLibrary;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.File;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * OpenBLAS from the job jar, called through netlib's JNI, which works on heap arrays without
 * copies. JavaCPP unpacks the library; netlib is pointed at it before its own loader first runs.
 * OpenBLAS is held to one thread: tasks are the parallelism.
 */
final class OpenBlas {

  private static final String PATH_PROPERTY = "dev.ludovic.netlib.blas.nativeLibPath";

  private OpenBlas() {}

  /** Loaded once a process, at first use. */
  private static final class Loaded {
    static final Attempt ATTEMPT = attempt();
  }

  private record Attempt(Optional<BLAS> blas, String core, Optional<String> failure) {}

  static Optional<BLAS> blas() {
    return Loaded.ATTEMPT.blas();
  }

  static Optional<String> failure() {
    return Loaded.ATTEMPT.failure();
  }

  /** The processor whose kernels it uses, such as {@code Zen}. */
  static String core() {
    return Loaded.ATTEMPT.core();
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static Attempt attempt() {
    try {
      String other = System.getProperty(PATH_PROPERTY);
      String module = Loader.load(openblas_nolapack.class);
      File library = new File(new File(module).getParentFile(), "libopenblas_nolapack.so.0");
      if (!library.exists()) {
        return failed("no library beside " + module);
      }
      if (other != null && !other.equals(library.getPath())) {
        return failed(PATH_PROPERTY + " is set to " + other);
      }
      System.setProperty(PATH_PROPERTY, library.getPath());
      BLAS blas = NativeBLAS.getInstance();
      openblas_nolapack.blas_set_num_threads(1);
      String core =
          NativeLibrary.getInstance(library.getPath())
              .getFunction("openblas_get_corename")
              .invokeString(new Object[0], false);
      return verified(blas, core);
    } catch (RuntimeException | LinkageError e) {
      return failed(e.toString());
    }
  }

  /** Multiplies two numbers, so that a library that only loads is not taken for one that works. */
  private static Attempt verified(BLAS blas, String core) {
    float[] product = new float[1];
    blas.sgemm("N", "N", 1, 1, 1, 1f, new float[] {3f}, 1, new float[] {5f}, 1, 0f, product, 1);
    return product[0] == 15f
        ? new Attempt(Optional.of(blas), core, Optional.empty())
        : failed("3 · 5 gave " + product[0]);
  }

  private static Attempt failed(String reason) {
    return new Attempt(Optional.empty(), "", Optional.of(reason));
  }
}
