package io.sparkrnn.statistics;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.setting.Range;
import io.sparkrnn.setting.Setting;
import io.sparkrnn.setting.Settings;
import io.sparkrnn.setting.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which autoregression is estimated, and how.
 *
 * @param order K, or the highest order if one is chosen
 * @param method of the estimation
 * @param intercept whether a mean or intercept is estimated
 * @param choice name of the criterion that chooses an order of 0 … K; {@code none} for K itself
 * @param together whether all series share one model
 */
public record AutoregressionSettings(
    int order, EstimationMethod method, boolean intercept, String choice, boolean together)
    implements Serializable {

  private static final String NONE = "none";
  private static final String SERIES = "series";
  private static final String ALL = "all";

  /** {@link #order}. */
  public static final Setting<Integer> ORDER =
      Setting.integer(
          "autoregression.order",
          "order",
          1,
          Range.closed(0, 10_000),
          "K: past values that the next one depends on, or the most of them if a criterion chooses");

  /** {@link #method}. */
  public static final Setting<String> METHOD =
      Setting.choice(
          "autoregression.method",
          "method",
          EstimationMethod.LEAST_SQUARES.text(),
          EstimationMethod.names(),
          "how coefficients are estimated; yule-walker, burg and mle (exact maximum likelihood) are"
              + " always stationary");

  /** {@link #intercept}. */
  public static final Setting<Boolean> INTERCEPT =
      Setting.bool(
          "autoregression.intercept",
          "intercept",
          true,
          "whether an intercept (or mean) is estimated; else it is 0");

  /** {@link #choice}. */
  public static final Setting<String> CRITERION =
      Setting.choice(
          "autoregression.criterion",
          "criterion",
          NONE,
          criteria(),
          "what chooses the order of each model among 0 to autoregression.order; none: that order");

  /** {@link #together}. */
  public static final Setting<String> SCOPE =
      Setting.choice(
          "autoregression.scope",
          "scope",
          SERIES,
          List.of(SERIES, ALL),
          "a model for each series, or one for all of them together (least squares)");

  /** All settings of autoregressions. */
  public static final Settings SETTINGS = Settings.of(ORDER, METHOD, INTERCEPT, CRITERION, SCOPE);

  /**
   * Reads the settings out of values.
   *
   * @throws ConfigurationException if they contradict each other
   */
  public static AutoregressionSettings from(Values values) {
    EstimationMethod method = EstimationMethod.of(values.get(METHOD));
    boolean together = values.get(SCOPE).equals(ALL);
    if (together && method != EstimationMethod.LEAST_SQUARES) {
      throw new ConfigurationException(
          "%s: one model for all series is estimated by least-squares, found %s; set it, or %s = %s"
              .formatted(METHOD.key(), method.text(), SCOPE.key(), SERIES));
    }
    return new AutoregressionSettings(
        values.get(ORDER), method, values.get(INTERCEPT), values.get(CRITERION), together);
  }

  /** What chooses the order; empty if it is given. */
  public Optional<Criterion> criterion() {
    return choice.equals(NONE)
        ? Optional.empty()
        : Optional.of(Criterion.valueOf(choice.toUpperCase(Locale.ROOT)));
  }

  /** Fits one series. */
  public AutoregressiveFit fit(double[] series) {
    return criterion()
        .map(by -> Autoregression.choose(method, series, order, intercept, by))
        .orElseGet(() -> Autoregression.fit(method, series, order, intercept));
  }

  private static List<String> criteria() {
    List<String> names = new ArrayList<>(List.of(NONE));
    Arrays.stream(Criterion.values())
        .map(criterion -> criterion.name().toLowerCase(Locale.ROOT))
        .forEach(names::add);
    return names;
  }
}
