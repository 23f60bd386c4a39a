package io.sparkrnn.ml;

import io.sparkrnn.error.ConfigurationException;
import io.sparkrnn.sequence.Tokens;
import io.sparkrnn.sequence.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows to documents.
 *
 * @param tokens how texts are made of tokens
 * @param nullTokens whether a null among given tokens is read as the unknown one
 * @param leastTokens tokens that a document must have
 * @param document index of its column
 * @param indicator index of the column that marks rows that validate; −1 for none
 * @param id index of the column that names rows; −1 for none
 */
record DocumentReader(
    Tokens tokens, boolean nullTokens, int leastTokens, int document, int indicator, int id)
    implements Serializable {

  /**
   * A document.
   *
   * @param tokens in their order
   * @param validation whether it only validates
   */
  record Document(List<String> tokens, boolean validation) implements Serializable {}

  /**
   * What became of a row.
   *
   * @param document absent if the row cannot be used
   * @param problem why not
   */
  record Read(Optional<Document> document, String problem) {}

  /**
   * The reader of a schema.
   *
   * @throws ConfigurationException if a column is missing or of the wrong type
   */
  static DocumentReader of(
      StructType schema, LanguageColumns columns, Tokens tokens, boolean boundaries) {
    int document = index(schema, "columns.features", columns.document());
    DataType type = schema.fields()[document].dataType();
    boolean texts =
        type instanceof ArrayType array && array.elementType().equals(DataTypes.StringType);
    if (tokens.given() ? !texts : !type.equals(DataTypes.StringType)) {
      throw new ConfigurationException(
          "columns.features: with language.tokens = %s, column %s must be %s, found %s"
              .formatted(
                  tokens.kind(),
                  columns.document(),
                  tokens.given() ? "an array of texts" : "a text",
                  type.simpleString()));
    }
    int indicator =
        columns.validationIndicator().isEmpty()
            ? -1
            : index(schema, "columns.validationIndicator", columns.validationIndicator());
    if (indicator >= 0 && !schema.fields()[indicator].dataType().equals(DataTypes.BooleanType)) {
      throw new ConfigurationException(
          "columns.validationIndicator: column %s must be a boolean, found %s"
              .formatted(
                  columns.validationIndicator(),
                  schema.fields()[indicator].dataType().simpleString()));
    }
    int id = columns.id().isEmpty() ? -1 : index(schema, "columns.id", columns.id());
    boolean nullTokens = columns.invalid() == InvalidRows.KEEP;
    return new DocumentReader(tokens, nullTokens, boundaries ? 0 : 2, document, indicator, id);
  }

  private static int index(StructType schema, String setting, String column) {
    int index = List.of(schema.fieldNames()).indexOf(column);
    if (index < 0) {
      throw new ConfigurationException(
          "%s: there is no column %s; the data have %s"
              .formatted(setting, column, List.of(schema.fieldNames())));
    }
    return index;
  }

  /** Reads one row. */
  Read read(Row row) {
    if (row.isNullAt(document)) {
      return problem(row, "its document is null");
    }
    List<String> found = new ArrayList<>();
    if (tokens.given()) {
      for (Object token : row.getList(document)) {
        if (token == null && !nullTokens) {
          return problem(row, "token %d is null".formatted(found.size()));
        }
        found.add(token == null ? Vocabulary.UNKNOWN : (String) token);
      }
    } else {
      found = tokens.of(row.getString(document));
    }
    if (found.size() < leastTokens) {
      return problem(
          row,
          "it has %d tokens, and without language.boundaries at least %d are needed"
              .formatted(found.size(), leastTokens));
    }
    boolean validation = indicator >= 0 && !row.isNullAt(indicator) && row.getBoolean(indicator);
    return new Read(Optional.of(new Document(found, validation)), "");
  }

  private Read problem(Row row, String problem) {
    String name = id >= 0 && !row.isNullAt(id) ? "row " + row.get(id) : "a row";
    return new Read(Optional.empty(), name + ": " + problem);
  }
}
