package io.sparkrnn.ml;

import io.sparkrnn.ml.Forecaster.Forecast;
import io.sparkrnn.ml.Forecaster.Origin;
import io.sparkrnn.spark.HadoopStorage;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of one description that were trained apart, and the mean of what they forecast: where
 * their errors differ by chance it has a smaller one than they have (Hansen and Salamon 1990).
 *
 * <p>The first member stands in the model folder where a lone network would, the others in {@code
 * member-2}, {@code member-3}, … in it.
 *
 * @param members M of them, at least two
 */
record LearntEnsemble(ArrayList<LearntNetwork> members) implements Learnt {

  private static final String FOLDER = "member-";

  @Override
  public Forecaster forecaster(ForecastEncoding encoding, String backend) {
    List<Forecaster> each = new ArrayList<>();
    members.forEach(member -> each.add(member.forecaster(encoding, backend)));
    return origins -> mean(each, origins);
  }

  private static List<Forecast> mean(List<Forecaster> members, List<Origin> origins) {
    List<List<Forecast>> all = new ArrayList<>();
    members.forEach(member -> all.add(member.forecast(origins)));
    List<Forecast> means = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      int origin = i;
      means.add(Forecast.mean(all.stream().map(own -> own.get(origin)).toList()));
    }
    return means;
  }

  @Override
  public String summary() {
    return "mean of %d networks: %s".formatted(members.size(), members.get(0).summary());
  }

  @Override
  public void write(HadoopStorage folder) {
    members.get(0).write(folder);
    for (int member = 2; member <= members.size(); member++) {
      members.get(member - 1).write(folder.child(FOLDER + member));
    }
  }

  /** Reads one network, or an ensemble of them. */
  static Learnt read(HadoopStorage folder, int members) {
    ArrayList<LearntNetwork> networks = new ArrayList<>(List.of(LearntNetwork.read(folder)));
    for (int member = 2; member <= members; member++) {
      networks.add(LearntNetwork.read(folder.child(FOLDER + member)));
    }
    return of(networks);
  }

  /** One network as it is, more of them as an ensemble. */
  static Learnt of(List<LearntNetwork> networks) {
    return networks.size() == 1 ? networks.get(0) : new LearntEnsemble(new ArrayList<>(networks));
  }
}
