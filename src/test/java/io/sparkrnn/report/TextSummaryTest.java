package io.sparkrnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The summary is a table that stands straight in a terminal. */
class TextSummaryTest {

  @Test
  void scoresBySplitAndTheWorstConfusions() {
    assertThat(TextSummary.of(Runs.languages()))
        .isEqualTo(
            """
                                                    accuracy  macro F1  weighted F1    loss  targets
            train                                     0.9681    0.9131       0.9698  0.1143    1,785
            validation                                0.8773    0.7568       0.8947  0.2811    1,785
            test                                      0.8700    0.7439       0.8886  0.2946    1,785
            baseline: character 4-gram naive Bayes    0.8201    0.5402            –       –        –
            most often confused (test): Russian → Scottish 74 of 937; English → Russian 34 of 364; \
            Czech → Italian 8 of 46; Japanese → Czech 8 of 99; German → Italian 5 of 69
            """);
  }

  @Test
  void regressionHasNoConfusions() {
    assertThat(TextSummary.of(Runs.sunspots()).lines().map(String::strip))
        .startsWith("RMSE     MAE      R²       MSE    loss  targets")
        .hasSize(4);
  }

  @Test
  void nothingEvaluatedIsSaid() {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();

    assertThat(TextSummary.of(nothing)).isEqualTo("nothing was evaluated\n");
  }
}
