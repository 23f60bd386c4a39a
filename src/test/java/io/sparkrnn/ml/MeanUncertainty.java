package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;

/**
 * Mean width of the intervals of forecasts, which lie beyond all that is known, so that their truth
 * cannot be among the rows; or mean perplexity of texts, or mean negative score of translations.
 * Public as Spark makes it by name when a validator is read.
 */
public final class MeanUncertainty extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private final String uid;

  public MeanUncertainty(String uid) {
    this.uid = uid;
  }

  public static MLReader<MeanUncertainty> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public double evaluate(Dataset<?> forecasts) {
    List<String> columns = List.of(forecasts.columns());
    Column uncertainty =
        columns.contains("perplexity")
            ? col("perplexity")
            : columns.contains("score")
                ? col("score").multiply(-1)
                : col("upper").minus(col("lower"));
    return forecasts.toDF().select(avg(uncertainty)).head().getDouble(0);
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  @Override
  public MeanUncertainty copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
