package io.sparkrnn.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a strict parser reads it. */
record Page(Document document) {

  /** Fails if the text is not well-formed XML. */
  static Page of(String html) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      return new Page(factory.newDocumentBuilder().parse(new InputSource(new StringReader(html))));
    } catch (SAXException | ParserConfigurationException e) {
      throw new AssertionError("Not well-formed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All elements of a name, {@code *} for any, in the order of the document. */
  List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** All elements of a name whose class attribute holds a word. */
  List<Element> all(String name, String style) {
    return all(name).stream()
        .filter(element -> List.of(element.getAttribute("class").split(" ")).contains(style))
        .toList();
  }

  /** The texts of all elements of a name. */
  List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** Everything a person can read, and the style sheet. */
  String text() {
    return document.getDocumentElement().getTextContent();
  }
}
