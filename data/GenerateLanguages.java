import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes strings of three languages of finite automata, on which a network without memory must
 * fail: what may follow depends on the state, and the state on the whole past.
 *
 * <p>Usage, in the project's folder: {@code java data/GenerateLanguages.java [FOLDER]}, where
 * FOLDER is {@code data} unless given. The same bytes are written each time. Each language has a
 * folder with {@code train.jsonl}, {@code validation.jsonl}, {@code test.jsonl} and {@code
 * long.jsonl}. Training strings repeat as they are drawn, so that every legal successor is as
 * frequent as its probability says; the others are all different and unseen in training. Those of
 * {@code long} are about ten times as long as those of {@code train} in the mean. A line is a JSON
 * object: {@code id}; {@code tokens}, the string; {@code successors}, after each token the symbols
 * that may follow, as one text in alphabetical order; {@code labels}, see below.
 *
 * <p><b>reber</b> (Reber 1967; Cleeremans, Servan-Schreiber and McClelland 1989):
 *
 * <pre>
 *   0: B→1         1: T→2 P→3     2: S→2 X→4     3: T→3 V→5
 *   4: X→3 S→6     5: P→4 V→6     6: E→end
 * </pre>
 *
 * <p><b>embedded-reber</b> (Fahlman 1991; Hochreiter and Schmidhuber 1997): B, then T or P, then a
 * whole string of the Reber grammar, then the <i>same</i> T or P again, then E. The second symbol
 * must be kept through a string of any length.
 *
 * <p>In both grammars each choice is a fair coin, the last symbol E is no token, and {@code labels}
 * are the symbols that did follow.
 *
 * <p><b>automaton</b>: a opens a bracket, c closes one, b is any text between; brackets nest at
 * most three deep. {@code labels} are the states reached (how many brackets are open), which b
 * keeps for ever: no number of past symbols tells the state. Each symbol allowed is as likely as
 * another.
 *
 * <pre>
 *         a    b    c
 *   q0    q1   q0   –
 *   q1    q2   q1   q0
 *   q2    q3   q2   q1
 *   q3    –    q3   q2
 * </pre>
 */
public final class GenerateLanguages {
  private static final long SEED = 20260101L;
  private static final int TRAIN = 2000;
  private static final int VALIDATION = 200;
  private static final int TEST = 200;
  private static final int LONG = 100;
  private static final int LONGER = 10;

  private GenerateLanguages() {}

  /** Writes all languages below the folder named by the first argument, or {@code data}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "data");
    write(folder.resolve("reber"), grammar(reber()), SEED + 1);
    write(folder.resolve("embedded-reber"), grammar(embeddedReber()), SEED + 2);
    write(folder.resolve("automaton"), withStates(nestedBrackets()), SEED + 3);
  }

  /** For each state the symbols allowed in it, in alphabetical order, and where they lead. */
  private record Automaton(List<SortedMap<Character, Integer>> transitions, int end) {
    static Automaton of(int states, int end) {
      return new Automaton(
          IntStream.range(0, states)
              .<SortedMap<Character, Integer>>mapToObj(state -> new TreeMap<>())
              .toList(),
          end);
    }

    Automaton with(int from, char symbol, int to) {
      transitions.get(from).put(symbol, to);
      return this;
    }

    /** The states before the string and after each of its symbols. */
    int[] states(String string) {
      int[] states = new int[string.length() + 1];
      for (int t = 0; t < string.length(); t++) {
        states[t + 1] = transitions.get(states[t]).get(string.charAt(t));
      }
      return states;
    }

    String successors(int state) {
      return transitions.get(state).keySet().stream()
          .map(String::valueOf)
          .collect(Collectors.joining());
    }

    /** A string from state 0 to the end, each choice equally likely. */
    String draw(SplittableRandom random) {
      StringBuilder string = new StringBuilder();
      for (int state = 0; state != end; ) {
        char symbol = choice(transitions.get(state).keySet(), random);
        string.append(symbol);
        state = transitions.get(state).get(symbol);
      }
      return string.toString();
    }

    /**
     * A string of that length that ends at the end; choices that still lead there are equally
     * likely.
     */
    String draw(int length, SplittableRandom random) {
      boolean[][] ends = new boolean[length + 1][transitions.size()];
      ends[0][end] = true;
      for (int left = 1; left <= length; left++) {
        for (int state = 0; state < transitions.size(); state++) {
          for (int next : transitions.get(state).values()) {
            ends[left][state] |= ends[left - 1][next];
          }
        }
      }
      StringBuilder string = new StringBuilder();
      int state = 0;
      for (int left = length; left > 0; left--) {
        boolean[] possible = ends[left - 1];
        Map<Character, Integer> here = transitions.get(state);
        Set<Character> symbols = new TreeSet<>(here.keySet());
        symbols.removeIf(symbol -> !possible[here.get(symbol)]);
        char symbol = choice(symbols, random);
        string.append(symbol);
        state = here.get(symbol);
      }
      return string.toString();
    }

    /** A string of that length that may end anywhere. */
    String walk(int length, SplittableRandom random) {
      StringBuilder string = new StringBuilder();
      int state = 0;
      while (string.length() < length) {
        char symbol = choice(transitions.get(state).keySet(), random);
        string.append(symbol);
        state = transitions.get(state).get(symbol);
      }
      return string.toString();
    }

