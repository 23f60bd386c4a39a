package io.sparkrnn.ml;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Rows that are made some at a time, each time out of the next elements of a source. */
abstract class Chunks implements Iterator<Row> {
  private final Iterator<?> source;
  private Iterator<Row> ready = List.<Row>of().iterator();

  Chunks(Iterator<?> source) {
    this.source = source;
  }

  /** Takes at least one element of the source and makes rows of what it took, possibly none. */
  abstract List<Row> chunk();

  @Override
  public final boolean hasNext() {
    while (!ready.hasNext() && source.hasNext()) {
      ready = chunk().iterator();
    }
    return ready.hasNext();
  }

  @Override
  public final Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }
}
