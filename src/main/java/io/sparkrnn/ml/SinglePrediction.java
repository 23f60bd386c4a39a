package io.sparkrnn.ml;

import io.sparkrnn.error.DataException;
import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.math.Rows;
import io.sparkrnn.objective.Objective;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import io.sparkrnn.setting.Values;
import io.sparkrnn.training.TrainingSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Predicts one sequence at a time in this JVM, without a job or a session of Spark, by the code
 * that reads and predicts rows. What it needs is made at the first call and kept; callers on
 * several threads wait for each other.
 */
final class SinglePrediction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ModelContent content;
  private transient Optional<Ready> ready = Optional.empty();

  SinglePrediction(ModelContent content) {
    this.content = content;
  }

  /** Where it was sent nothing is ready yet. */
  private Object readResolve() {
    return new SinglePrediction(content);
  }

  /**
   * Predicts one sequence.
   *
   * @param steps a token, a number, a list or array of numbers, or a vector for each step
   * @param settings of the model
   * @param taking what to take of the outputs, which are valid only meanwhile
   * @throws DataException if a row with this sequence could not be used
   */
  synchronized <T> T of(List<?> steps, Values settings, Function<Rows, T> taking) {
    SequenceSet one = read(steps, settings);
    Ready network = ready(TrainingSettings.backend(settings));
    List<T> taken = new ArrayList<>(1);
    network.objective.predict(
        one.gather(new int[] {0}),
        network.pass,
        (position, outputs) -> taken.add(taking.apply(outputs)));
    return taken.get(0);
  }

  private Ready ready(String backend) {
    Ready found =
        ready.filter(known -> known.backend.equals(backend)).orElseGet(() -> make(backend));
    ready = Optional.of(found);
    return found;
  }

  private Ready make(String backend) {
    ready.ifPresent(other -> other.pass.close());
    Objective<SequenceBatch> objective = content.objective().build();
    Parameters parameters = new Parameters(objective.layout(), content.parameters());
    Pass pass = new Pass(parameters, Gradient.none(objective.layout()), Backend.gemm(backend));
    pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
    return new Ready(backend, objective, pass);
  }

  private SequenceSet read(List<?> steps, Values settings) {
    List<?> plain = steps.stream().map(SinglePrediction::plain).toList();
    ColumnSettings columns = ColumnSettings.from(settings.withChecked(ColumnSettings.ID, ""));
    Encoding encoding = content.encoding();
    StructType schema =
        new StructType().add(columns.features(), DataTypes.createArrayType(type(plain, encoding)));
    ExampleReader reader =
        ExampleReader.unlabelled(schema, columns, encoding.targets().kind()).matching(encoding);
    ExampleReader.Read read;
    try {
      read = reader.read(RowFactory.create(plain));
    } catch (ClassCastException e) {
      throw new DataException(
          "the sequence %s: expected all steps to be of one kind; %s"
              .formatted(steps, e.getMessage()),
          e);
    }
    Features features =
        read.example().orElseThrow(() -> new DataException(read.problem())).features();
    return new SequenceSet(encoding.features().columns(), List.of(encoding.encode(features)));
  }

  private static Object plain(Object step) {
    return step instanceof double[] values ? Vectors.dense(values) : step;
  }

  /** Type of the elements of a column that held the steps. */
  private static DataType type(List<?> steps, Encoding encoding) {
    Object first = steps.isEmpty() ? null : steps.get(0);
    if (first instanceof String || (first == null && encoding.features().tokens())) {
      return DataTypes.StringType;
    }
    if (first instanceof Number) {
      return DataTypes.DoubleType;
    }
    return first instanceof Vector
        ? SQLDataTypes.VectorType()
        : DataTypes.createArrayType(DataTypes.DoubleType);
  }

  /**
   * What predicts.
   *
   * @param backend resolved name of the arithmetic
   * @param objective of the model
   * @param pass with its parameters
   */
  private record Ready(String backend, Objective<SequenceBatch> objective, Pass pass) {}
}
