package io.sparkrnn.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One element of a page or picture: a name, attributes, and texts and elements inside it. Written
 * so that HTML and XML parsers read the same tree; every text and every attribute is escaped here
 * and nowhere else.
 */
final class Element {
  /** HTML's elements without an end tag. All others are closed by one, as HTML wants it. */
  private static final Set<String> VOID = Set.of("meta", "br", "col");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Consumer<StringBuilder>> content = new ArrayList<>();

  Element(String name) {
    this.name = name;
  }

  /** Sets an attribute; the last value set stands. */
  Element set(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Sets an attribute to a length or position, rounded to hundredths. */
  Element set(String attribute, double value) {
    return set(attribute, Numbers.coordinate(value));
  }

  /** Appends text. */
  Element text(String text) {
    content.add(out -> escape(text, out));
    return this;
  }

  /** Appends elements. */
  Element add(Element... elements) {
    return add(List.of(elements));
  }

  /** Appends elements. */
  Element add(Collection<Element> elements) {
    elements.forEach(element -> content.add(element::write));
    return this;
  }

  /** The element as text. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("=\"");
          escape(value, out);
          out.append('"');
        });
    if (VOID.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>');
    content.forEach(part -> part.accept(out));
    out.append("</").append(name).append('>');
  }

  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isCharacter(point) ? point : 0xFFFD);
              }
            });
  }

  /** XML 1.0's characters, less the C1 controls: halves of surrogate pairs are none. */
  private static boolean isCharacter(int point) {
    return point == '\t'
        || point == '\n'
        || (point >= 0x20 && point < 0x7F)
        || (point >= 0xA0 && point < 0xD800)
        || (point >= 0xE000 && point < 0xFFFE)
        || point >= 0x10000;
  }
}
