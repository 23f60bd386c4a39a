package io.sparkrnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkrnn.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Edit distances and error rates are those of their definitions, with several references. */
class TranslationScoresTest {

  private static List<String> phones(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  @Test
  void distancesAreThePublishedOnes() {
    assertThat(
            EditDistance.of(List.of("k,i,t,t,e,n".split(",")), List.of("s,i,t,t,i,n,g".split(","))))
        .isEqualTo(3);
    assertThat(
            EditDistance.of(
                List.of("S,a,t,u,r,d,a,y".split(",")), List.of("S,u,n,d,a,y".split(","))))
        .isEqualTo(3);
    assertThat(EditDistance.of(List.of(), phones("a b c"))).isEqualTo(3);
    assertThat(EditDistance.of(phones("a b c"), List.of())).isEqualTo(3);
    assertThat(EditDistance.of(phones("a b c"), phones("a b c"))).isZero();
  }

  @Test
  void distanceIsAMetric() {
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      List<Integer> a = random.ints(random.nextInt(6), 0, 3).boxed().toList();
      List<Integer> b = random.ints(random.nextInt(6), 0, 3).boxed().toList();
      List<Integer> c = random.ints(random.nextInt(6), 0, 3).boxed().toList();
      assertThat(EditDistance.of(a, b)).isEqualTo(EditDistance.of(b, a));
      assertThat(EditDistance.of(a, c))
          .isLessThanOrEqualTo(EditDistance.of(a, b) + EditDistance.of(b, c));
      List<Integer> reversedA = new ArrayList<>(a);
      List<Integer> reversedB = new ArrayList<>(b);
      Collections.reverse(reversedA);
      Collections.reverse(reversedB);
      assertThat(EditDistance.of(reversedA, reversedB)).isEqualTo(EditDistance.of(a, b));
    }
  }

  @Test
  void anOutputIsRightIfItEqualsAnyReferenceAndIsMeasuredByTheNearest() {
    TranslationMetrics metrics = new TranslationMetrics();
    metrics.add(phones("AH"), List.of(phones("EY"), phones("AH")));
    metrics.add(phones("K AE T S"), List.of(phones("K AE T"), phones("K EY T S IH Z")));
    metrics.add(phones("D"), List.of(phones("B AO L"), phones("D AO")));
    metrics.add(phones("B"), List.of(phones("B AO"), phones("")));
    metrics.addLoss(6, 4);
    // distances 0, 1, 1, 1 to references of 1, 3, 2 and, of the two as near, none
    assertThat(metrics.value("exactMatch")).isEqualTo(0.25);
    assertThat(metrics.value("wordErrorRate")).isEqualTo(0.75);
    assertThat(metrics.value("phoneErrorRate")).isEqualTo(3.0 / 6, within(1e-12));
    assertThat(metrics.value("loss")).isEqualTo(1.5);
    assertThat(metrics.value("perplexity")).isEqualTo(Math.exp(1.5));
    assertThat(metrics.plus(metrics).values())
        .containsEntry("phoneErrorRate", 0.5)
        .containsEntry("count", 8.0);
  }

  @Test
  void whatIsNotDefinedIsNotThere() {
    TranslationMetrics metrics = new TranslationMetrics();
    assertThatThrownBy(metrics::values).isInstanceOf(IllegalStateException.class);
    metrics.add(List.of("a"), List.of(List.of()));
    assertThat(metrics.values()).doesNotContainKeys("loss", "perplexity", "phoneErrorRate");
    assertThatThrownBy(() -> metrics.higherIsBetter("accuracy"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wordErrorRate");
  }
}
