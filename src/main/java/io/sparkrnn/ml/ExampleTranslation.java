package io.sparkrnn.ml;

import io.sparkrnn.layer.Pass;
import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.Translation;
import io.sparkrnn.parameter.Gradient;
import io.sparkrnn.parameter.Parameters;
import io.sparkrnn.search.Hypothesis;
import io.sparkrnn.search.SearchSettings;
import io.sparkrnn.sequence.PairBatch;
import io.sparkrnn.sequence.SequenceBatch;
import io.sparkrnn.sequence.SequenceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates a few sources on the driver and looks at the attention on the way.
 *
 * @param content of the model
 * @param search by which translations are found
 * @param backend resolved name of the arithmetic
 */
record ExampleTranslation(TranslationContent content, SearchSettings search, String backend) {

  /** Sources of tokens, each once, in the order of their first example. */
  List<TranslationExample> of(List<Example> examples) {
    Map<List<String>, List<List<String>>> references = new LinkedHashMap<>();
    for (Example example : examples) {
      if (example.features() instanceof Features.Tokens tokens) {
        references
            .computeIfAbsent(tokens.tokens(), source -> new ArrayList<>())
            .add(example.labels());
      }
    }
    List<TranslationExample> translated = new ArrayList<>();
    Translation translation = content.description(search).translation();
    Parameters parameters = new Parameters(translation.layout(), content.parameters());
    try (Pass pass =
        new Pass(parameters, Gradient.none(translation.layout()), Backend.gemm(backend))) {
      pass.begin(Pass.Mode.INFERENCE, RandomKey.ofSeed(0));
      references.forEach(
          (source, known) -> translated.add(translated(source, known, translation, pass)));
    }
    return translated;
  }

  private TranslationExample translated(
      List<String> source, List<List<String>> known, Translation translation, Pass pass) {
    TranslationEncoding encoding = content.encoding();
    Features.Tokens features = new Features.Tokens(source);
    SequenceBatch batch =
        new SequenceSet(encoding.columns(), List.of(encoding.encoding().encode(features)))
            .gather(new int[] {0});
    Hypothesis best = translation.search(batch, pass).get(0).get(0);
    List<String> output = encoding.tokens(best.tokens());
    Translated said = new Translated(features, List.of(output), 1f);
    PairBatch pair =
        translation.pair(
            new SequenceSet(encoding.schema(), List.of(encoding.encode(said)))
                .gather(new int[] {0}));
    List<float[][]> attention = translation.alignments(pair, pass);
    return new TranslationExample(
        source,
        known,
        output,
        best.score(),
        attention.isEmpty() ? List.of() : List.of(attention.get(0)));
  }
}
