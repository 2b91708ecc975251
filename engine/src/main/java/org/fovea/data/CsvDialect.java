package org.fovea.data;

import org.fovea.MalformedDataException;

/// How a table is written.
///
/// @param delimiter what separates fields
/// @param decimalComma whether numbers have a comma before their fraction
record CsvDialect(byte delimiter, boolean decimalComma) {

  /// Delimiters, the less likely to be something else first.
  private static final byte[] DELIMITERS = {'\t', ';', '|', ',', ' '};

  /// Rows that are looked at as a rule.
  static final int SEEN = 50;

  /// Checks that the comma has one meaning.
  CsvDialect {
    if (decimalComma && delimiter == ',') {
      throw new IllegalArgumentException("a comma cannot be both delimiter and decimal point");
    }
  }

  /// Finds out the delimiter: the one with which most of the first rows have as many fields as the
  /// first. Spaces are in many fields, so that they count only where nothing else does.
  ///
  /// @param seen rows to look at
  static byte delimiter(Content content, DataOptions options, int seen) {
    byte best = ',';
    int most = 0;
    for (byte delimiter : DELIMITERS) {
      int rows = delimiter == ' ' && most > 0 ? 0 : alike(content, options, delimiter, seen);
      if (rows > most) {
        most = rows;
        best = delimiter;
      }
    }
    return best;
  }

  /// Rows, of the first ones, that have as many fields as the first row; 0 if that is one.
  private static int alike(Content content, DataOptions options, byte delimiter, int seen) {
    int alike = 0;
    try (ByteInput input = ByteInput.open(content, options)) {
      CsvFields fields = new CsvFields(new TextLines(input), delimiter);
      int columns = 0;
      input.require(1);
      for (int row = 0; row < seen && !input.atEnd(); row++) {
        int count = 1;
        fields.next();
        while (fields.more()) {
          fields.next();
          count++;
        }
        fields.endLine();
        columns = row == 0 ? count : columns;
        alike += count == columns && count > 1 ? 1 : 0;
        if (row + 1 < seen) {
          input.require(1);
        }
      }
    } catch (MalformedDataException e) {
      if (e.position() instanceof MalformedDataException.Position.Bytes) {
        throw e;
      }
    }
    return alike;
  }

  /// What numbers have before their fraction.
  char point() {
    return decimalComma ? ',' : '.';
  }

  /// The same with another sign before fractions.
  CsvDialect withDecimalComma(boolean comma) {
    return new CsvDialect(delimiter, comma);
  }

  /// The delimiter as notices call it.
  String separators() {
    return separators(delimiter);
  }

  private static String separators(byte delimiter) {
    return switch (delimiter) {
      case '\t' -> "tabs";
      case ';' -> "semicolons";
      case '|' -> "bars";
      case ' ' -> "spaces";
      default -> "commas";
    };
  }
}