    private static char choice(Set<Character> symbols, SplittableRandom random) {
      return List.copyOf(symbols).get(random.nextInt(symbols.size()));
    }
  }

  private static Automaton reber() {
    return reberFrom(Automaton.of(8, 7), 0);
  }

  /** Adds the seven states of the Reber grammar from {@code first} on; E leads to the one after. */
  private static Automaton reberFrom(Automaton automaton, int first) {
    return automaton
        .with(first, 'B', first + 1)
        .with(first + 1, 'T', first + 2)
        .with(first + 1, 'P', first + 3)
        .with(first + 2, 'S', first + 2)
        .with(first + 2, 'X', first + 4)
        .with(first + 3, 'T', first + 3)
        .with(first + 3, 'V', first + 5)
        .with(first + 4, 'X', first + 3)
        .with(first + 4, 'S', first + 6)
        .with(first + 5, 'P', first + 4)
        .with(first + 5, 'V', first + 6)
        .with(first + 6, 'E', first + 7);
  }

  /** States 2 to 9 are the inner grammar after T, 10 to 17 that after P. */
  private static Automaton embeddedReber() {
    Automaton automaton =
        Automaton.of(20, 19)
            .with(0, 'B', 1)
            .with(1, 'T', 2)
            .with(1, 'P', 10)
            .with(9, 'T', 18)
            .with(17, 'P', 18)
            .with(18, 'E', 19);
    return reberFrom(reberFrom(automaton, 2), 10);
  }

  private static Automaton nestedBrackets() {
    int deepest = 3;
    Automaton automaton = Automaton.of(deepest + 1, -1);
    for (int open = 0; open <= deepest; open++) {
      automaton.with(open, 'b', open);
      if (open < deepest) {
        automaton.with(open, 'a', open + 1).with(open + 1, 'c', open);
      }
    }
    return automaton;
  }

  /**
   * How strings are drawn and written.
   *
   * @param any draws a string of the length that comes
   * @param ofLength draws a string of a given length
   * @param untold symbols at the end that are no tokens
   * @param line the fields of a string in JSON
   */
  private record Language(
      Function<SplittableRandom, String> any,
      BiFunction<Integer, SplittableRandom, String> ofLength,
      int untold,
      Function<String, String> line) {}

  private static Language grammar(Automaton automaton) {
    return new Language(
        automaton::draw, automaton::draw, 1, string -> grammarLine(automaton, string));
  }

  private static String grammarLine(Automaton automaton, String string) {
    int[] states = automaton.states(string);
    int steps = string.length() - 1;
    return field("tokens", steps, t -> string.substring(t, t + 1))
        + field("labels", steps, t -> string.substring(t + 1, t + 2))
        + field("successors", steps, t -> automaton.successors(states[t + 1]));
  }

  private static Language withStates(Automaton automaton) {
    return new Language(
        random -> automaton.walk(between(5, 25, random), random),
        automaton::walk,
        0,
        string -> stateLine(automaton, string));
  }

  private static String stateLine(Automaton automaton, String string) {
    int[] states = automaton.states(string);
    return field("tokens", string.length(), t -> string.substring(t, t + 1))
        + field("labels", string.length(), t -> "q" + states[t + 1])
        + field("successors", string.length(), t -> automaton.successors(states[t + 1]));
  }

  private static void write(Path folder, Language language, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> taken = new HashSet<>();
    Supplier<String> any = () -> language.any().apply(random);
    List<String> train = Stream.generate(any).limit(TRAIN).toList();
    taken.addAll(train);
    int length = LONGER * (mean(train) - language.untold()) + language.untold();
    Supplier<String> longer =
        () -> language.ofLength().apply(between(length * 9 / 10, length * 11 / 10, random), random);
    Files.createDirectories(folder);
    write(folder, "train", train, language);
    write(folder, "validation", distinct(VALIDATION, any, taken), language);
    write(folder, "test", distinct(TEST, any, taken), language);
    write(folder, "long", distinct(LONG, longer, taken), language);
  }

  /** Draws until there are {@code count} strings that were never drawn before. */
  private static List<String> distinct(int count, Supplier<String> draw, Set<String> taken) {
    List<String> strings = new ArrayList<>();
    while (strings.size() < count) {
      String string = draw.get();
      if (taken.add(string)) {
        strings.add(string);
      }
    }
    return strings;
  }

  private static int between(int least, int most, SplittableRandom random) {
    return random.nextInt(least, most + 1);
  }

  private static int mean(List<String> strings) {
    return (int) Math.round(strings.stream().mapToInt(String::length).average().orElseThrow());
  }

  private static void write(Path folder, String part, List<String> strings, Language language)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < strings.size(); i++) {
      String id = String.format(Locale.ROOT, "%s-%s-%04d", folder.getFileName(), part, i + 1);
      text.append("{\"id\":\"").append(id).append('"');
      text.append(language.line().apply(strings.get(i))).append("}\n");
    }
    Files.writeString(folder.resolve(part + ".jsonl"), text);
  }

  private static String field(String name, int steps, IntFunction<String> value) {
    return IntStream.range(0, steps)
        .mapToObj(t -> "\"" + value.apply(t) + "\"")
        .collect(Collectors.joining(",", ",\"" + name + "\":[", "]"));
  }
}
