package io.sparkrnn.training;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.error.DataException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of one training in one folder, {@code checkpoint-} and the rounds done. Each is
 * written beside its place, summed, closed and renamed; then the oldest are removed. A driver
 * killed at any moment leaves whole checkpoints and at most a hidden folder, which the next run
 * removes.
 */
public final class CheckpointFolder implements Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String NAME = "checkpoint-";
  private static final String UNFINISHED = "_";
  private static final String MEMBER = "member-";

  private final Storage folder;
  private final CheckpointSettings settings;
  private final RunIdentity identity;
  private final LongSupplier nanoTime;
  private Optional<TrainingProgress> kept = Optional.empty();
  private long keptAt;

  /**
   * Opens a folder, which need not exist.
   *
   * @param nanoTime a clock
   */
  CheckpointFolder(
      Storage folder, CheckpointSettings settings, RunIdentity identity, LongSupplier nanoTime) {
    this.folder = folder;
    this.settings = settings;
    this.identity = identity;
    this.nanoTime = nanoTime;
  }

  /**
   * Checkpoints in a folder, whatever the training.
   *
   * @param configuration what decides the result, by key
   */
  public static Plan plan(
      Storage folder, CheckpointSettings settings, Map<String, String> configuration) {
    return (layout, train, validation) ->
        new CheckpointFolder(
            folder,
            settings,
            RunIdentity.of(configuration, layout, train, validation),
            System::nanoTime);
  }

  /** The folder of a further network that is trained with the first; discarded with its folder. */
  public static String ofMember(String folder, int member) {
    return folder + "/" + MEMBER + member;
  }

  /**
   * Removes the checkpoints of a training that is done, and their folder if nothing else is in it.
   */
  public static void discard(Storage folder) {
    List<String> names = folder.names();
    for (String name : names) {
      if (isOurs(name)) {
        folder.child(name).delete();
      }
    }
    if (names.stream().allMatch(CheckpointFolder::isOurs)) {
      folder.delete();
    }
  }

  @Override
  public TrainingProgress begin(TrainingProgress first) {
    List<String> newest = newestFirst();
    if (!settings.resume() && !newest.isEmpty()) {
      throw new ConfigurationException(
          "checkpoint.folder: %s holds checkpoints of an earlier training, the newest %s; go on from it by checkpoint.resume = true (train --resume), or remove them, or choose another folder"
              .formatted(folder.location(), newest.get(0)));
    }
    folder.names().stream()
        .filter(name -> name.startsWith(UNFINISHED + NAME))
        .forEach(name -> folder.child(name).delete());
    kept = newestSound(newest);
    keptAt = nanoTime.getAsLong();
    if (kept.isEmpty()) {
      write(first);
    } else {
      removeOld(newest.indexOf(name(kept.get())), newest);
    }
    return kept.orElse(first);
  }

  @Override
  public Optional<String> offer(TrainingProgress progress) {
    long rounds = progress.state().rounds() - kept.map(last -> last.state().rounds()).orElse(0L);
    double minutes = (nanoTime.getAsLong() - keptAt) / 60e9;
    boolean due =
        (settings.rounds() > 0 && Math.abs(rounds) >= settings.rounds())
            || (settings.minutes() > 0 && minutes >= settings.minutes());
    return due ? keep(progress) : Optional.empty();
  }

  @Override
  public Optional<String> keep(TrainingProgress progress) {
    if (kept.filter(last -> last == progress).isPresent()) {
      return Optional.empty();
    }
    try {
      write(progress);
      return Optional.empty();
    } catch (UncheckedIOException e) {
      keptAt = nanoTime.getAsLong();
      LOG.debug("no checkpoint could be written", e);
      return Optional.of(
          "no checkpoint could be written in %s after %d rounds (%s); training goes on, and a later one may be"
              .formatted(folder.location(), progress.state().rounds(), e.getCause().getMessage()));
    }
  }

  private void write(TrainingProgress progress) {
    String name = name(progress);
    Storage unfinished = folder.child(UNFINISHED + name);
    unfinished.delete();
    new CheckpointFile(identity, progress).write(unfinished);
    unfinished.moveTo(folder.child(name), true);
    kept = Optional.of(progress);
    keptAt = nanoTime.getAsLong();
    removeOthers(name);
  }

  @Override
  public String remedy() {
    return "; the last good state is kept in %s, from which --resume goes on with training.divergence = rollback or skip"
        .formatted(folder.location());
  }

  private Optional<TrainingProgress> newestSound(List<String> newest) {
    for (String name : newest) {
      Optional<CheckpointFile> file = sound(name);
      if (file.isPresent()) {
        require(name, file.get().identity());
        return Optional.of(file.get().progress());
      }
    }
    if (!newest.isEmpty()) {
      LOG.warn("no checkpoint in {} is sound: training begins at the beginning", folder.location());
    }
    return Optional.empty();
  }

  private Optional<CheckpointFile> sound(String name) {
    try {
      return Optional.of(CheckpointFile.read(folder.child(name)));
    } catch (DataException e) {
      LOG.warn(
          "{} in {} is damaged and passed over for the one before: {}",
          name,
          folder.location(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private void require(String name, RunIdentity found) {
    List<String> differences = identity.differences(found);
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          "checkpoint.folder: %s in %s is of another training: %s; make them agree, or choose another folder"
              .formatted(name, folder.location(), String.join("; ", differences)));
    }
  }

  /** Those newer than the one just written are damaged, or of steps that were rolled back. */
  private void removeOthers(String written) {
    List<String> newest = newestFirst();
    int at = newest.indexOf(written);
    newest.subList(0, at).forEach(name -> folder.child(name).delete());
    removeOld(at, newest);
  }

  /** All but so many, the one at a place and those before it. */
  private void removeOld(int at, List<String> newest) {
    newest.stream().skip(at + (long) settings.keep()).forEach(name -> folder.child(name).delete());
  }

  private static String name(TrainingProgress progress) {
    return NAME + "%09d".formatted(progress.state().rounds());
  }

  private List<String> newestFirst() {
    return folder.names().stream()
        .filter(name -> name.matches(NAME + "\\d+"))
        .sorted(
            Comparator.comparingLong((String name) -> Long.parseLong(name.substring(NAME.length())))
                .reversed())
        .toList();
  }

  private static boolean isOurs(String name) {
    return name.matches(UNFINISHED + "?" + NAME + "\\d+(\\..*)?") || name.matches(MEMBER + "\\d+");
  }
}
