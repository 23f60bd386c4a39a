package io.sparkrnn.format;

import java.util.OptionalInt;

/**
 * A word of a CoNLL-U sentence. An unspecified column is {@code _}, as it is written.
 *
 * @param form the word as it stands in the text
 * @param lemma its dictionary form
 * @param upos universal part of speech
 * @param xpos part of speech of the language's own tag set
 * @param feats morphological features, {@code Name=Value|…}
 * @param head number of the word it depends on, 0 for the root; empty for {@code _}
 * @param deprel kind of that dependency
 */
public record ConllUToken(
    String form,
    String lemma,
    String upos,
    String xpos,
    String feats,
    OptionalInt head,
    String deprel) {}
