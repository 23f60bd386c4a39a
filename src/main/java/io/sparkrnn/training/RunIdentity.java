package io.sparkrnn.training;

import io.sparkrnn.math.RandomKey;
import io.sparkrnn.parameter.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What decides the bytes that a training ends in. A checkpoint of another identity is of another
 * training.
 *
 * @param configuration what was set, by key
 * @param layout names and shapes of the parameters
 * @param shards P
 * @param data size and content of the training data
 * @param validation size and content of the validation data
 */
public record RunIdentity(
    Map<String, String> configuration,
    List<String> layout,
    int shards,
    String data,
    String validation) {

  private static final String NONE = "none";

  /** Copies what it is given. */
  public RunIdentity {
    configuration = new TreeMap<>(configuration);
    layout = List.copyOf(layout);
  }

  /** The identity of a training on these shards. */
  static RunIdentity of(
      Map<String, String> configuration,
      ParameterLayout layout,
      Shards<?> train,
      Optional<? extends Shards<?>> validation) {
    return new RunIdentity(
        configuration,
        layout.describe(),
        train.count(),
        content(train),
        validation.map(RunIdentity::content).orElse(NONE));
  }

  /**
   * How this one differs from that of a checkpoint, in words; empty if it does not.
   *
   * @param kept of the checkpoint
   */
  List<String> differences(RunIdentity kept) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(configuration.keySet());
    keys.addAll(kept.configuration.keySet());
    for (String key : keys) {
      compare(
          key,
          configuration.getOrDefault(key, NONE),
          kept.configuration.getOrDefault(key, NONE),
          differences);
    }
    for (int i = 0; i < Math.max(layout.size(), kept.layout.size()); i++) {
      String here = i < layout.size() ? layout.get(i) : NONE;
      String there = i < kept.layout.size() ? kept.layout.get(i) : NONE;
      compare("parameter " + (i + 1), here, there, differences);
    }
    compare("partitions", Integer.toString(shards), Integer.toString(kept.shards), differences);
    compare("training data", data, kept.data, differences);
    compare("validation data", validation, kept.validation, differences);
    return differences;
  }

  private static void compare(String what, String here, String there, List<String> differences) {
    if (!here.equals(there)) {
      differences.add("%s: %s here, %s there".formatted(what, here, there));
    }
  }

  /** Sequences and steps for people, and 64 bits over the content of every shard in its order. */
  private static String content(Shards<?> shards) {
    RandomKey key = RandomKey.ofSeed(shards.count());
    for (ShardInfo info : shards.infos()) {
      key = key.child(info.items()).child(info.steps()).child(info.hash());
    }
    return "%d sequences of %d time steps, content %016x"
        .formatted(shards.items(), shards.steps(), key.state());
  }
}
