package io.sparkrnn.math;

import io.sparkrnn.error.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pointwise non-linearities y = f(z). The derivative is computed from y alone, so that z need not
 * be kept: tanh′ = 1 − y², logistic′ = y(1 − y), relu′ = [y &gt; 0].
 *
 * <p>tanh is the rational function z·P(z²)/Q(z²) with P and Q of degree 4, fitted on |z| ≤ 9 to a
 * relative error of 2e-8 (Lawson's reweighted least squares); in float32 the error stays below
 * 4e-7. At ±{@value #LIMIT} it is ±1 and never beyond on the way there; further out z is held at
 * that limit. logistic(z) = ½ + ½·tanh(z/2). Plain operations only: the same bits on every machine.
 */
public enum Activation {
  /** y = z. */
  IDENTITY {
    @Override
    public void forward(float[] values, int from, int to) {}

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, int count) {}
  },
  /** y = tanh z. */
  TANH {
    @Override
    public void forward(float[] values, int from, int to) {
      Activation.tanh(values, from, to);
    }

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, int count) {
      for (int i = 0; i < count; i++) {
        float value = y[yFrom + i];
        dy[dyFrom + i] *= 1f - value * value;
      }
    }
  },
  /** y = 1 / (1 + e^−z). */
  LOGISTIC {
    @Override
    public void forward(float[] values, int from, int to) {
      Activation.logistic(values, from, to);
    }

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, int count) {
      for (int i = 0; i < count; i++) {
        float value = y[yFrom + i];
        dy[dyFrom + i] *= value * (1f - value);
      }
    }
  },
  /** y = max(0, z). */
  RELU {
    @Override
    public void forward(float[] values, int from, int to) {
      for (int i = from; i < to; i++) {
        values[i] = Math.max(0f, values[i]);
      }
    }

    @Override
    public void backward(float[] y, int yFrom, float[] dy, int dyFrom, int count) {
      for (int i = 0; i < count; i++) {
        if (!(y[yFrom + i] > 0f)) {
          dy[dyFrom + i] = 0f;
        }
      }
    }
  };

  private static final float LIMIT = 8.107467f;

  /** The names a user may choose from. */
  public static final List<String> NAMES =
      Arrays.stream(values()).map(Activation::settingName).toList();

  /** Replaces z by f(z) at the indices from … to − 1. */
  public abstract void forward(float[] values, int from, int to);

  /**
   * Turns ∂loss/∂y into ∂loss/∂z in place.
   *
   * @param y outputs of the forward direction, {@code count} from {@code yFrom} on
   * @param dy gradient, {@code count} from {@code dyFrom} on
   */
  public abstract void backward(float[] y, int yFrom, float[] dy, int dyFrom, int count);

  /** The name in job files: {@code tanh}, {@code logistic}, … */
  public String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds the activation of this name. */
  public static Activation of(String name) {
    for (Activation activation : values()) {
      if (activation.settingName().equals(name)) {
        return activation;
      }
    }
    throw new ConfigurationException(
        "activation: expected one of %s, found %s".formatted(NAMES, name));
  }

  /** Replaces z by f(z) in every row. */
  public void forward(Rows rows) {
    if (rows.contiguous()) {
      forward(rows.data(), rows.offset(), rows.offset() + rows.count() * rows.width());
      return;
    }
    for (int row = 0; row < rows.count(); row++) {
      forward(rows.data(), rows.start(row), rows.start(row) + rows.width());
    }
  }

  /** Turns ∂loss/∂y into ∂loss/∂z in every row, in place. */
  public void backward(Rows y, Rows dy) {
    y.requireShape(dy.count(), dy.width());
    for (int row = 0; row < y.count(); row++) {
      backward(y.data(), y.start(row), dy.data(), dy.start(row), y.width());
    }
  }

  /** Replaces z by tanh z at the indices from … to − 1. */
  public static void tanh(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = rational(values[i]);
    }
  }

  /** Replaces z by 1 / (1 + e^−z) at the indices from … to − 1. */
  public static void logistic(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = 0.5f + 0.5f * rational(0.5f * values[i]);
    }
  }

  private static float rational(float value) {
    float z = Math.min(Math.max(value, -LIMIT), LIMIT);
    float u = z * z;
    float p = 1.337291E-8f * u + 2.0622294E-5f;
    p = p * u + 0.0034963947f;
    p = p * u + 0.13381706f;
    p = p * u + 1f;
    float q = 7.784036E-7f * u + 3.286951E-4f;
    q = q * u + 0.025880056f;
    q = q * u + 0.4671502f;
    q = q * u + 1f;
    return z * p / q;
  }
}
