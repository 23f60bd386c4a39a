package io.sparkrnn.setting;

import java.util.List;

/**
 * The reference of settings as a commented job file: each key with its meaning, what is expected,
 * the name of its Spark ML param, and its default. Read as a job file, it sets every default.
 */
public final class ReferenceText {
  private ReferenceText() {}

  /**
   * Settings under a heading.
   *
   * @param title one line
   * @param settings in the order of the text
   */
  public record Group(String title, Settings settings) {}

  /** The whole text, ending in a line break. */
  public static String render(List<Group> groups) {
    StringBuilder text = new StringBuilder();
    for (Group group : groups) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append("# ").append(group.title()).append('\n');
      text.append("# ").append("=".repeat(group.title().length())).append('\n');
      for (Setting<?> setting : group.settings()) {
        text.append('\n').append(render(setting));
      }
    }
    return text.toString();
  }

  private static String render(Setting<?> setting) {
    return """
    # %s
    # Expected: %s. Param: %s.
    %s = %s
    """
        .formatted(
            setting.meaning(),
            setting.expected(),
            setting.param(),
            setting.key(),
            Literal.of(setting.defaultValue()));
  }
}
