package io.sparkrnn.ml;

import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Normalizer;
import io.sparkrnn.sequence.Vocabulary;
import java.io.Serializable;

/**
 * Turns targets into class indices or scaled values, and back.
 *
 * @param kind what the label column holds
 * @param labels the classes, index = id − 1; empty for values
 * @param numeric whether the labels were numbers
 * @param scaling of values; width 0 for classes
 */
record TargetEncoding(TargetKind kind, Vocabulary labels, boolean numeric, Normalizer scaling)
    implements Serializable {

  /** C, or values a step. */
  int outputs() {
    return kind == TargetKind.STEP_VALUES ? scaling.width() : labels.size() - 1;
  }

  /** Text of a class. */
  String label(int index) {
    return labels.term(index + 1);
  }

  /** Column of a batch. */
  Column column() {
    return switch (kind) {
      case CLASS -> Column.sequenceId(ObjectiveDescription.TARGET);
      case STEP_LABELS, TOKENS -> Column.ids(ObjectiveDescription.TARGET);
      case STEP_VALUES -> Column.values(ObjectiveDescription.TARGET, scaling.width());
    };
  }

  /** Class index of each label; −1 where none counts, −2 where training never saw the label. */
  int[] ids(Example example) {
    int[] ids = new int[example.labels().size()];
    for (int t = 0; t < ids.length; t++) {
      String label = example.labels().get(t);
      ids[t] =
          label.equals(Example.NOT_COUNTED)
              ? ObjectiveDescription.NOT_COUNTED
              : labels.known(label).orElse(ObjectiveDescription.UNKNOWN_LABEL + 1) - 1;
    }
    return ids;
  }

  /** Scaled values. */
  float[] values(Example example) {
    return kind == TargetKind.STEP_VALUES
        ? FeatureEncoding.scaled(example.values(), scaling)
        : new float[0];
  }
}
