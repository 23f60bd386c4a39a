package io.sparkrnn.format;

/** A column of CoNLL-U that can serve as the label of a word. */
public enum ConllUColumn {
  /** The word itself. */
  FORM,
  /** Dictionary form. */
  LEMMA,
  /** Universal part of speech. */
  UPOS,
  /** Part of speech of the language's own tag set. */
  XPOS,
  /** Morphological features. */
  FEATS,
  /** Kind of the dependency on the head. */
  DEPREL;

  /** The value of this column. */
  public String of(ConllUToken token) {
    return switch (this) {
      case FORM -> token.form();
      case LEMMA -> token.lemma();
      case UPOS -> token.upos();
      case XPOS -> token.xpos();
      case FEATS -> token.feats();
      case DEPREL -> token.deprel();
    };
  }
}
