package io.sparkrnn.ml;

import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.objective.LanguageModellingDescription;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.training.ObjectiveFactory;
import java.io.Serializable;

/**
 * What a language model consists of. Immutable by agreement.
 *
 * @param encoding of documents
 * @param network its description
 * @param parameters its N values
 * @param summary of its training
 */
@SuppressWarnings("ArrayRecordComponent") // parameters are one array throughout
record LanguageContent(
    LanguageEncoding encoding,
    LanguageDescription network,
    float[] parameters,
    TrainingSummary summary)
    implements Serializable {

  /** The objective that scores. */
  ObjectiveFactory<SequenceBatch> objective() {
    return ModelContent.factory(new LanguageModellingDescription(network, 0));
  }
}
