package io.sparkrnn.ml;

/** What a label column holds. */
enum TargetKind {
  /** One class a sequence. */
  CLASS,
  /** One label a step; null for a step that does not count. */
  STEP_LABELS,
  /** One or more values a step; NaN for a value that does not count. */
  STEP_VALUES,
  /** A sequence of tokens of a length of its own. */
  TOKENS
}
