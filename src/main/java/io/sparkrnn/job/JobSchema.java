package io.sparkrnn.job;

import io.sparkrnn.setting.NearestName;
import io.sparkrnn.setting.Settings;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys a job file may hold.
 *
 * @param settings the typed keys
 * @param blocks paths of blocks whose content is free: {@code data.train.options}
 */
public record JobSchema(Settings settings, List<String> blocks) {
  /** Rejects a block that holds a typed key. */
  public JobSchema {
    blocks = List.copyOf(blocks);
    for (String key : settings.keys()) {
      if (isWithin(blocks, key)) {
        throw new IllegalArgumentException("the free block around " + key + " hides this key");
      }
    }
  }

  /** Whether the path is a free block or lies within one. */
  boolean isFree(String path) {
    return isWithin(blocks, path);
  }

  private static boolean isWithin(List<String> blocks, String path) {
    return blocks.stream().anyMatch(block -> path.equals(block) || path.startsWith(block + "."));
  }

  /** Whether typed keys or free blocks lie below the path. */
  boolean isParent(String path) {
    return known().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  /** The key a user who wrote {@code unknown} probably meant. */
  Optional<String> nearestKey(String unknown) {
    return NearestName.of(unknown, known());
  }

  /** The block a user who wrote {@code unknown} probably meant: a free one or one of keys. */
  Optional<String> nearestBlock(String unknown) {
    Collection<String> candidates = new LinkedHashSet<>(blocks);
    for (String key : known()) {
      for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
        candidates.add(key.substring(0, dot));
      }
    }
    candidates.removeIf(candidate -> segments(candidate) != segments(unknown));
    return NearestName.of(unknown, candidates);
  }

  private Set<String> known() {
    Set<String> known = settings.keys();
    known.addAll(blocks);
    return known;
  }

  private static long segments(String path) {
    return path.chars().filter(c -> c == '.').count();
  }
}
