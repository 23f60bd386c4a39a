package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.sequence.Normalizer;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ScalingTest {

  @Test
  void valuesGetMeanZeroAndVarianceOne() {
    Normalizer scaling = scaling(new double[] {1, 10, 2, 20}, new double[] {6, 60});
    assertThat(scaling.mean(0)).isEqualTo(3);
    assertThat(scaling.mean(1)).isEqualTo(30);
    assertThat(scaling.deviation(0)).isEqualTo(Math.sqrt((4 + 1 + 9) / 3.0), within(1e-15));
    assertThat(scaling.deviation(1)).isEqualTo(10 * Math.sqrt((4 + 1 + 9) / 3.0), within(1e-14));
  }

  @Test
  void valuesThatAreNotThereDoNotCount() {
    double none = Double.NaN;
    Normalizer scaling = scaling(new double[] {1, none, 3, none}, new double[] {none, 5, 2, 7});
    assertThat(scaling.mean(0)).isEqualTo(2);
    assertThat(scaling.mean(1)).isEqualTo(6);
    assertThat(scaling.deviation(1)).isEqualTo(1);
    assertThat(scaling.deviation(0)).isEqualTo(Math.sqrt(2 / 3.0), within(1e-15));
  }

  @Test
  void columnsThatNeverVaryAreOnlyShifted() {
    double third = 1.0 / 3;
    double[] values = new double[2 * 1001];
    for (int t = 0; t < 1001; t++) {
      values[2 * t] = third;
      values[2 * t + 1] = -1e12;
    }
    Normalizer scaling = scaling(values, values);
    assertThat(scaling.mean(0)).isEqualTo(third);
    assertThat(scaling.deviation(0)).isEqualTo(1);
    assertThat(scaling.scale(0, third)).isZero();
    assertThat(scaling.mean(1)).isEqualTo(-1e12);
    assertThat(scaling.deviation(1)).isEqualTo(1);
  }

  @Test
  void columnsFarFromZeroKeepTheirDeviation() {
    // Seconds since 1970 over an hour, and a pressure in pascals that trembles by a hundredth.
    Random random = new Random(4);
    double[] values = new double[2 * 3600];
    double[] near = new double[2 * 3600];
    for (int t = 0; t < 3600; t++) {
      near[2 * t] = t;
      near[2 * t + 1] = random.nextInt(1024) / 1024.0 / 64;
      values[2 * t] = 1.7e9 + near[2 * t];
      values[2 * t + 1] = 101325 + near[2 * t + 1];
    }
    Normalizer far = scaling(values, new double[] {1.7e9 + 5, 101325});
    Normalizer shifted = scaling(near, new double[] {5, 0});
    for (int column = 0; column < 2; column++) {
      assertThat(far.deviation(column))
          .isEqualTo(shifted.deviation(column), within(1e-12 * shifted.deviation(column)));
    }
    assertThat(far.mean(0) - 1.7e9).isEqualTo(shifted.mean(0), within(1e-6));
  }

  @Test
  void sumsAreTheSameBytesInWhateverOrderAndGroupsTheyAreMerged() {
    Random random = new Random(9);
    double[][] sequences = new double[40][];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = random.doubles(1 + i % 7, -1e3, 1e9).toArray();
    }
    Normalizer one = merged(sequences, 1, 1);
    for (int groups : new int[] {2, 7, 40}) {
      Normalizer other = merged(sequences, groups, 11);
      assertThat(other.mean(0)).isEqualTo(one.mean(0));
      assertThat(other.deviation(0)).isEqualTo(one.deviation(0));
    }
  }

  @Test
  void aTrainingIsTheSameBytesForAnyPartitioningOfTheSource() {
    Dataset<Row> series = Frames.series(30);
    SequenceRegressionModel reference = Frames.regressor().setMaxIter(1).fit(series.repartition(1));
    for (int partitions : new int[] {3, 31}) {
      Dataset<Row> shuffled = series.orderBy(rand(partitions)).repartition(partitions);
      SequenceRegressionModel other = Frames.regressor().setMaxIter(1).fit(shuffled);
      Normalizer expected = reference.content().encoding().features().scaling();
      Normalizer found = other.content().encoding().features().scaling();
      for (int column = 0; column < 2; column++) {
        assertThat(found.mean(column)).isEqualTo(expected.mean(column));
        assertThat(found.deviation(column)).isEqualTo(expected.deviation(column));
      }
      assertThat(other.content().parameters()).isEqualTo(reference.content().parameters());
    }
  }

  @Test
  void constantColumnsTrainAndPredictFiniteNumbers() {
    Dataset<Row> rows =
        Frames.series(12).selectExpr("id", "transform(features, x -> 7.0D) as features", "label");
    SequenceRegressionModel model = Frames.regressor().fit(rows);
    assertThat(model.content().encoding().features().scaling().deviation(0)).isEqualTo(1);
    for (Row row : model.transform(rows).collectAsList()) {
      List<Double> predicted = row.getList(row.fieldIndex("prediction"));
      assertThat(predicted).allMatch(Double::isFinite);
    }
  }

  @Test
  void withoutStandardisationNumbersGoInAsTheyAre() {
    SequenceRegressionModel model =
        Frames.regressor().setStandardize(false).setMaxIter(1).fit(Frames.series(12));
    assertThat(model.content().encoding().features().scaling().mean(1)).isZero();
    assertThat(model.content().encoding().features().scaling().deviation(1)).isEqualTo(1);
  }

  @Test
  void predictionsOfARegressionComeInTheUnitsOfTheTargets() {
    Dataset<Row> rows =
        Frames.series(40)
            .selectExpr("id", "features", "transform(features, x -> 1000 + 50 * x[0]) as label");
    SequenceRegressionModel model = Frames.regressor().setMaxIter(60).fit(rows);
    assertThat(model.evaluate(rows).value("rmse")).isLessThan(12);
    assertThat(model.evaluate(rows).value("r2")).isGreaterThan(0.9);
    assertThat(model.transform(rows).select(col("prediction")).first().getList(0))
        .allSatisfy(value -> assertThat((Double) value).isBetween(900.0, 1100.0));
  }

  private static Normalizer scaling(double[]... sequences) {
    ExactSums sums = new ExactSums();
    for (double[] values : sequences) {
      sums.add(new Features.Numbers(values, 2));
    }
    return sums.normalizer();
  }

  private static Normalizer merged(double[][] sequences, int groups, int stride) {
    ExactSums[] parts = new ExactSums[groups];
    for (int i = 0; i < sequences.length; i++) {
      int at = i * stride % sequences.length;
      int group = i % groups;
      if (parts[group] == null) {
        parts[group] = new ExactSums();
      }
      parts[group].add(new Features.Numbers(sequences[at], 1));
    }
    ExactSums all = new ExactSums();
    for (ExactSums part : parts) {
      all.merge(part);
    }
    return all.normalizer();
  }
}
