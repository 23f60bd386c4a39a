package io.sparkrnn.objective;

import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.NetworkDescription;
import io.sparkrnn.sequence.Column;
import io.sparkrnn.sequence.SequenceBatch;
import java.util.List;

/**
 * The next token of streams of tokens.
 *
 * @param language the network
 * @param context segments that a round reads again before its own, so that states are carried into
 *     it
 */
public record LanguageModellingDescription(LanguageDescription language, int context)
    implements ObjectiveDescription {

  /** Column: characters of text that a target stands for. */
  public static final String CHARACTERS = "characters";

  /** The columns of a stream: token, target, characters of the target. */
  public static List<Column> columns() {
    return List.of(
        Column.ids(LanguageDescription.TOKEN), Column.ids(TARGET), Column.ids(CHARACTERS));
  }

  @Override
  public NetworkDescription network() {
    return language.network();
  }

  @Override
  public String summary() {
    return language.summary();
  }

  @Override
  public Objective<SequenceBatch> build() {
    return new LanguageModelling(this);
  }
}
