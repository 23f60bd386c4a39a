package io.sparkrnn.spark;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A range of floats that travels as its raw little-endian bytes, to the bit: Java's own
 * serialization of an array of floats converts value by value.
 */
final class FloatBlock implements Externalizable {
  private static final long serialVersionUID = 1L;

  /** Floats that are converted at a time: 64 KiB stay in the cache. */
  private static final int CHUNK = 1 << 14;

  private float[] source;
  private int from;
  private int to;

  /** Only for reading. */
  @SuppressWarnings("unused") // called by deserialization
  public FloatBlock() {
    this(new float[0]);
  }

  /** A whole array, not copied. */
  FloatBlock(float[] source) {
    this(source, 0, source.length);
  }

  /** The values from … to − 1 of an array, not copied. */
  FloatBlock(float[] source, int from, int to) {
    this.source = source;
    this.from = from;
    this.to = to;
  }

  /** The values; the array itself where they are all of it. */
  float[] values() {
    return from == 0 && to == source.length ? source : Arrays.copyOfRange(source, from, to);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(to - from);
    ByteBuffer bytes = chunk(to - from);
    for (int at = from; at < to; at += CHUNK) {
      int count = Math.min(CHUNK, to - at);
      bytes.asFloatBuffer().put(source, at, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    to = in.readInt();
    source = new float[to];
    ByteBuffer bytes = chunk(to);
    for (int at = 0; at < to; at += CHUNK) {
      int count = Math.min(CHUNK, to - at);
      in.readFully(bytes.array(), 0, count * Float.BYTES);
      bytes.asFloatBuffer().get(source, at, count);
    }
  }

  private static ByteBuffer chunk(int floats) {
    return ByteBuffer.allocate(Math.min(CHUNK, floats) * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
