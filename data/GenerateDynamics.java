import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes records of three dynamical systems s_t = g(s_{t−1}, x_t), y_t = o(s_t), of which only the
 * inputs x and the outputs y are written, never the state s.
 *
 * <p>Usage, in the project's folder: {@code java data/GenerateDynamics.java [FOLDER]}, where FOLDER
 * is {@code data} unless given. The same bytes are written each time, on any machine: all
 * mathematics are strict.
 *
 * <p><b>pendulum</b> ({@code train}, {@code validation}, {@code test.jsonl}): a damped pendulum
 * pushed by a torque u that is drawn anew, uniform in ±0.5, every 1 s,
 *
 * <pre>
 *   θ″ = −sin θ − θ′/4 + u        state (θ, θ′), at rest at the start
 * </pre>
 *
 * by Runge and Kutta's rule of order 4 in steps of 0.01 s, a sample every 0.2 s. A line is {@code
 * id}, {@code inputs} [[u_t], …] and {@code outputs} [sin θ_t, …]: the speed is hidden.
 *
 * <p><b>narendra-parthasarathy</b> (the same files; Narendra and Parthasarathy 1990, model IV):
 *
 * <pre>
 *   y_{t+1} = (y_t·y_{t−1}·y_{t−2}·u_{t−1}·(y_{t−2} − 1) + u_t) / (1 + y_{t−1}² + y_{t−2}²)
 * </pre>
 *
 * from rest, with u uniform in ±1 at every step. Row t holds u_t and y_{t+1}. {@code test} is their
 * own test: u_t = sin(2πt/250) for 500 steps, then 0.8·sin(2πt/250) + 0.2·sin(2πt/25) for 300.
 *
 * <p><b>mackey-glass.csv</b> ({@code time,value}; Mackey and Glass 1977):
 *
 * <pre>
 *   x′(t) = 0.2·x(t − 17) / (1 + x(t − 17)^10) − 0.1·x(t),   x(0) = 1.2, x(t) = 0 before
 * </pre>
 *
 * by the same rule in steps of 0.1 (the delayed value half-way between two steps is their mean), a
 * sample at every whole t from 0 to 1,199.
 */
public final class GenerateDynamics {
  private static final long SEED = 20260102L;

  private GenerateDynamics() {}

  /** Writes all systems below the folder named by the first argument, or {@code data}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "data");
    SplittableRandom random = new SplittableRandom(SEED);
    Path pendulum = Files.createDirectories(folder.resolve("pendulum"));
    Files.write(pendulum.resolve("train.jsonl"), pendulums(40, 100, random));
    Files.write(pendulum.resolve("validation.jsonl"), pendulums(10, 100, random));
    Files.write(pendulum.resolve("test.jsonl"), pendulums(10, 200, random));
    Path plant = Files.createDirectories(folder.resolve("narendra-parthasarathy"));
    Files.write(plant.resolve("train.jsonl"), plants(40, 100, random));
    Files.write(plant.resolve("validation.jsonl"), plants(10, 100, random));
    Files.write(plant.resolve("test.jsonl"), List.of(line(0, sines(), plant(sines()))));
    Files.write(folder.resolve("mackey-glass.csv"), mackeyGlass(1200));
  }

  private static List<String> pendulums(int count, int steps, SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] torque = new double[steps];
      for (int t = 0; t < steps; t++) {
        torque[t] = t % 5 == 0 ? rounded(random.nextDouble() - 0.5) : torque[t - 1];
      }
      lines.add(line(i, torque, pendulum(torque)));
    }
    return lines;
  }

  private static double[] pendulum(double[] torque) {
    double[] outputs = new double[torque.length];
    double[] state = {0, 0};
    for (int t = 0; t < torque.length; t++) {
      for (int step = 0; step < 20; step++) {
        state = step(state, torque[t], 0.01);
      }
      outputs[t] = StrictMath.sin(state[0]);
    }
    return outputs;
  }

  private static double[] step(double[] s, double torque, double h) {
    double[] k1 = change(s, torque);
    double[] k2 = change(moved(s, k1, h / 2), torque);
    double[] k3 = change(moved(s, k2, h / 2), torque);
    double[] k4 = change(moved(s, k3, h), torque);
    double[] next = new double[2];
    for (int i = 0; i < 2; i++) {
      next[i] = s[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
    return next;
  }

  private static double[] change(double[] s, double torque) {
    return new double[] {s[1], -StrictMath.sin(s[0]) - s[1] / 4 + torque};
  }

  private static double[] moved(double[] s, double[] change, double h) {
    return new double[] {s[0] + h * change[0], s[1] + h * change[1]};
  }

  private static List<String> plants(int count, int steps, SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] u = new double[steps];
      for (int t = 0; t < steps; t++) {
        u[t] = rounded(2 * random.nextDouble() - 1);
      }
      lines.add(line(i, u, plant(u)));
    }
    return lines;
  }

  private static double[] plant(double[] u) {
    double[] next = new double[u.length];
    double y = 0;
    double y1 = 0;
    double y2 = 0;
    double before = 0;
    for (int t = 0; t < u.length; t++) {
      next[t] = (y * y1 * y2 * before * (y2 - 1) + u[t]) / (1 + y1 * y1 + y2 * y2);
      y2 = y1;
      y1 = y;
      y = next[t];
      before = u[t];
    }
    return next;
  }

  private static double[] sines() {
    double[] u = new double[800];
    for (int t = 0; t < u.length; t++) {
      double slow = StrictMath.sin(2 * StrictMath.PI * t / 250);
      double fast = StrictMath.sin(2 * StrictMath.PI * t / 25);
      u[t] = rounded(t < 500 ? slow : 0.8 * slow + 0.2 * fast);
    }
    return u;
  }

  private static List<String> mackeyGlass(int samples) {
    int delay = 170;
    double h = 0.1;
    double[] x = new double[delay + 10 * samples + 1];
    x[delay] = 1.2;
    List<String> lines = new ArrayList<>(List.of("time,value"));
    for (int i = delay; i < x.length - 1; i++) {
      if ((i - delay) % 10 == 0) {
        lines.add((i - delay) / 10 + "," + text(x[i]));
      }
      double late = i < 2 * delay ? 0 : x[i - delay];
      double later = i < 2 * delay ? 0 : x[i - delay + 1];
      double middle = (late + later) / 2;
      double k1 = slope(x[i], late);
      double k2 = slope(x[i] + h / 2 * k1, middle);
      double k3 = slope(x[i] + h / 2 * k2, middle);
      double k4 = slope(x[i] + h * k3, later);
      x[i + 1] = x[i] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return lines;
  }

  private static double slope(double x, double late) {
    return 0.2 * late / (1 + StrictMath.pow(late, 10)) - 0.1 * x;
  }

  /** What a file says is what the system got. */
  private static double rounded(double value) {
    return Double.parseDouble(text(value));
  }

  private static String line(int id, double[] inputs, double[] outputs) {
    StringBuilder x = new StringBuilder();
    StringBuilder y = new StringBuilder();
    for (int t = 0; t < inputs.length; t++) {
      x.append(t == 0 ? "[" : ", [").append(text(inputs[t])).append(']');
      y.append(t == 0 ? "" : ", ").append(text(outputs[t]));
    }
    return "{\"id\": \"%d\", \"inputs\": [%s], \"outputs\": [%s]}".formatted(id, x, y);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
