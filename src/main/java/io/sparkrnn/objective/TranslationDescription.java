package io.sparkrnn.objective;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of tokens for a sequence, of another length. Batches hold joint sequences, see {@link
 * io.sparkrnn.sequence.PairBatch}.
 *
 * @param translator the network
 * @param columns of the source in a batch
 * @param labelSmoothing ε: share of the target that is spread evenly over all C tokens
 * @param search by which outputs are scored and predicted
 */
public record TranslationDescription(
    EncoderDecoderDescription translator,
    List<Column> columns,
    double labelSmoothing,
    SearchSettings search)
    implements ObjectiveDescription {

  /** Copies the list and checks ε. */
  public TranslationDescription {
    columns = new ArrayList<>(columns);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new ConfigurationException(
          "labelSmoothing: expected a share from 0 to below 1, found " + labelSmoothing);
    }
  }

  @Override
  public NetworkDescription network() {
    return translator.source();
  }

  @Override
  public String summary() {
    return translator.summary();
  }

  @Override
  public Objective<SequenceBatch> build() {
    return new Translation(this);
  }

  /** Builds what translates. */
  public Translation translation() {
    return new Translation(this);
  }
}
