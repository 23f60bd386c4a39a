package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Rows;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.sequence.Batcher;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends predictions to the rows of a partition, some rows at a time, in their order.
 *
 * @param model what predicts
 * @param reader of the rows
 * @param columns what is appended
 * @param invalid what happens to rows that cannot be used
 * @param backend resolved name of the arithmetic
 */
record Prediction(
    Broadcast<ModelContent> model,
    ExampleReader reader,
    OutputColumns columns,
    InvalidRows invalid,
    String backend)
    implements MapPartitionsFunction<Row, Row> {

  private static final Logger LOG = LoggerFactory.getLogger(Prediction.class);
  private static final int ROWS_AT_A_TIME = 1024;

  /** So that a few enormous sequences do not fill the memory; one is taken whatever its length. */
  private static final int STEPS_AT_A_TIME = 1 << 16;

  private static final int BATCH = 64;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new RowChunks(rows);
  }

  private final class RowChunks extends Chunks {
    private final Iterator<Row> rows;
    private final Encoding encoding = model.value().encoding();
    private final Objective<SequenceBatch> objective = model.value().objective().build();
    private final Pass pass;
    private long unusable;
    private String firstProblem = "";

    RowChunks(Iterator<Row> rows) {
      super(rows);
      this.rows = rows;
      pass = InferencePass.of(objective, model.value().parameters(), backend);
    }

    @Override
    List<Row> chunk() {
      List<Row> predicted = new ArrayList<>();
      List<Row> usable = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      List<Sequence> sequences = new ArrayList<>();
      long steps = 0;
      while (rows.hasNext() && predicted.size() < ROWS_AT_A_TIME && steps < STEPS_AT_A_TIME) {
        Row row = rows.next();
        ExampleReader.Read read = reader.read(row);
        if (read.example().isPresent()) {
          usable.add(row);
          places.add(predicted.size());
          sequences.add(encoding.encode(read.example().get().features()));
          predicted.add(row);
          steps += read.example().get().features().length();
        } else {
          count(read.problem());
          if (invalid == InvalidRows.KEEP) {
            predicted.add(withoutPrediction(row));
          }
        }
      }
      SequenceSet set = new SequenceSet(encoding.features().columns(), sequences);
      for (int[] items : Batcher.sorted(set.lengths(), BATCH)) {
        objective.predict(
            set.gather(items),
            pass,
            (position, outputs) ->
                predicted.set(
                    places.get(items[position]), append(usable.get(items[position]), outputs)));
      }
      return predicted;
    }

    private void count(String problem) {
      if (invalid.refused()) {
        throw new DataException(
            problem + "; mend the row, or set columns.handleInvalid = skip or keep");
      }
      if (unusable++ == 0) {
        firstProblem = problem;
        TaskContext task = TaskContext.get();
        if (task != null) {
          TaskCompletionListener whenDone = ended -> told();
          task.addTaskCompletionListener(whenDone);
        }
      }
    }

    private void told() {
      LOG.warn(
          "{} rows of this partition cannot be used and {}, the first of them: {}",
          unusable,
          invalid == InvalidRows.KEEP ? "have no prediction" : "are left out",
          firstProblem);
    }
  }

  private Row withoutPrediction(Row row) {
    List<Object> values = valuesOf(row);
    if (!columns.prediction().isEmpty()) {
      values.add(null);
    }
    if (!columns.probability().isEmpty()) {
      values.add(null);
    }
    return RowFactory.create(values.toArray());
  }

  private static List<Object> valuesOf(Row row) {
    List<Object> values = new ArrayList<>(row.size() + 2);
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    return values;
  }

  private Row append(Row row, Rows outputs) {
    List<Object> values = valuesOf(row);
    TargetEncoding targets = model.value().encoding().targets();
    if (!columns.prediction().isEmpty()) {
      values.add(prediction(targets, outputs));
    }
    if (!columns.probability().isEmpty()) {
      Vector[] probabilities = vectors(outputs);
      values.add(targets.kind() == TargetKind.CLASS ? probabilities[0] : probabilities);
    }
    return RowFactory.create(values.toArray());
  }

  /** What the column of predictions holds. */
  static Object prediction(TargetEncoding targets, Rows outputs) {
    if (targets.kind() == TargetKind.CLASS) {
      return label(targets, outputs, 0);
    }
    Object[] steps = new Object[outputs.count()];
    for (int t = 0; t < steps.length; t++) {
      if (targets.kind() == TargetKind.STEP_LABELS) {
        steps[t] = label(targets, outputs, t);
      } else if (targets.outputs() == 1) {
        steps[t] = (double) outputs.get(t, 0);
      } else {
        Double[] step = new Double[outputs.width()];
        for (int k = 0; k < step.length; k++) {
          step[k] = (double) outputs.get(t, k);
        }
        steps[t] = step;
      }
    }
    return steps;
  }

  private static Object label(TargetEncoding targets, Rows outputs, int row) {
    int best = 0;
    for (int c = 1; c < outputs.width(); c++) {
      if (outputs.get(row, c) > outputs.get(row, best)) {
        best = c;
      }
    }
    String label = targets.label(best);
    return targets.numeric() ? (Object) Double.valueOf(label) : label;
  }

  /** Probabilities, a vector a row. */
  static Vector[] vectors(Rows outputs) {
    Vector[] vectors = new Vector[outputs.count()];
    for (int row = 0; row < vectors.length; row++) {
      double[] values = new double[outputs.width()];
      for (int c = 0; c < values.length; c++) {
        values[c] = outputs.get(row, c);
      }
      vectors[row] = Vectors.dense(values);
    }
    return vectors;
  }
}
