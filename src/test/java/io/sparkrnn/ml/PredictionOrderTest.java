package io.sparkrnn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PredictionOrderTest {

  private static SequenceClassificationModel model;

  @BeforeAll
  static void train() {
    model = Frames.classifier().setBackend("auto").fit(Frames.sentences(20));
  }

  @Test
  void rowsKeepTheirOrderAndTheirOtherColumns() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      List<String> words = new ArrayList<>();
      for (int t = 0; t <= (i * 7) % 9; t++) {
        words.add(t % 2 == 0 ? "sun" : "rain");
      }
      rows.add(RowFactory.create(i, words, null, i + 0.5));
    }
    StructType schema =
        StructType.fromDDL("number INT, features ARRAY<STRING>, note STRING, other DOUBLE");
    // One partition of more rows than are predicted at a time.
    List<Row> predicted = model.transform(Frames.of(schema, rows).coalesce(1)).collectAsList();
    assertThat(predicted).hasSize(2500);
    for (int i = 0; i < predicted.size(); i++) {
      Row row = predicted.get(i);
      assertThat(row.getInt(0)).isEqualTo(i);
      assertThat(row.getList(1)).hasSize(1 + (i * 7) % 9);
      assertThat(row.isNullAt(2)).isTrue();
      assertThat(row.getDouble(3)).isEqualTo(i + 0.5);
      assertThat(row.getString(4)).isIn("wet", "dry");
    }
  }

  @Test
  void predictionsDoNotDependOnHowRowsAreDealtToPartitions() {
    Dataset<Row> rows = Frames.sentences(150);
    Map<String, Vector> reference = probabilities(rows.repartition(1));
    for (int partitions : new int[] {4, 200}) {
      Map<String, Vector> other = probabilities(rows.repartition(partitions));
      assertThat(other.keySet()).isEqualTo(reference.keySet());
      other.forEach(
          (id, probability) ->
              assertThat(probability.toArray())
                  .containsExactly(reference.get(id).toArray(), within(1e-6)));
    }
  }

  @Test
  void scoresDoNotDependOnHowRowsAreDealtToPartitions() {
    Dataset<Row> rows = Frames.sentences(60);
    assertThat(model.evaluate(rows.repartition(9)).values())
        .isEqualTo(model.evaluate(rows.repartition(1)).values());
  }

  private static Map<String, Vector> probabilities(Dataset<Row> rows) {
    return model.transform(rows).collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getAs("probability")));
  }
}
