package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.objective.LanguageModellingDescription;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Appends ln p, perplexity and surprise to the documents of a partition, some rows at a time, in
 * their order. A document is read in segments, so that a long one needs no more memory.
 *
 * @param model what scores
 * @param reader of the rows
 * @param columns what is appended
 * @param backend resolved name of the arithmetic
 */
record LanguageScoring(
    Broadcast<LanguageContent> model,
    DocumentReader reader,
    LanguageColumns columns,
    String backend)
    implements MapPartitionsFunction<Row, Row> {

  private static final double[] NOTHING = {};
  private static final int ROWS_AT_A_TIME = 1024;
  private static final int CHARACTERS_AT_A_TIME = 1 << 22;

  /** The rows with what is appended. */
  static StructType schema(StructType schema, LanguageColumns columns) {
    List<StructField> fields = new ArrayList<>(List.of(schema.fields()));
    OutputColumns.append(
        fields, "columns.logProbability", columns.logProbability(), DataTypes.DoubleType);
    OutputColumns.append(fields, "columns.perplexity", columns.perplexity(), DataTypes.DoubleType);
    OutputColumns.append(
        fields,
        "columns.surprise",
        columns.surprise(),
        DataTypes.createArrayType(DataTypes.DoubleType, false));
    return new StructType(fields.toArray(new StructField[0]));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new RowChunks(rows);
  }

  private final class RowChunks extends Chunks {
    private final Iterator<Row> rows;
    private final LanguageEncoding encoding = model.value().encoding();
    private final Objective<SequenceBatch> objective = model.value().objective().build();
    private final Pass pass;

    RowChunks(Iterator<Row> rows) {
      super(rows);
      this.rows = rows;
      pass = InferencePass.of(objective, model.value().parameters(), backend);
    }

    @Override
    List<Row> chunk() {
      List<Row> chunk = new ArrayList<>();
      List<Boolean> usable = new ArrayList<>();
      List<Sequence> documents = new ArrayList<>();
      long steps = 0;
      while (rows.hasNext() && chunk.size() < ROWS_AT_A_TIME && steps < CHARACTERS_AT_A_TIME) {
        Row row = rows.next();
        DocumentReader.Read read = reader.read(row);
        if (read.document().isPresent()) {
          documents.addAll(encoding.encode(read.document().get().tokens(), Integer.MAX_VALUE, 0));
          steps += documents.get(documents.size() - 1).length();
        } else if (columns.invalid().refused()) {
          throw new DataException(
              read.problem() + "; mend the row, or set columns.handleInvalid = skip or keep");
        }
        if (read.document().isPresent() || columns.invalid() == InvalidRows.KEEP) {
          chunk.add(row);
          usable.add(read.document().isPresent());
        }
      }
      Iterator<double[]> surprise = surprise(documents).iterator();
      List<Row> scored = new ArrayList<>();
      for (int i = 0; i < chunk.size(); i++) {
        scored.add(
            append(chunk.get(i), usable.get(i) ? Optional.of(surprise.next()) : Optional.empty()));
      }
      return scored;
    }

    private List<double[]> surprise(List<Sequence> documents) {
      List<double[]> surprise = new ArrayList<>();
      documents.forEach(document -> surprise.add(new double[document.length()]));
      Streams streams =
          new Streams(
              LanguageModellingDescription.columns(),
              documents,
              LanguageFit.SCORED_SEGMENT,
              LanguageFit.SCORED_LANES);
      for (int[] items : streams.batches()) {
        SequenceBatch batch = streams.gather(items);
        objective.predict(
            batch,
            pass,
            (position, outputs) -> {
              int rank = rankOf(batch, position);
              double[] own = surprise.get(batch.ids(Streams.STREAM)[rank]);
              int from = batch.ids(Streams.FROM)[rank];
              for (int t = 0; t < outputs.count(); t++) {
                own[from + t] = -outputs.get(t, 0);
              }
            });
      }
      return surprise;
    }
  }

  private static int rankOf(SequenceBatch batch, int position) {
    for (int rank = 0; rank < batch.sequences(); rank++) {
      if (batch.packing().sequenceAt(rank) == position) {
        return rank;
      }
    }
    throw new IllegalArgumentException("no sequence at position " + position);
  }

  /** Nulls where a row cannot be used. */
  private Row append(Row row, Optional<double[]> surprise) {
    List<Object> values = new ArrayList<>(row.size() + 3);
    for (int i = 0; i < row.size(); i++) {
      values.add(row.get(i));
    }
    boolean scored = surprise.isPresent();
    double[] nats = surprise.orElse(NOTHING);
    double sum = Arrays.stream(nats).sum();
    if (!columns.logProbability().isEmpty()) {
      values.add(scored ? (Object) (-sum) : null);
    }
    if (!columns.perplexity().isEmpty()) {
      values.add(scored ? (Object) Math.exp(sum / nats.length) : null);
    }
    if (!columns.surprise().isEmpty()) {
      values.add(scored ? nats : null);
    }
    return RowFactory.create(values.toArray());
  }
}
