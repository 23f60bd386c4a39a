package io.sparkrnn.job;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value was written.
 *
 * @param source location of the job file, or {@code --set key=value}
 * @param line counted from 1, or 0 if the source has no lines
 */
record Place(String source, int line) implements Comparable<Place> {
  /** How every origin of a command-line assignment begins. */
  static final String ASSIGNMENT = "--set ";

  /** How the config library words a place: "jobs/x.conf: 7", "jobs/x.conf: 7-9". */
  private static final Pattern WORDED = Pattern.compile("(?s)(.*): (\\d+)(-\\d+)?");

  private static final Pattern LEADING = Pattern.compile("(?s)(\\S+:\\d+|--set .*): .*");

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::isAssignment)
          .thenComparing(Place::source)
          .thenComparing(Place::line);

  static Place of(ConfigOrigin origin) {
    return of(origin.description());
  }

  static Place of(String description) {
    Matcher worded = WORDED.matcher(description);
    if (!worded.matches()) {
      return new Place(description, 0);
    }
    String source = worded.group(1);
    boolean isAssignment = source.startsWith(ASSIGNMENT);
    return new Place(source, isAssignment ? 0 : Integer.parseInt(worded.group(2)));
  }

  /** Whether a message begins with a place. */
  static boolean leads(String message) {
    return LEADING.matcher(message).matches();
  }

  boolean isAssignment() {
    return source.startsWith(ASSIGNMENT);
  }

  /** Whether it points at one line or one argument, and not at a merge of several. */
  boolean isExact() {
    return line > 0 || isAssignment();
  }

  /** The one that is read first. */
  Place orEarlier(Place other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** In the order of reading: files before the command line, then by line. */
  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
