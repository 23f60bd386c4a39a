import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes the pairs of texts of translation/, from fixed seeds:
 *
 * <pre>
 * copy      letters a to j as they are
 * reverse   the same backward
 * dates     a date as people write it → year-month-day
 * </pre>
 *
 * Usage, in the project's folder: {@code java data/GenerateTranslations.java [FOLDER]}; the same
 * bytes are written each time. Of copy and reverse, train, validation and test hold
 * texts of 3 to 10 letters, long those of 11 to 20; no text is in two files. Of dates no day is in
 * two files, whatever the form.
 */
public final class GenerateTranslations {

  /** One pair. */
  private record Pair(String source, String target) {}

  private final Path folder;

  private GenerateTranslations(Path folder) {
    this.folder = folder;
  }

  /** Writes all files below the folder named by the first argument, or {@code data}. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments.length > 0 ? arguments[0] : "data");
    GenerateTranslations to = new GenerateTranslations(data.resolve("translation"));
    to.letters("copy", 1, text -> text);
    to.letters("reverse", 2, text -> new StringBuilder(text).reverse().toString());
    to.dates(new Random(3));
  }

  private void letters(String name, long seed, UnaryOperator<String> target)
      throws IOException {
    Random random = new Random(seed);
    Set<String> used = new HashSet<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("train", 6000);
    sizes.put("validation", 500);
    sizes.put("test", 1000);
    for (Map.Entry<String, Integer> part : sizes.entrySet()) {
      write(name, part.getKey(), texts(random, used, part.getValue(), 3, 10), target);
    }
    write(name, "long", texts(random, used, 500, 11, 20), target);
  }

  private static List<String> texts(
      Random random, Set<String> used, int count, int shortest, int longest) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      int length = shortest + random.nextInt(longest - shortest + 1);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) ('a' + random.nextInt(10)));
      }
      if (used.add(text.toString())) {
        texts.add(text.toString());
      }
    }
    return texts;
  }

  private void write(
      String name, String part, List<String> texts, UnaryOperator<String> target)
      throws IOException {
    write(name, part, texts.stream().map(text -> new Pair(text, target.apply(text))).toList());
  }

  private void dates(Random random) throws IOException {
    long first = LocalDate.of(1900, 1, 1).toEpochDay();
    long last = LocalDate.of(2099, 12, 31).toEpochDay();
    List<Long> days = new ArrayList<>();
    for (long day = first; day <= last; day++) {
      days.add(day);
    }
    Collections.shuffle(days, random);
    write("dates", "train", dates(random, days.subList(0, 10000)));
    write("dates", "validation", dates(random, days.subList(10000, 11000)));
    write("dates", "test", dates(random, days.subList(11000, 13000)));
  }

  private static List<Pair> dates(Random random, List<Long> days) {
    List<Pair> pairs = new ArrayList<>();
    for (long day : days) {
      LocalDate date = LocalDate.ofEpochDay(day);
      pairs.add(new Pair(written(random, date), date.toString()));
    }
    return pairs;
  }

  private static String written(Random random, LocalDate date) {
    String weekday = date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    String ordinal = date.getDayOfMonth() + suffix(date.getDayOfMonth());
    return switch (random.nextInt(10)) {
      case 0 -> format(date, "MMMM d, yyyy");
      case 1 -> format(date, "d MMM yyyy");
      case 2 -> format(date, "d MMMM yyyy");
      case 3 -> weekday + ", " + format(date, "d MMMM yyyy");
      case 4 -> weekday + " " + format(date, "MMM d, yyyy");
      case 5 -> "the " + ordinal + " of " + format(date, "MMMM yyyy");
      case 6 -> format(date, "MMMM ") + ordinal + format(date, " yyyy");
      case 7 -> format(date, "d.M.yyyy"); // day first between full stops
      case 8 -> format(date, "M/d/yyyy"); // month first between strokes
      default -> format(date, "yyyyMMdd");
    };
  }

  private static String format(LocalDate date, String pattern) {
    return date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  private static String suffix(int day) {
    if (day >= 11 && day <= 13) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }

  private void write(String name, String part, List<Pair> pairs) throws IOException {
    Path file = folder.resolve(name).resolve(part + ".tsv");
    Files.createDirectories(file.getParent());
    StringBuilder text = new StringBuilder();
    for (Pair pair : pairs) {
      text.append(pair.source).append('\t').append(pair.target).append('\n');
    }
    Files.writeString(file, text);
  }
}
