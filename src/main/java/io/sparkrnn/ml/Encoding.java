package io.sparkrnn.ml;

import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything between rows and sequences in numbers, as training fixed it.
 *
 * @param features of the inputs
 * @param targets of the outputs
 */
record Encoding(FeatureEncoding features, TargetEncoding targets) implements Serializable {

  /** Columns of features and targets. */
  List<Column> schema() {
    List<Column> columns = new ArrayList<>(features.columns());
    columns.add(targets.column());
    return columns;
  }

  /** A sequence with its target. */
  Sequence encode(Example example) {
    float[][] values = features.values(example.features());
    int[][] ids = features.ids(example.features());
    int count = values.length;
    float[][] allValues = Arrays.copyOf(values, count + 1);
    int[][] allIds = Arrays.copyOf(ids, count + 1);
    allValues[count] = targets.values(example);
    allIds[count] = targets.kind() == TargetKind.STEP_VALUES ? new int[0] : targets.ids(example);
    return new Sequence(example.features().length(), example.weight(), allValues, allIds);
  }

  /** A sequence without target, to be predicted. */
  Sequence encode(Features read) {
    return new Sequence(read.length(), 1f, features.values(read), features.ids(read));
  }
}
