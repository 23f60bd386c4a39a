package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkrnn.testing.ChildJvm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory of driver and executor, which share one heap here. */
@Tag("slow")
class MemoryTest {

  @TempDir private Path folder;

  @Test
  void theHeapAfter200RoundsIsThatAfter20WithinFivePercent() throws Exception {
    ChildJvm.Ended ended =
        ChildJvm.run(
            HeapRounds.class,
            folder,
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dspark.ui.retainedJobs=200",
                "-Dspark.ui.retainedStages=200",
                "-Dspark.ui.retainedTasks=10000"),
            5);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    List<String> heaps = ended.after("heap");
    assertThat(heaps).as(ended.output()).hasSize(10);
    System.out.println("rounds and bytes of heap: " + heaps);
    assertThat(heaps.get(0)).startsWith("20 ");
    assertThat(heaps.get(9)).startsWith("200 ");
    assertThat(bytes(heaps.get(9))).as("%s", heaps).isLessThan(bytes(heaps.get(0)) * 1.05);
  }

  @Test
  void dataLargerThanTheHeapTrainFromDisk() throws Exception {
    List<String> options =
        List.of("-XX:+UseSerialGC", "-Xmx288m", "-Dspark.testing.reservedMemory=0");
    ChildJvm.Ended ended = ChildJvm.run(LargeData.class, folder, options, 12);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    double heap = bytes(ended.after("heap").get(0));
    double shards = bytes(ended.after("shards").get(0));
    double disk = bytes(ended.after("disk").get(0));
    assertThat(shards).as(ended.output()).isGreaterThan(heap);
    assertThat(disk).as(ended.output()).isGreaterThan(shards / 2);
    double[] losses =
        Arrays.stream(ended.after("loss").get(0).split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(losses[1]).isLessThan(losses[0]);
  }

  /** The last number of a line. */
  private static double bytes(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
