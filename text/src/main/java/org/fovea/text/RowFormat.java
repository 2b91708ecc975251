package org.fovea.text;

/// How a match is written.
public interface RowFormat {

  /// Appends a match of a document.
  ///
  /// **Threads** several threads write at the same time, each to its own rows.
  void write(long document, Annotator annotator, int match, ByteRows rows);

  /// Appends that a document was left out, where that is a row.
  default void leftOut(long document, String error, ByteRows rows) {}

  /// Columns: document, begin, end, pattern, category, value; separated by tabs. Control characters
  /// in names are spaces.
  static RowFormat columns() {
    return (document, annotator, match, rows) -> {
      rows.append(document).append('\t').append(annotator.begin(match)).append('\t');
      rows.append(annotator.end(match)).append('\t');
      int name = rows.size();
      annotator.appendPattern(match, rows);
      rows.blankControls(name).append('\t');
      int category = rows.size();
      annotator.appendCategory(match, rows);
      rows.blankControls(category);
      rows.append('\t').append(annotator.value(match)).append('\n');
    };
  }

  /// A JSON object a line; of a document that was left out, what is wrong with it.
  static RowFormat objects() {
    return new RowFormat() {
      @Override
      public void write(long document, Annotator annotator, int match, ByteRows rows) {
        rows.append("{\"document\":").append(document);
        rows.append(",\"begin\":").append(annotator.begin(match));
        rows.append(",\"end\":").append(annotator.end(match)).append(",\"pattern\":");
        JsonText.append(annotator.pattern(match), rows);
        rows.append(",\"category\":");
        JsonText.append(annotator.category(match), rows);
        rows.append(",\"value\":").append(annotator.value(match)).append("}\n");
      }

      @Override
      public void leftOut(long document, String error, ByteRows rows) {
        rows.append("{\"document\":").append(document).append(",\"error\":");
        JsonText.append(error, rows);
        rows.append("}\n");
      }
    };
  }
}
