package io.sparkrnn.math;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * oneDNN from the job jar, through its C interface. It multiplies by weights that were reordered
 * once, and in bf16 where the processor can.
 *
 * <p>Its threads are OpenMP's, whose number is a property of the calling thread. {@link
 * #holdToOneThread} sets it to one (tasks are the parallelism); only the copy of OpenMP that comes
 * with the library is touched.
 */
final class OneDnn {

  private static final Map<String, Integer> INSTRUCTION_SETS =
      Map.of(
          "sse41", dnnl.dnnl_cpu_isa_sse41,
          "avx", dnnl.dnnl_cpu_isa_avx,
          "avx2", dnnl.dnnl_cpu_isa_avx2,
          "avx2_vnni_2", dnnl.dnnl_cpu_isa_avx2_vnni_2,
          "avx512", dnnl.dnnl_cpu_isa_avx512_core,
          "avx512_bf16", dnnl.dnnl_cpu_isa_avx512_core_bf16,
          "avx512_fp16", dnnl.dnnl_cpu_isa_avx512_core_fp16,
          "avx512_amx", dnnl.dnnl_cpu_isa_avx512_core_amx);

  private OneDnn() {}

  /** Loaded once a process, at first use. */
  private static final class Loaded {
    static final Attempt ATTEMPT = attempt();
  }

  private record Library(dnnl_engine engine, Function setThreads, String instructions) {}

  private record Attempt(Optional<Library> library, Optional<String> failure) {}

  /** Why the library cannot be used here; empty if it can. */
  static Optional<String> failure() {
    return Loaded.ATTEMPT.failure();
  }

  /** The processor, as the library sees it. Fails if it did not load. */
  static dnnl_engine engine() {
    return library().engine();
  }

  /** The instruction set that products use, such as {@code avx2}. Fails if it did not load. */
  static String instructions() {
    return library().instructions();
  }

  /** From now on the library uses one thread when this thread calls it. */
  static void holdToOneThread() {
    library().setThreads().invoke(new Object[] {1});
  }

  /** Whether products in bf16 exist on this processor. */
  static boolean hasBf16() {
    if (failure().isPresent()) {
      return false;
    }
    try (OneDnnHandles handles = new OneDnnHandles()) {
      dnnl_memory_desc operand = handles.rowMajor(16, 16, dnnl.dnnl_bf16);
      dnnl_memory_desc product = handles.rowMajor(16, 16, dnnl.dnnl_f32);
      return handles.matmul(operand, operand, product, false).isPresent();
    }
  }

  /** Fails unless a call succeeded. */
  static void check(int status, String call) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN: %s gave status %d".formatted(call, status));
    }
  }

  private static Library library() {
    return Loaded.ATTEMPT
        .library()
        .orElseThrow(() -> new IllegalStateException("oneDNN: " + failure().orElse("")));
  }

  private static Attempt attempt() {
    try {
      String module = Loader.load(dnnl.class);
      File openMp = new File(new File(module).getParentFile(), "libgomp.so.1");
      if (!openMp.exists()) {
        return failed("no libgomp.so.1 beside " + module);
      }
      Function setThreads =
          NativeLibrary.getInstance(openMp.getPath()).getFunction("omp_set_num_threads");
      dnnl_engine engine = new dnnl_engine();
      int status = dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0);
      if (status != dnnl.dnnl_success) {
        return failed("its engine gave status " + status);
      }
      Library library = new Library(engine, setThreads, instructionSet());
      return new Attempt(Optional.of(library), Optional.empty());
    } catch (RuntimeException | LinkageError e) {
      return failed(e.toString());
    }
  }

  /** Sets of instructions contain one another as their bits do; the largest that fits is named. */
  private static String instructionSet() {
    int found = dnnl.dnnl_get_effective_cpu_isa();
    String name = "unknown";
    int largest = 0;
    for (Map.Entry<String, Integer> known : INSTRUCTION_SETS.entrySet()) {
      int bits = known.getValue();
      if ((found & bits) == bits && Integer.bitCount(bits) > largest) {
        largest = Integer.bitCount(bits);
        name = known.getKey();
      }
    }
    return name;
  }

  private static Attempt failed(String reason) {
    return new Attempt(Optional.empty(), Optional.of(reason));
  }
}
