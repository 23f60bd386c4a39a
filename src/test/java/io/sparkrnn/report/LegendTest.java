package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names above a chart stay inside of it, however many there are. */
class LegendTest {

  @Test
  void namesThatFitStandInOneRow() {
    Legend legend = new Legend(50, 400, List.of("train", "test"));
    assertThat(legend.places()).extracting(Legend.Place::row).containsExactly(0, 0);
    assertThat(legend.places().get(1).x()).isGreaterThan(legend.places().get(0).x() + 60);
    assertThat(legend.extraHeight()).isZero();
  }

  @Test
  void namesThatDoNotFitBeginARow() {
    Legend legend =
        new Legend(50, 400, List.of("encoder.0.forward", "encoder.0.backward", "decoder.0"));
    assertThat(legend.places())
        .containsExactly(
            new Legend.Place(50, 0),
            new Legend.Place(50 + 26 + 6 + 17 * 7.2 + 22, 0),
            new Legend.Place(50, 1));
    assertThat(legend.extraHeight()).isEqualTo(Legend.ROW);
  }

  @Test
  void oneNameThatIsLongerThanARowStandsAlone() {
    Legend legend = new Legend(50, 100, List.of("a name that is too long", "b"));
    assertThat(legend.places()).extracting(Legend.Place::row).containsExactly(0, 1);
  }

  @Test
  void theAxesMakeRoomForRows() {
    Axis axis = LinearAxis.counting(1, 2);
    Frame frame = new Frame(300, 200, Frame.LEGEND, axis, axis);
    Series line = Series.of("a line with a long name", "s", new double[] {1, 2}, new double[2]);
    assertThat(chart(frame, List.of(line)).frame()).isEqualTo(frame);
    Frame two = chart(frame, List.of(line, line)).frame();
    assertThat(two.top()).isEqualTo(frame.top() + Legend.ROW);
    assertThat(two.height()).isEqualTo(frame.height() + Legend.ROW);
  }

  private static LineChart chart(Frame frame, List<Series> lines) {
    return new LineChart(frame, "x", "y", lines, Optional.empty());
  }
}
