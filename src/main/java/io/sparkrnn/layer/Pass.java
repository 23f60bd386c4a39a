package io.sparkrnn.layer;

import io.sparkrnn.cell.CellStep;
import io.sparkrnn.math.Gemm;
import io.sparkrnn.math.Packed;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.RandomStream;
import io.sparkrnn.math.Rows;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One traversal of a network, as seen by one layer: its parameters and their gradients by local
 * names, buffers that live from forward to backward, packed weights, and random numbers. Children
 * follow the names of the parameter layout. Buffers are reused from batch to batch, so a traversal
 * allocates next to nothing once it has seen its largest batch. For one thread.
 */
public final class Pass implements CellStep.Own, AutoCloseable {

  /** Whether a batch is trained on or only read. */
  public enum Mode {
    /** Dropout acts and gradients are wanted. */
    TRAINING,
    /** Dropout is off. */
    INFERENCE
  }

  /** Stands for all steps together. */
  private static final long WHOLE = -1;

  private final Context context;
  private final String prefix;
  private final long step;
  private final Map<String, Pass> children = new HashMap<>();
  private final Map<Integer, Pass> frames = new HashMap<>();
  private final Map<String, float[]> arrays = new HashMap<>();
  private final Map<String, Long> mostOfParts = new HashMap<>();
  private final Map<String, Rows> saved = new HashMap<>();
  private final Map<String, int[]> savedIndices = new HashMap<>();
  private final Map<String, PackedWeights> packed = new HashMap<>();

  /** Starts at the root of a network. */
  public Pass(Parameters parameters, Gradient gradient, Gemm gemm) {
    this(new Context(parameters, gradient, gemm), "", WHOLE);
  }

  private Pass(Context context, String prefix, long step) {
    this.context = context;
    this.prefix = prefix;
    this.step = step;
  }

  /** Begins a batch outside of a training: its mode, and the key of its random numbers. */
  public void begin(Mode mode, RandomKey key) {
    begin(mode, key, 0);
  }

  /** Begins a batch: its mode, the key of its random numbers, and how far training is. */
  public void begin(Mode mode, RandomKey key, double progress) {
    context.mode = mode;
    context.key = key;
    context.progress = progress;
  }

  /** Says that the parameters changed, so that packed weights are taken in again. */
  public void parametersChanged() {
    context.version++;
  }

  /** The part of the traversal below a name. */
  public Pass child(String name) {
    return children.computeIfAbsent(name, key -> new Pass(context, prefix + key + ".", step));
  }

  /**
   * This place of the traversal at one step of time: the same tensors and packed weights, but
   * buffers and random numbers of its own. For those who run a layer step by step.
   */
  public Pass frame(int t) {
    return frames.computeIfAbsent(t, key -> new Pass(context, prefix, key));
  }

  /** A tensor of this layer. */
  @Override
  public Rows parameter(String name) {
    return context.parameters.rows(prefix + name);
  }

  /** Gradient of a tensor of this layer, to add to. */
  @Override
  public Rows gradient(String name) {
    return context.gradient.rows(prefix + name);
  }

  /** The gradient of all parameters. */
  public Gradient gradient() {
    return context.gradient;
  }

  /** Full name of a tensor of this layer. */
  public String fullName(String name) {
    return prefix + name;
  }

  /** The products. */
  public Gemm gemm() {
    return context.gemm;
  }

  /** Whether dropout acts. */
  public boolean training() {
    return context.mode == Mode.TRAINING;
  }

  /** Epochs trained before this batch, with their fraction; 0 outside of a training. */
  public double progress() {
    return context.progress;
  }

  /** Random numbers of this layer for this batch: the same at each call. */
  public RandomStream random() {
    RandomKey own = context.key.child(prefix);
    return (step == WHOLE ? own : own.child(step)).stream();
  }

  /** A buffer of undefined content, valid until this layer asks for the same name again. */
  public Rows buffer(String name, int count, int width) {
    int size = Math.multiplyExact(count, width);
    float[] array = arrays.get(name);
    if (array == null || array.length < size) {
      array = new float[size];
      arrays.put(name, array);
    }
    Rows rows = new Rows(array, 0, count, width, width);
    saved.put(name, rows);
    return rows;
  }

