package io.sparkrnn.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user may choose on the command line of a benchmark of trainings.
 *
 * @param repeats turns of every contestant
 * @param seconds the least a turn lasts; ours finish their round
 * @param miniBatches of every shard in a round
 * @param only ours, pytorch, deeplearning4j: who takes part; all if empty
 * @param settings keys of a job file for ours, key=value
 * @param rest words that are no options
 */
record Options(
    int repeats,
    double seconds,
    int miniBatches,
    List<String> only,
    List<String> settings,
    List<String> rest) {

  private static final int REPEATS = 5;
  private static final double SECONDS = 4;
  private static final int MINI_BATCHES = 200;

  static Options of(List<String> words) {
    Options options =
        new Options(
            REPEATS, SECONDS, MINI_BATCHES, List.of(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        options.rest.add(word);
      } else if (word.equals("--quick")) {
        options = new Options(3, 2, 20, options.only, options.settings, options.rest);
      } else if (i + 1 < words.size()) {
        options = options.with(word, words.get(++i));
      } else {
        throw new IllegalArgumentException(word + " needs a value");
      }
    }
    return options;
  }

  private Options with(String name, String value) {
    switch (name) {
      case "--repeats":
        return new Options(Integer.parseInt(value), seconds, miniBatches, only, settings, rest);
      case "--seconds":
        return new Options(repeats, Double.parseDouble(value), miniBatches, only, settings, rest);
      case "--mini-batches":
        return new Options(repeats, seconds, Integer.parseInt(value), only, settings, rest);
      case "--only":
        return new Options(
            repeats, seconds, miniBatches, List.of(value.split(",")), settings, rest);
      case "--set":
        settings.add(value);
        return this;
      default:
        throw new IllegalArgumentException(
            "option %s: expected --quick, --repeats, --seconds, --mini-batches, --only or --set"
                .formatted(name));
    }
  }

  boolean wants(String contestant) {
    return only.isEmpty() || only.contains(contestant);
  }
}
