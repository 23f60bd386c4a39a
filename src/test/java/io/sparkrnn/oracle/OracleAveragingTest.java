package io.sparkrnn.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The oracle's averages against rounds computed by hand. */
class OracleAveragingTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static List<double[]> shards(double first, double second) {
    return List.of(new double[] {first}, new double[] {second});
  }

  @Test
  void parametersAreWeightedByWhatTheirShardSaw() {
    assertThat(OracleAveraging.parameters(shards(1, 5), 3, 1)).containsExactly(2);
    assertThat(OracleAveraging.parameters(shards(1, 5), 0, 7)).containsExactly(5);
  }

  @Test
  void gradientSumsAreDividedOnceByAllWeights() {
    assertThat(OracleAveraging.gradients(shards(6, 2), 3, 1)).containsExactly(2);
  }

  @Test
  void blockMomentumGoesOnInTheDirectionOfEarlierBlocks() {
    OracleAveraging.BlockMomentum block =
        new OracleAveraging.BlockMomentum(new double[] {10}, 0.5, 1);
    assertThat(block.start()).containsExactly(10);
    block.advance(shards(11, 15), 3, 1);
    assertThat(block.delta()).containsExactly(new double[] {2}, EXACT);
    assertThat(block.parameters()).containsExactly(new double[] {12}, EXACT);
    assertThat(block.start()).containsExactly(new double[] {13}, EXACT);
    block.advance(shards(14, 14), 1, 1);
    assertThat(block.delta()).containsExactly(new double[] {0.5 * 2 + 1}, EXACT);
    assertThat(block.parameters()).containsExactly(new double[] {14}, EXACT);
    assertThat(block.start()).containsExactly(new double[] {15}, EXACT);
  }

  @Test
  void blockMomentumWithoutMomentumIsPlainAveraging() {
    OracleAveraging.BlockMomentum block =
        new OracleAveraging.BlockMomentum(new double[] {10}, 0, 1);
    block.advance(shards(11, 15), 3, 1);
    assertThat(block.parameters()).containsExactly(new double[] {12}, EXACT);
    assertThat(block.start()).containsExactly(new double[] {12}, EXACT);
  }
}
