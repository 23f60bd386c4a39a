package io.sparkrnn.ml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.math.RandomKey;
import io.sparkrnn.objective.ObjectiveDescription;
import io.sparkrnn.setting.Values;
import io.sparkrnn.spark.SparkShards;
import io.sparkrnn.training.CheckpointFolder;
import io.sparkrnn.training.CheckpointSettings;
import io.sparkrnn.training.TrainingListener;
import io.sparkrnn.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains the networks of an ensemble one after the other, on the same windows, each from random
 * numbers of its own. The first has the seed of the settings: it is the network that would be
 * trained alone. The others keep their checkpoints in folders of their own within the first's.
 *
 * @param context where the shards are
 * @param values of all settings
 * @param backend resolved name of the arithmetic
 * @param listener hears of each epoch of each network
 */
record MemberTraining(
    JavaSparkContext context, Values values, String backend, TrainingListener listener) {

  /**
   * All networks, and the history of the first; the provenance has a list of all in {@code
   * members}.
   */
  record Trained(List<float[]> parameters, TrainingSummary summary) {}

  Trained on(
      int members,
      ObjectiveDescription objective,
      SparkShards train,
      Optional<SparkShards> validation) {
    List<NetworkTraining.Trained> all = new ArrayList<>();
    for (int member = 1; member <= members; member++) {
      all.add(training(member).on(objective, train, validation));
    }
    TrainingSummary first = all.get(0).summary();
    return new Trained(
        all.stream().map(NetworkTraining.Trained::parameters).toList(),
        members == 1 ? first : new TrainingSummary(first.history(), provenance(all)));
  }

  private NetworkTraining training(int member) {
    Values own = values.with(TrainingSettings.SEED, seed(member));
    String folder = own.get(CheckpointSettings.FOLDER);
    Values apart =
        member == 1 || folder.isEmpty()
            ? own
            : own.with(CheckpointSettings.FOLDER, CheckpointFolder.ofMember(folder, member));
    return NetworkTraining.of(context, apart, backend, listener);
  }

  private long seed(int member) {
    long seed = values.get(TrainingSettings.SEED);
    return member == 1 ? seed : RandomKey.ofSeed(seed).child("member").child(member).state();
  }

  private static String provenance(List<NetworkTraining.Trained> all) {
    ObjectNode node = all.get(0).summary().provenanceTree();
    String network = node.path("network").asText();
    node.put("network", "mean of %d networks: %s".formatted(all.size(), network));
    node.put("parameters", all.stream().mapToInt(one -> one.parameters().length).sum());
    ArrayNode members = node.putArray("members");
    for (NetworkTraining.Trained one : all) {
      ObjectNode own = one.summary().provenanceTree();
      ObjectNode member = members.addObject();
      List.of("seed", "bestEpoch", "epochs").forEach(name -> member.set(name, own.get(name)));
    }
    return node.toString();
  }
}
