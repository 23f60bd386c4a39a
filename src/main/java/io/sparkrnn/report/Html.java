package io.sparkrnn.report;

import java.util.Arrays;
import java.util.List;

/** The few HTML elements the report is made of. */
final class Html {

  private Html() {}

  /** An element holding one text. */
  static Element text(String name, String text) {
    return new Element(name).text(text);
  }

  /** A block with a class. */
  static Element block(String style, Element... content) {
    return new Element("div").set("class", style).add(content);
  }

  /** A block with a class and one text. */
  static Element note(String style, String text) {
    return new Element("p").set("class", style).text(text);
  }

  /** A section under a heading. */
  static Element section(String heading, Element... content) {
    return new Element("section").add(text("h2", heading)).add(content);
  }

  /** A picture with a caption above it; wide ones scroll on a narrow screen. */
  static Element figure(String caption, Element picture) {
    return new Element("figure").add(text("figcaption", caption), block("scroll", picture));
  }

  /** A table; its first row is the head, its first column names the rows. */
  static Element table(String style, List<String> head, List<List<Element>> rows) {
    Element header = new Element("tr");
    head.forEach(title -> header.add(text("th", title).set("scope", "col")));
    Element body = new Element("tbody");
    rows.forEach(row -> body.add(new Element("tr").add(row)));
    Element table = new Element("table").set("class", style);
    table.add(new Element("thead").add(header), body);
    return block("scroll", table);
  }

  /** The name of a row. */
  static Element rowName(String name) {
    return text("th", name).set("scope", "row");
  }

  /** A cell. */
  static Element cell(String text) {
    return text("td", text);
  }

  /** Text set apart from the direction of what stands around it: labels may be Arabic or Hebrew. */
  static Element isolated(String text) {
    return text("bdi", text);
  }

  /**
   * A style sheet.
   *
   * @throws IllegalArgumentException if it holds a character that HTML and XML read differently
   */
  static Element style(String css) {
    if (Arrays.stream(new String[] {"<", ">", "&", "\"", "'"}).anyMatch(css::contains)) {
      throw new IllegalArgumentException("A style sheet of the report must do without < > & \" '");
    }
    return text("style", css);
  }
}
