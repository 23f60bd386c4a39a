package io.sparkrnn.benchmark;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is trained, on random data: a recurrent layer and a linear one over every state, with
 * cross-entropy at every step.
 *
 * @param name {@code [bf16-][gru-|srn-|bidirectional-|ragged-|ragged-bucketed-]BxTxMxD}, or {@code
 *     tagging}
 * @param precision float32 or bf16
 * @param cell lstm, gru or srn
 * @param bidirectional whether both directions run
 * @param batch B
 * @param shortest smallest length of a sequence; lengths are uniform up to the longest
 * @param longest T
 * @param inputs M, or the width of an embedding
 * @param hidden D
 * @param classes at each step
 * @param vocabulary ids of words; 0 for inputs of values
 * @param bucketed whether PyTorch is given batches of like length, as ours always are
 */
record Workload(
    String name,
    String precision,
    String cell,
    boolean bidirectional,
    int batch,
    int shortest,
    int longest,
    int inputs,
    int hidden,
    int classes,
    int vocabulary,
    boolean bucketed)
    implements Serializable {

  private static final String MIDDLE = "64x64x128x256";

  static final String FLOAT32 = "float32";
  static final String BF16 = "bf16";

  /** All that are measured when none is named. */
  static final List<String> NAMES =
      List.of(
          "32x50x64x128",
          MIDDLE,
          "64x35x650x650",
          "32x24x1x32",
          "gru-" + MIDDLE,
          "srn-" + MIDDLE,
          "bidirectional-" + MIDDLE,
          "ragged-" + MIDDLE,
          "ragged-bucketed-" + MIDDLE,
          "tagging",
          "bf16-" + MIDDLE,
          "bf16-64x35x650x650");

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(bf16)-)?(?:(gru|srn|bidirectional|ragged|ragged-bucketed)-)?"
              + "(\\d+)x(\\d+)x(\\d+)x(\\d+)");

  static Workload of(String name) {
    if (name.equals("tagging")) {
      return new Workload(name, FLOAT32, "lstm", true, 32, 1, 40, 100, 100, 17, 20_000, true);
    }
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "workload %s: expected one of %s, or other numbers B x T x M x D in that form"
              .formatted(name, NAMES));
    }
    String kind = form.group(2) == null ? "" : form.group(2);
    int longest = Integer.parseInt(form.group(4));
    return new Workload(
        name,
        form.group(1) == null ? FLOAT32 : BF16,
        kind.equals("gru") || kind.equals("srn") ? kind : "lstm",
        kind.equals("bidirectional"),
        Integer.parseInt(form.group(3)),
        kind.startsWith("ragged") ? 1 : longest,
        longest,
        Integer.parseInt(form.group(5)),
        Integer.parseInt(form.group(6)),
        50,
        0,
        kind.equals("ragged-bucketed"));
  }

  /** The words by which programs in other languages are told. */
  List<String> words() {
    return List.of(
        "cell=" + cell,
        "bidirectional=" + bidirectional,
        "batch=" + batch,
        "shortest=" + shortest,
        "longest=" + longest,
        "inputs=" + inputs,
        "hidden=" + hidden,
        "classes=" + classes,
        "vocabulary=" + vocabulary,
        "order=" + (bucketed ? "bucketed" : "random"),
        "precision=" + precision);
  }

  boolean ragged() {
    return shortest < longest;
  }
}
