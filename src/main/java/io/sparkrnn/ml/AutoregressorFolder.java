package io.sparkrnn.ml;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.error.DataException;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The folder of autoregressions:
 *
 * <pre>
 * metadata/          Spark ML metadata: class, uid, params
 * fits/              Parquet: a row a model, see {@link AutoregressorModel#fits()}
 * coefficients.csv   series,term,coefficient,standardError; sorted by series
 * summary.json       format, models, series left out
 * </pre>
 *
 * It is written beside its place and renamed when it is whole.
 */
final class AutoregressorFolder {
  private static final String FITS = "fits";
  private static final String SUMMARY = "summary.json";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AutoregressorFolder() {}

  static final class Writer extends WholeFolderWriter {
    private final AutoregressorModel model;

    Writer(AutoregressorModel model) {
      super(model);
      this.model = model;
    }

    @Override
    void write(HadoopStorage unfinished) {
      Dataset<Row> sorted = model.fits().orderBy(col(FitTable.SERIES));
      sorted.write().parquet(unfinished.location() + "/" + FITS);
      CoefficientsFile.write(unfinished, new Lines(sorted.toLocalIterator()));
      ObjectNode summary = JSON.createObjectNode();
      summary.put("format", FORMAT);
      summary.put("models", model.models());
      summary.put("skipped", model.skipped());
      unfinished.writeText(SUMMARY, ModelFolder.pretty(summary));
    }
  }

  static final class Reader extends MLReader<AutoregressorModel> {
    @Override
    public AutoregressorModel load(String path) {
      HadoopStorage folder = new HadoopStorage(path, sc().hadoopConfiguration());
      if (!folder.exists()) {
        throw new DataException("there is no model folder %s".formatted(folder.location()));
      }
      JsonNode summary = ModelFolder.parse(folder, SUMMARY);
      if (summary.path("format").asInt() != FORMAT) {
        throw new DataException(
            "%s of %s: expected format %d, found %s; read it with the version that wrote it"
                .formatted(SUMMARY, folder.location(), FORMAT, summary.path("format")));
      }
      Dataset<Row> fits =
          sparkSession().read().schema(FitTable.SCHEMA).parquet(folder.location() + "/" + FITS);
      return ModelFolder.metadata(
          folder, AutoregressorModel.class, () -> model(path, fits, summary));
    }

    private AutoregressorModel model(String path, Dataset<Row> fits, JsonNode summary) {
      ModelMetadata metadata = ModelMetadata.read(path, sc(), AutoregressorModel.class);
      AutoregressorModel model =
          new AutoregressorModel(
              metadata.uid(),
              fits,
              summary.path("models").asLong(),
              summary.path("skipped").asLong());
      metadata.applyTo(model);
      return model;
    }
  }

  /** The lines of rows that are sorted by series. */
  private static final class Lines implements Iterator<CoefficientsFile.Line> {
    private final Iterator<Row> rows;
    private final Deque<CoefficientsFile.Line> ready = new ArrayDeque<>();
    private String last = "";

    Lines(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        String series = row.getAs(FitTable.SERIES);
        if (series.equals(last)) {
          throw new DataException(
              "series %s: expected one row with this name, found several; make names unique"
                  .formatted(series));
        }
        last = series;
        ready.addAll(FitTable.lines(row));
      }
      return !ready.isEmpty();
    }

    @Override
    public CoefficientsFile.Line next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
