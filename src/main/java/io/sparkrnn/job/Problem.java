package io.sparkrnn.job;

import com.typesafe.config.ConfigException;
import io.sparkrnn.error.ConfigurationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing wrong in a job file.
 *
 * @param place where
 * @param message which key, what was expected, what was found, the remedy; one line
 */
record Problem(Place place, String message) implements Comparable<Problem> {
  private static final Pattern WORDED = Pattern.compile("(?s)(.+?: \\d+(?:-\\d+)?): (.*)");

  /** A syntax error in the words of the config library, less its advice for other file formats. */
  static Problem of(ConfigException error, String source) {
    String text = String.valueOf(error.getMessage());
    Matcher worded = WORDED.matcher(text);
    Place place = worded.matches() ? Place.of(worded.group(1)) : new Place(source, 0);
    String message = worded.matches() ? worded.group(2) : text;
    int advice = message.indexOf(" (if you ");
    String sentence = advice < 0 ? message : message.substring(0, advice);
    return new Problem(place, "syntax: " + sentence.replace('\n', ' '));
  }

  /** One failure for all problems, one line each, in the order of the file. */
  static ConfigurationException failure(List<Problem> problems) {
    return new ConfigurationException(
        problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
  }

  @Override
  public int compareTo(Problem other) {
    int byPlace = place.compareTo(other.place);
    return byPlace != 0 ? byPlace : message.compareTo(other.message);
  }

  @Override
  public String toString() {
    return place + ": " + message;
  }
}
