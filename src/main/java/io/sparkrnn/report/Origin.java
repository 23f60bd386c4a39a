package io.sparkrnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the model comes from and how to make it again.
 *
 * @param provenance the whole tree
 */
record Origin(JsonNode provenance) {
  private static final Set<String> SHOWN_ELSEWHERE =
      Set.of("title", "task", "metric", "notes", "command", "job");

  /** What the page is about. */
  String title() {
    return text("title").or(() -> text("task")).orElse("Trained network");
  }

  /** The score training was selected by. */
  Optional<String> metric() {
    return text("metric");
  }

  /** Networks that were trained for the model: those of an ensemble, or one. */
  int networks() {
    return Math.max(1, provenance.path("members").size());
  }

  /** One line: task, network, parameters, partitions, seed. */
  String description() {
    List<String> parts = new ArrayList<>();
    text("title").ifPresent(title -> text("task").ifPresent(parts::add));
    text("network").ifPresent(parts::add);
    number("parameters").ifPresent(count -> parts.add(count + " parameters"));
    number("partitions")
        .ifPresent(count -> parts.add(count + (count.equals("1") ? " partition" : " partitions")));
    text("seed").ifPresent(seed -> parts.add("seed " + seed));
    return String.join(" · ", parts);
  }

  /** What the author of the run wants said beside the scores. */
  List<Element> notes() {
    JsonNode notes = provenance.path("notes");
    return (notes.isArray() ? Trees.elements(notes) : List.of(notes))
        .stream()
            .flatMap(note -> Trees.text(note).stream())
            .map(note -> Html.note("note", note))
            .toList();
  }

  /** Everything known about the run, how to run it again, and the effective job file. */
  Element section() {
    List<List<Element>> rows = new ArrayList<>();
    facts().forEach((name, value) -> rows.add(List.of(Html.rowName(name), Html.cell(value))));
    Element section = Html.section("Where this model comes from");
    if (!rows.isEmpty()) {
      section.add(Html.table("facts", List.of("", ""), rows));
    }
    Optional<String> job = text("job");
    section.add(Html.text("h3", "How to make it again"), reproduce(job.isPresent()));
    text("command").ifPresent(command -> section.add(Html.text("pre", command)));
    job.ifPresent(
        file ->
            section.add(
                new Element("details")
                    .add(Html.text("summary", "Effective job file"), Html.text("pre", file))));
    return section;
  }

  private Element reproduce(boolean hasJob) {
    String how =
        text("command").isPresent()
            ? "Run the command below."
            : hasJob
                ? "Save the effective job file below as job.conf and run "
                    + "scripts/spark-rnn train job.conf with a new output.model."
                : "Run the job file of this model again.";
    return Html.note(
        "hint",
        how
            + " The same data, seed, number of partitions and arithmetic backend give the same"
            + " parameters to the byte, whatever the number of executors and cores.");
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    Trees.fields(provenance)
        .forEach(
            (name, node) -> {
              if (!SHOWN_ELSEWHERE.contains(name)) {
                String value = name.equals("parameters") ? number(name).orElse("") : show(node);
                if (!value.isBlank()) {
                  facts.put(name, value);
                }
              }
            });
    took().ifPresent(time -> facts.put("took", time));
    return facts;
  }

  private Optional<String> took() {
    try {
      Optional<Instant> started = text("started").map(Instant::parse);
      Optional<Instant> finished = text("finished").map(Instant::parse);
      return started.flatMap(
          from ->
              finished.map(to -> Numbers.duration(Duration.between(from, to).toMillis() / 1000.0)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String field) {
    return Trees.text(provenance.path(field));
  }

  private Optional<String> number(String field) {
    JsonNode node = provenance.path(field);
    return node.isNumber() ? Optional.of(Numbers.whole(node.doubleValue())) : text(field);
  }

  private static String show(JsonNode node) {
    if (node.isArray()) {
      return Trees.elements(node).stream().map(Origin::show).collect(Collectors.joining(", "));
    }
    if (node.isObject()) {
      return Trees.fields(node).entrySet().stream()
          .map(field -> field.getKey() + " " + show(field.getValue()))
          .collect(Collectors.joining(", "));
    }
    return Trees.text(node).orElse("");
  }
}
