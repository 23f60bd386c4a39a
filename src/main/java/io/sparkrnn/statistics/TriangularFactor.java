package io.sparkrnn.statistics;

import io.sparkrnn.error.DataException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The triangle R of A = QR for a tall matrix A whose rows arrive one by one, from many places: all
 * that least squares needs to know of A. Two triangles merge into that of both matrices together
 * (TSQR: Demmel, Grigori, Hoemmen, Langou 2012). RᵀR are the sums AᵀA of the normal equations, but
 * R is known to the precision of A, not of its square.
 *
 * <p>Costs 2·columns² multiplications and additions a row. Not for several threads.
 */
public final class TriangularFactor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int columns;
  private final int ld;
  private transient double[] a;
  private int filled;
  private long rows;
  private transient double[] tau = {};
  private transient double[] work = {};

  /** No rows yet, of this many columns. */
  public TriangularFactor(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("expected at least one column, found " + columns);
    }
    this.columns = columns;
    this.ld = columns + Math.max(16, 4 * columns);
    this.a = new double[ld * columns];
    this.filled = columns;
  }

  /** Width of A. */
  public int columns() {
    return columns;
  }

  /** Height of A so far. */
  public long rows() {
    return rows;
  }

  /**
   * Adds one row of A.
   *
   * @param row values of the columns
   * @throws DataException if one is not finite
   */
  public void add(double... row) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "expected a row of %d values, found %d".formatted(columns, row.length));
    }
    append(row);
    rows++;
  }

  /** Adds all rows that the other one has seen; the other one stays as it is. */
  public void add(TriangularFactor other) {
    int[] all = new int[other.columns];
    Arrays.setAll(all, j -> j);
    addColumns(other, all);
  }

  /** Adds all rows that the other one has seen, of each only the chosen columns, in this order. */
  public void addColumns(TriangularFactor other, int... chosen) {
    if (chosen.length != columns) {
      throw new IllegalArgumentException(
          "expected %d columns of the other factor, found %d".formatted(columns, chosen.length));
    }
    long sum = rows + other.rows;
    double[] row = new double[columns];
    for (int i = 0; i < other.filled; i++) {
      for (int j = 0; j < columns; j++) {
        row[j] = other.a[chosen[j] * other.ld + i];
      }
      append(row);
    }
    rows = sum;
  }

  /** Element (i, j) of R, zero below the diagonal. Signs of rows are arbitrary. */
  public double get(int i, int j) {
    reduce();
    return a[j * ld + i];
  }

  /** R, column-major, {@code columns × columns}. */
  public double[] upper() {
    reduce();
    double[] upper = new double[columns * columns];
    for (int j = 0; j < columns; j++) {
      System.arraycopy(a, j * ld, upper, j * columns, j + 1);
    }
    return upper;
  }

  /** Only the triangle travels. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    reduce();
    out.defaultWriteObject();
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i <= j; i++) {
        out.writeDouble(a[j * ld + i]);
      }
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    a = new double[ld * columns];
    tau = new double[0];
    work = new double[0];
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i <= j; i++) {
        a[j * ld + i] = in.readDouble();
      }
    }
  }

  private void append(double[] row) {
    if (filled == ld) {
      reduce();
    }
    for (int j = 0; j < columns; j++) {
      if (!Double.isFinite(row[j])) {
        throw new DataException(
            "least squares: expected finite values, found %s in column %d of row %d"
                .formatted(row[j], j + 1, rows + 1));
      }
      a[j * ld + filled] = row[j];
    }
    filled++;
  }

  private void reduce() {
    if (filled == columns) {
      return;
    }
    if (tau.length == 0) {
      tau = new double[columns];
      work = new double[Lapack.qrWorkspace(columns)];
    }
    Lapack.qr(filled, columns, a, ld, tau, work);
    for (int j = 0; j < columns; j++) {
      for (int i = j + 1; i < filled; i++) {
        a[j * ld + i] = 0;
      }
    }
    filled = columns;
  }
}
