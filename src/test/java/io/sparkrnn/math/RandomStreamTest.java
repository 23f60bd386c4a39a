package io.sparkrnn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers are those of SplitMix64, never change, and are as even as they should be. */
class RandomStreamTest {
  private static RandomStream stream() {
    return RandomKey.ofSeed(42).stream();
  }

  @Test
  void numbersAreThoseOfTheReferenceImplementation() {
    RandomStream stream = new RandomStream(1234567);
    assertThat(stream.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(stream.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("9817491932198370423");
    assertThat(stream.nextLong()).isEqualTo(4593380528125082431L);
    assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("16408922859458223821");
  }

  @Test
  void everyKindOfNumberIsPinned() {
    RandomStream longs = stream();
    assertThat(longs.nextLong()).isEqualTo(6332618229526065668L);
    assertThat(longs.nextLong()).isEqualTo(-816328817471504299L);
    RandomStream integers = stream();
    assertThat(IntStream.range(0, 12).map(i -> integers.nextInt(10)))
        .containsExactly(3, 9, 4, 0, 6, 0, 1, 7, 1, 7, 6, 1);
    RandomStream floats = stream();
    assertThat(floats.nextFloat()).isEqualTo(0.34329188f);
    assertThat(floats.nextFloat()).isEqualTo(0.9557467f);
    RandomStream doubles = stream();
    assertThat(doubles.nextDouble()).isEqualTo(0.34329192209867343);
    assertThat(doubles.nextDouble()).isEqualTo(0.9557467261317436);
    RandomStream normals = stream();
    assertThat(normals.nextGaussian()).isEqualTo(0.8818545873573221, within(1e-15));
    assertThat(normals.nextGaussian()).isEqualTo(1.052462856238756, within(1e-15));
    int[] order = IntStream.range(0, 10).toArray();
    stream().shuffle(order);
    assertThat(order).containsExactly(1, 7, 2, 5, 6, 4, 0, 9, 8, 3);
  }

  @Test
  void keysArePinned() {
    RandomKey seed = RandomKey.ofSeed(1);
    assertThat(seed.state()).isEqualTo(0x910a2dec89025cc1L);
    assertThat(seed.child(0).state()).isEqualTo(0x8e58975f6d0dc556L);
    assertThat(seed.child(-1).state()).isEqualTo(0xf50c5b4ba705257cL);
    assertThat(seed.child("order").state()).isEqualTo(0xc7331727c2bbc8fcL);
    assertThat(seed.child("Größe").state()).isEqualTo(0x541e0f83020c4b2dL);
    RandomKey path = RandomKey.ofSeed(7).child("epoch").child(2).child(3).child("order");
    assertThat(path.state()).isEqualTo(0x313d96c134ec27e8L);
  }

  @Test
  void neighbouringKeysDiffer() {
    Set<Long> states = new HashSet<>();
    for (long seed = -20; seed < 20; seed++) {
      RandomKey key = RandomKey.ofSeed(seed);
      states.add(key.state());
      for (long child = -20; child < 20; child++) {
        states.add(key.child("epoch").child(child).state());
        states.add(key.child("epoch").child(child).child(seed).state());
        states.add(key.child("batch").child(child).state());
      }
    }
    assertThat(states.size()).isEqualTo(40 * 121);
  }

  @Test
  void numbersAreEvenlySpread() {
    RandomStream stream = stream();
    int draws = 60_000;
    int[] counts = new int[6];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      counts[stream.nextInt(6)]++;
      double normal = stream.nextGaussian();
      sum += normal;
      squares += normal * normal;
      assertThat(stream.nextFloat()).isBetween(0f, 0.99999994f);
      assertThat(stream.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400); // four standard deviations are 365
    }
    assertThat(sum / draws).isEqualTo(0, within(0.02));
    assertThat(squares / draws).isEqualTo(1, within(0.03));
  }

  @Test
  void everyPermutationIsAsLikely() {
    RandomStream stream = stream();
    int[] counts = new int[27];
    for (int i = 0; i < 12_000; i++) {
      int[] values = {0, 1, 2};
      stream.shuffle(values);
      counts[9 * values[0] + 3 * values[1] + values[2]]++;
    }
    assertThat(IntStream.of(counts).filter(count -> count > 0))
        .hasSize(6)
        .allMatch(count -> count > 1_800 && count < 2_200); // four standard deviations are 163
  }

  @Test
  void aBoundBelowOneIsRefused() {
    assertThat(stream().nextInt(1)).isZero();
    assertThatThrownBy(() -> stream().nextInt(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