  /**
   * A buffer for some of the rows of a batch at a time.
   *
   * @param most floats that it never exceeds, however large the batch
   */
  public Rows part(String name, int count, int width, long most) {
    mostOfParts.put(name, most);
    return buffer(name, count, width);
  }

  /** A buffer of zeros. */
  public Rows zeros(String name, int count, int width) {
    Rows rows = buffer(name, count, width);
    rows.fill(0f);
    return rows;
  }

  /** Keeps a view for the backward direction. */
  public void save(String name, Rows rows) {
    saved.put(name, rows);
  }

  /** What this layer last kept, or got as a buffer, under a name. */
  public Rows saved(String name) {
    Rows rows = saved.get(name);
    if (rows == null) {
      throw new IllegalStateException(
          "backward before forward: %s%s was never saved".formatted(prefix, name));
    }
    return rows;
  }

  /** Keeps indices for the backward direction. */
  public void saveIndices(String name, int[] indices) {
    savedIndices.put(name, indices);
  }

  /** Indices that this layer last kept under a name. */
  public int[] savedIndices(String name) {
    int[] indices = savedIndices.get(name);
    if (indices == null) {
      throw new IllegalStateException(
          "backward before forward: indices %s%s were never saved".formatted(prefix, name));
    }
    return indices;
  }

  /**
   * Weights packed for products, kept until the parameters change.
   *
   * @param name name of these packed weights
   * @param weights what to pack: a tensor of this layer or some rows of it
   * @param transposed whether products are wanted with the transpose
   */
  public Packed packed(String name, Rows weights, boolean transposed) {
    PackedWeights entry = packed.get(name);
    if (entry == null) {
      entry =
          context.packed.computeIfAbsent(
              prefix + name,
              key -> new PackedWeights(context.gemm.pack(weights, transposed), context.version));
      packed.put(name, entry);
    }
    if (entry.version != context.version) {
      entry.packed.refill(weights);
      entry.version = context.version;
    }
    return entry.packed;
  }

  /** Floats of all buffers, here and below: what the largest batch so far has taken. */
  public long bufferedFloats() {
    return sum(arrays.values().stream().mapToLong(array -> array.length), Pass::bufferedFloats);
  }

  /** Floats of those among them that {@link #part} gave. */
  public long floatsOfParts() {
    return sum(
        mostOfParts.keySet().stream().mapToLong(name -> arrays.get(name).length),
        Pass::floatsOfParts);
  }

  /** Floats that those can take at most. */
  public long mostFloatsOfParts() {
    return sum(mostOfParts.values().stream().mapToLong(Long::longValue), Pass::mostFloatsOfParts);
  }

  /** Floats of the largest buffer that grows with the batch, here and below. */
  public int largestBuffer() {
    return Stream.of(
            arrays.entrySet().stream()
                .filter(entry -> !mostOfParts.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().length),
            children.values().stream().map(Pass::largestBuffer),
            frames.values().stream().map(Pass::largestBuffer))
        .flatMap(sizes -> sizes)
        .max(Integer::compare)
        .orElse(0);
  }

  private long sum(LongStream own, ToLongFunction<Pass> below) {
    return own.sum()
        + children.values().stream().mapToLong(below).sum()
        + frames.values().stream().mapToLong(below).sum();
  }

  /** Gives back what packed weights hold outside the heap. */
  @Override
  public void close() {
    packed.values().forEach(entry -> entry.packed.close());
    packed.clear();
    children.values().forEach(Pass::close);
    frames.values().forEach(Pass::close);
  }

  private static final class PackedWeights {
    private final Packed packed;
    private long version;

    PackedWeights(Packed packed, long version) {
      this.packed = packed;
      this.version = version;
    }
  }

  private static final class Context {
    private final Parameters parameters;
    private final Gradient gradient;
    private final Gemm gemm;
    private final Map<String, PackedWeights> packed = new HashMap<>();
    private Mode mode = Mode.INFERENCE;
    private RandomKey key = RandomKey.ofSeed(0);
    private double progress;
    private long version;

    Context(Parameters parameters, Gradient gradient, Gemm gemm) {
      this.parameters = parameters;
      this.gradient = gradient;
      this.gemm = gemm;
    }
  }
}
