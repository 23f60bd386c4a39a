package io.sparkrnn.ml;

import io.sparkrnn.math.Backend;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.network.LanguageDescription;
import io.sparkrnn.network.Sampling;
import io.sparkrnn.network.TokenGenerator;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes text as a language model would go on with a prompt. Needs no Spark session. The arithmetic
 * is plain Java: the same model, seed and prompt give the same text on any machine.
 */
public final class TextGenerator {

  private final LanguageEncoding encoding;
  private final LanguageDescription network;
  private final float[] parameters;

  TextGenerator(LanguageEncoding encoding, LanguageDescription network, float[] parameters) {
    this.encoding = encoding;
    this.network = network;
    this.parameters = parameters;
  }

  /**
   * Reads the folder of a language model.
   *
   * @throws io.sparkrnn.error.DataException if there is none, or it holds something else
   */
  public static TextGenerator of(HadoopStorage folder) {
    LanguageContent content = LanguageFolder.content(folder);
    return new TextGenerator(content.encoding(), content.network(), content.parameters());
  }

  /**
   * What to write.
   *
   * @param prompt that the text goes on with; it is not written again
   * @param length tokens at most; fewer where the model ends the document
   * @param sampling how each is chosen
   * @param stops texts before which it ends
   * @param seed of the choices
   */
  public record Request(
      String prompt, int length, Sampling sampling, List<String> stops, long seed) {
    /** Keeps a copy of the list. */
    public Request {
      stops = List.copyOf(stops);
    }
  }

  /** Hands out the text piece by piece, as soon as it is certain that no stop begins in it. */
  public void write(Request request, Consumer<String> out) {
    StoppedText text = new StoppedText(request.stops, out);
    boolean[] began = {!request.prompt.isEmpty()};
    generate(
        List.of(request),
        (sequence, token) -> {
          if (isBoundary(token)) {
            return false;
          }
          String separator = began[0] ? encoding.tokens().separator() : "";
          began[0] = true;
          return text.add(separator + encoding.vocabulary().term(token));
        });
    text.end();
  }

  /**
   * Several texts at once, all of one length, sampling and seed but each with random numbers of its
   * own.
   *
   * @param prompts of the texts
   * @param request for all; its prompt is not used
   * @return the continuations in the order of the prompts
   */
  public List<String> continuations(List<String> prompts, Request request) {
    List<StringBuilder> texts = new ArrayList<>();
    List<StoppedText> stopped = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (String prompt : prompts) {
      StringBuilder text = new StringBuilder();
      texts.add(text);
      stopped.add(new StoppedText(request.stops, text::append));
      requests.add(
          new Request(prompt, request.length, request.sampling, request.stops, request.seed));
    }
    boolean[] began = new boolean[prompts.size()];
    generate(
        requests,
        (sequence, token) -> {
          if (isBoundary(token)) {
            return false;
          }
          boolean first = !began[sequence] && prompts.get(sequence).isEmpty();
          began[sequence] = true;
          String separator = first ? "" : encoding.tokens().separator();
          return stopped.get(sequence).add(separator + encoding.vocabulary().term(token));
        });
    stopped.forEach(StoppedText::end);
    return texts.stream().map(StringBuilder::toString).toList();
  }

  /** The sample of an epoch, with its prompt. */
  String sample(LanguageSettings.Sample sample, long seed) {
    Request request =
        new Request(
            sample.prompt(),
            sample.length(),
            Sampling.ofTemperature(sample.temperature()),
            List.of(),
            seed);
    StringBuilder text = new StringBuilder(sample.prompt());
    write(request, text::append);
    return text.toString();
  }

  private boolean isBoundary(int token) {
    return encoding.boundaries() && token == LanguageEncoding.BOUNDARY_ID;
  }

  private void generate(List<Request> requests, TokenGenerator.Receiver receiver) {
    int[] unknown = {0};
    List<int[]> beginnings = new ArrayList<>();
    requests.forEach(request -> beginnings.add(encoding.beginning(request.prompt)));
    Request first = requests.get(0);
    RandomKey key = RandomKey.ofSeed(first.seed).child("text");
    try (TokenGenerator generator =
        new TokenGenerator(network.build(), parameters, unknown, Backend.gemm(Backend.JAVA))) {
      generator.generate(beginnings, first.length, first.sampling, key, receiver);
    }
  }
}
