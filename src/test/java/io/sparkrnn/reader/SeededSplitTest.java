package io.sparkrnn.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkrnn.SharedData;
import io.sparkrnn.TestSpark;
import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SeededSplitTest {
  private static final Map<String, Double> THREE = fractions(0.8, 0.1, 0.1);

  @Test
  void everyRowIsInExactlyOnePartWhateverThePartitions() {
    for (SeededSplit split :
        List.of(SeededSplit.byId(7, THREE), SeededSplit.stratified(7, THREE, "label"))) {
      Map<String, List<String>> once = ids(split, rows().repartition(1));
      Map<String, List<String>> again = ids(split, rows().orderBy("label").repartition(5));
      assertThat(again).isEqualTo(once);
      List<String> all = new ArrayList<>();
      once.values().forEach(all::addAll);
      assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
      assertThat(once.keySet()).containsExactly("train", "validation", "test");
    }
  }

  @Test
  void anotherSeedIsAnotherSplit() {
    assertThat(ids(SeededSplit.byId(1, THREE), rows()))
        .isNotEqualTo(ids(SeededSplit.byId(2, THREE), rows()));
    assertThat(ids(SeededSplit.stratified(1, THREE, "label"), rows()))
        .isNotEqualTo(ids(SeededSplit.stratified(2, THREE, "label"), rows()));
  }

  @Test
  void byIdTheSizesAreThoseOfADrawAndARowStaysWhereItIs() {
    Map<String, List<String>> all = ids(SeededSplit.byId(3, THREE), rows());
    // Five standard deviations of a binomial draw of 1000 with probability 0.8.
    assertThat(all.get("train").size()).isBetween(800 - 63, 800 + 63);
    Map<String, List<String>> half =
        ids(SeededSplit.byId(3, THREE), rows().where("cast(id AS int) < 500"));
    half.forEach((part, ids) -> assertThat(all.get(part)).containsAll(ids));
  }

  @Test
  void stratifiedEveryPartHasItsShareOfEveryClass() {
    Map<String, Dataset<Row>> parts = SeededSplit.stratified(5, THREE, "label").of(rows());
    // Classes a, b and c have 700, 293 and 7 rows; the cuts of c lie at 5.6 and 6.3.
    assertThat(counts(parts.get("train"))).isEqualTo(Map.of("a", 560L, "b", 234L, "c", 6L));
    assertThat(counts(parts.get("validation"))).isEqualTo(Map.of("a", 70L, "b", 30L));
    assertThat(counts(parts.get("test"))).isEqualTo(Map.of("a", 70L, "b", 29L, "c", 1L));
    assertThat(parts.get("train").columns()).containsExactly("id", "label");
  }

  @Test
  void fractionsMustAddUpToOne() {
    assertThatThrownBy(() -> SeededSplit.byId(1, fractions(0.8, 0.1, 0.2)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected fractions that add up to 1");
    assertThatThrownBy(() -> SeededSplit.byId(1, fractions(1, 0, 0)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("validation: expected a fraction in (0, 1], found 0.0");
  }

  @Test
  void uniqueNamesByNationalityNeverRepeatATrainingRowInTheTest() {
    Dataset<Row> names =
        Reading.read(
            Map.of(
                "format",
                "text-folder",
                "path",
                SharedData.require("names").toString(),
                "unique",
                true));
    Map<String, Dataset<Row>> parts = SeededSplit.stratified(1, THREE, "label").of(names);
    Dataset<Row> train = parts.get("train").select("text", "label");
    Dataset<Row> test = parts.get("test").select("text", "label");
    assertThat(train.intersect(test).count()).isZero();
    assertThat(test.select("label").distinct().count()).isEqualTo(18);
    double share = (double) test.count() / names.count();
    assertThat(share).isBetween(0.095, 0.105);
  }

  private static Map<String, Double> fractions(double train, double validation, double test) {
    Map<String, Double> fractions = new LinkedHashMap<>();
    fractions.put("train", train);
    fractions.put("validation", validation);
    fractions.put("test", test);
    return fractions;
  }

  private static Dataset<Row> rows() {
    return TestSpark.session()
        .range(1_000)
        .selectExpr(
            "cast(id AS string) id",
            "CASE WHEN id < 700 THEN 'a' WHEN id < 993 THEN 'b' ELSE 'c' END label");
  }

  private static Map<String, List<String>> ids(SeededSplit split, Dataset<Row> rows) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    split.of(rows).forEach((part, inside) -> ids.put(part, Reading.ids(inside)));
    return ids;
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new LinkedHashMap<>();
    rows.groupBy("label")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }
}
