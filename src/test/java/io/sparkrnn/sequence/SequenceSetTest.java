package io.sparkrnn.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.math.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is packed end to end comes out again in batches, value by value; hashes are of content. */
class SequenceSetTest {
  private static final List<Column> SCHEMA =
      List.of(
          Column.values("x", 2),
          Column.ids("word"),
          Column.sequenceId("label"),
          new Column("about", Column.Kind.VALUES, 3, Column.Scope.SEQUENCE));

  private static List<Sequence> sequences(int... lengths) {
    Random random = new Random(3);
    List<Sequence> sequences = new ArrayList<>();
    for (int length : lengths) {
      float[][] values = {floats(2 * length, random), {}, {}, floats(3, random)};
      int[][] ids = {{}, random.ints(length, 0, 99).toArray(), {random.nextInt(9)}, {}};
      sequences.add(new Sequence(length, random.nextFloat(), values, ids));
    }
    return sequences;
  }

  private static float[] floats(int count, Random random) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat();
    }
    return floats;
  }

  @Test
  void gatheringGivesBackEverySequence() {
    List<Sequence> sequences = sequences(3, 1, 5, 5, 2, 1);
    SequenceSet set = new SequenceSet(SCHEMA, sequences);
    assertThat(set.size()).isEqualTo(6);
    assertThat(set.steps()).isEqualTo(17);
    assertThat(set.lengths()).containsExactly(3, 1, 5, 5, 2, 1);
    assertThat(set.schema()).isEqualTo(SCHEMA);
    assertSame(set.gather(new int[] {0, 1, 2, 3, 4, 5}), sequences);
    int[] some = {4, 2, 1};
    assertSame(set.gather(some), List.of(sequences.get(4), sequences.get(2), sequences.get(1)));
    assertSame(set.gather(new int[] {3, 3}), List.of(sequences.get(3), sequences.get(3)));
  }

  private static void assertSame(SequenceBatch batch, List<Sequence> expected) {
    assertThat(batch.sequences()).isEqualTo(expected.size());
    for (int rank = 0; rank < batch.sequences(); rank++) {
      Sequence sequence = expected.get(batch.packing().sequenceAt(rank));
      assertThat(unpacked(batch, rank)).isEqualTo(sequence);
    }
  }

  private static Sequence unpacked(SequenceBatch batch, int rank) {
    int length = batch.packing().length(rank);
    Rows x = Rows.zeros(length, 2);
    int[] words = new int[length];
    for (int t = 0; t < length; t++) {
      int row = batch.packing().row(rank, t);
      assertThat(batch.rankOfRow(row)).isEqualTo(rank);
      x.slice(t, 1).copyFrom(batch.values("x").slice(row, 1));
      words[t] = batch.ids("word")[row];
    }
    float[][] values = {x.data(), {}, {}, batch.values("about").slice(rank, 1).toArray()};
    int[][] ids = {{}, words, {batch.ids("label")[rank]}, {}};
    return new Sequence(length, batch.weight(rank), values, ids);
  }

  @Test
  void anEmptySetIsASet() {
    SequenceSet set = new SequenceSet(SCHEMA, List.of());
    assertThat(set.size()).isZero();
    assertThat(set.steps()).isZero();
    assertThat(set.lengths()).isEmpty();
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    SequenceBatch batch = new SequenceSet(SCHEMA, sequences(2)).gather(new int[] {0});
    assertThatThrownBy(() -> batch.values("word")).hasMessageContaining("no column word of values");
    assertThatThrownBy(() -> batch.ids("x")).hasMessageContaining("no column x of ids");
  }

  @Test
  void whatDoesNotFitTheSchemaIsRefused() {
    Sequence wrong = new Sequence(3, 1f, new float[][] {new float[5]}, new int[][] {{}});
    List<Column> schema = List.of(Column.values("x", 2));
    assertThatThrownBy(() -> new SequenceSet(schema, List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column x of a sequence of 3 steps: expected 6 entries, found 5");
    assertThatThrownBy(() -> new Sequence(0, 1f, new float[0][], new int[0][]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashesAreOfTheContentAndNeverChange() {
    Sequence first = of(1f, 2f, 3);
    assertThat(of(1f, 2f, 3)).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(of(1f, 2f, 3).contentHash())
        .isEqualTo(first.contentHash())
        .isEqualTo(-4137551849192525027L);
    List<Sequence> others =
        List.of(of(2f, 1f, 3), of(1f, 2f, 4), of(-1f, 2f, 3), of(1f, 3f, 2), of(0f, 0f, 0));
    assertThat(others).extracting(Sequence::contentHash).doesNotContain(first.contentHash());
    assertThat(others).extracting(Sequence::contentHash).doesNotHaveDuplicates();
    Sequence heavier = new Sequence(1, 2f, new float[][] {{1f, 2f}, {}}, new int[][] {{}, {3}});
    assertThat(heavier.contentHash()).isNotEqualTo(first.contentHash());
    assertThat(heavier).isNotEqualTo(first);
  }

  private static Sequence of(float x, float y, int word) {
    return new Sequence(1, 1f, new float[][] {{x, y}, {}}, new int[][] {{}, {word}});
  }
}
