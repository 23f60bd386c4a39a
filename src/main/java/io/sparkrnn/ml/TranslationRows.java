package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.objective.Translation;
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
 * @param invalid what becomes of rows that cannot be used
 * @param backend resolved name of the arithmetic
 */
record TranslationRows(
    Broadcast<TranslationContent> model,
    ExampleReader reader,
    TranslationColumns columns,
    SearchSettings search,
    InvalidRows invalid,
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
      pass = InferencePass.of(translation, model.value().parameters(), backend);
    }

    @Override
    List<Row> chunk() {
      List<Row> translated = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      List<Sequence> sequences = new ArrayList<>();
      while (rows.hasNext() && translated.size() < ROWS_AT_A_TIME) {
        Row row = rows.next();
        ExampleReader.Read read = reader.read(row);
        if (read.example().isPresent()) {
          places.add(translated.size());
          sequences.add(encoding.encoding().encode(read.example().get().features()));
          translated.add(row);
        } else if (invalid.refused()) {
          throw new DataException(
              read.problem() + "; mend the row, or set columns.handleInvalid = skip or keep");
        } else if (invalid == InvalidRows.KEEP) {
          translated.add(columns.withoutTranslation(row));
        }
      }
      SequenceSet set = new SequenceSet(encoding.columns(), sequences);
      for (int[] items : Batcher.sorted(set.lengths(), BATCH)) {
        SequenceBatch batch = set.gather(items);
        List<List<Hypothesis>> found = translation.search(batch, pass);
        for (int rank = 0; rank < items.length; rank++) {
          int place = places.get(items[batch.packing().sequenceAt(rank)]);
          Row row = translated.get(place);
          translated.set(place, columns.append(row, found.get(rank), encoding::tokens));
        }
      }
      return translated;
    }
  }
}
