package io.sparkrnn.ml;

import io.sparkrnn.network.EncoderDecoderDescription;
import io.sparkrnn.objective.TranslationDescription;
import io.sparkrnn.search.SearchSettings;
import java.io.Serializable;

/**
 * What a trained translator consists of. Immutable by agreement.
 *
 * @param encoding of rows
 * @param network its description
 * @param parameters its N values
 * @param summary of its training
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record TranslationContent(
    TranslationEncoding encoding,
    EncoderDecoderDescription network,
    float[] parameters,
    TrainingSummary summary)
    implements Serializable {

  /** The same after so many rows were left out. */
  TranslationContent withInvalidRows(long rows) {
    return new TranslationContent(encoding, network, parameters, summary.withInvalidRows(rows));
  }

  /** What predicts and scores, by a search of this kind. */
  TranslationDescription description(SearchSettings search) {
    return new TranslationDescription(network, encoding.columns(), 0, search);
  }
}
