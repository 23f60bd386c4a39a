package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.Translation;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.search.Hypothesis;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.Batcher;
import io.sparkrnn.sequence.Sequence;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Appends translations to the rows of a partition, many rows at a time, in their order.
 *
 * @param model what translates
 * @param reader of the rows
 * @param columns what is appended
 * @param search by which translations are found
 * @param skipInvalid whether rows that cannot be used are left out instead of refused
 * @param backend resolved name of the arithmetic
 */
record TranslationRows(
    Broadcast<TranslationContent> model,
    ExampleReader reader,
    TranslationColumns columns,
    SearchSettings search,
    boolean skipInvalid,
    String backend)
    implements MapPartitionsFunction<Row, Row> {

  private static final int ROWS_AT_A_TIME = 1024;
  private static final int BATCH = 64;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new RowChunks(rows);
  }

  private final class RowChunks extends Chunks {
    private final Iterator<Row> rows;
    private final TranslationEncoding encoding = model.value().encoding();
    private final Translation translation = model.value().description(search).translation();
    private final Pass pass;

    RowChunks(Iterator<Row> rows) {
      super(rows);
      this.rows = rows;
      Parameters parameters = new Parameters(translation.layout(), model.value().parameters());
      pass = new Pass(parameters, Gradient.none(translation.layout()), Backend.gemm(backend));
      pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    }

    @Override
    List<Row> chunk() {
      List<Row> chunk = new ArrayList<>();
      List<Sequence> sequences = new ArrayList<>();
      while (rows.hasNext() && chunk.size() < ROWS_AT_A_TIME) {
        Row row = rows.next();
        ExampleReader.Read read = reader.read(row);
        if (read.example().isPresent()) {
          chunk.add(row);
          sequences.add(encoding.encoding().encode(read.example().get().features()));
        } else if (!skipInvalid) {
          throw new DataException(
              read.problem() + "; mend the row, or set columns.handleInvalid = skip");
        }
      }
      Row[] translated = new Row[chunk.size()];
      SequenceSet set = new SequenceSet(encoding.columns(), sequences);
      for (int[] items : Batcher.sorted(set.lengths(), BATCH)) {
        SequenceBatch batch = set.gather(items);
        List<List<Hypothesis>> found = translation.search(batch, pass);
        for (int rank = 0; rank < items.length; rank++) {
          int item = items[batch.packing().sequenceAt(rank)];
          translated[item] = columns.append(chunk.get(item), found.get(rank), encoding::tokens);
        }
      }
      return List.of(translated);
    }
  }
}
