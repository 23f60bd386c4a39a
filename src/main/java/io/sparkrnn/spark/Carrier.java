package io.sparkrnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Brings vectors to the tasks by broadcast. A vector stays where it was brought until others are
 * asked for: the parameters that are scored are those that the next round starts from.
 */
final class Carrier implements AutoCloseable {

  private static final Vector NOTHING = () -> new float[0];

  private final JavaSparkContext context;
  private final List<Held> broadcasts = new ArrayList<>();

  Carrier(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Brings vectors, into which nobody may write; gives back what was brought before and nobody asks
   * for any more.
   */
  synchronized Load carry(float[]... vectors) {
    Load load = new Load();
    for (float[] vector : vectors) {
      load.vectors.add(vector.length == 0 ? NOTHING : load.broadcast(vector));
    }
    giveBack();
    return load;
  }

  /** Gives everything back. */
  @Override
  public synchronized void close() {
    giveBack();
  }

  private Held held(float[] vector) {
    for (Held held : broadcasts) {
      if (held.values == vector) {
        return held;
      }
    }
    Held held = new Held(vector, context.broadcast(new FloatBlock(vector)));
    broadcasts.add(held);
    return held;
  }

  private void giveBack() {
    for (Iterator<Held> each = broadcasts.iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (held.users == 0) {
        held.broadcast.destroy();
        each.remove();
      }
    }
  }

  private synchronized void release(List<Held> used) {
    used.forEach(held -> held.users--);
  }

  /** A vector where a task reads it. */
  interface Vector extends Serializable {
    /** The values, which nobody changes. */
    float[] values();
  }

  private record Sent(Broadcast<FloatBlock> broadcast) implements Vector {
    @Override
    public float[] values() {
      return broadcast.value().values();
    }
  }

  private static final class Held {
    private final float[] values;
    private final Broadcast<FloatBlock> broadcast;
    private int users;

    Held(float[] values, Broadcast<FloatBlock> broadcast) {
      this.values = values;
      this.broadcast = broadcast;
    }
  }

  /** The vectors of one job. */
  final class Load implements AutoCloseable {
    private final List<Vector> vectors = new ArrayList<>();
    private final List<Held> used = new ArrayList<>();

    /** The vector of this place among those asked for. */
    Vector vector(int place) {
      return vectors.get(place);
    }

    private Vector broadcast(float[] values) {
      Held held = held(values);
      held.users++;
      used.add(held);
      return new Sent(held.broadcast);
    }

    @Override
    public void close() {
      release(used);
    }
  }
}
