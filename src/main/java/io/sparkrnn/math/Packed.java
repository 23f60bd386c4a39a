package io.sparkrnn.math;

/**
 * Weights prepared once for many products, in the form that a backend likes best. Belongs to the
 * {@link Gemm} that made it and to one thread.
 */
public interface Packed extends AutoCloseable {

  /** Takes the weights in again after they changed; same shape as when packed. */
  void refill(Rows weights);

  /** Gives back what the backend holds outside the heap. */
  @Override
  default void close() {}
}
