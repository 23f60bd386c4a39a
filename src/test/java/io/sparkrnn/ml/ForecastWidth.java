package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Mean width of the intervals of forecasts, which lie beyond all that is known, so that their truth
 * cannot be among the rows. Public as Spark makes it by name when a validator is read.
 */
public final class ForecastWidth extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private final String uid;

  public ForecastWidth(String uid) {
    this.uid = uid;
  }

  public static MLReader<ForecastWidth> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public double evaluate(Dataset<?> forecasts) {
    return forecasts.toDF().select(avg(col("upper").minus(col("lower")))).head().getDouble(0);
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  @Override
  public ForecastWidth copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
