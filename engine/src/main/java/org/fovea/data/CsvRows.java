package org.fovea.data;

import java.util.List;
import java.util.function.Consumer;
import org.fovea.MalformedDataException;

/// Goes over the rows of a table: steps over the header, leaves malformed rows out if it may, and
/// knows that empty lines may be at the end only.
///
/// **Threads** Confined. **Cost** No garbage per row.
final class CsvRows {

  private final TextLines lines;
  private final ByteInput input;
  private final CsvFields fields;
  private final boolean skipBad;
  private final SkippedRows skipped = new SkippedRows();
  private boolean failed;

  /// @param lines at the beginning of the file
  CsvRows(TextLines lines, CsvHead head, boolean skipBad) {
    this.lines = lines;
    this.input = lines.input();
    this.skipBad = skipBad;
    this.fields = new CsvFields(lines, head.dialect().delimiter());
    if (head.hasHeader()) {
      skipHeader(head.first());
    }
  }

  private void skipHeader(List<String> expected) {
    for (String name : expected) {
      fields.next();
      if (!fields.text().equals(name)) {
        throw fields.malformed("the header as it was before was expected, another came");
      }
      fields.more();
    }
    fields.endLine();
  }

  /// Parses the next row that is not left out.
  ///
  /// @param row parses its fields, the end of the line left to this
  /// @return false at the end
  boolean next(Consumer<CsvFields> row) {
    if (failed) {
      throw new IllegalStateException(input.name() + " cannot be read further after it failed");
    }
    failed = true;
    while (true) {
      input.require(1);
      if (input.atEnd()) {
        failed = false;
        return false;
      }
      if (isEmptyLine()) {
        skipped.empty(lines.number());
        fields.endLine();
        continue;
      }
      try {
        skipped.noneWasTheEnd(lines, "a row", skipBad);
        row.accept(fields);
        fields.endLine();
        failed = false;
        return true;
      } catch (MalformedDataException e) {
        if (!skipBad || e.position() instanceof MalformedDataException.Position.Bytes) {
          throw e;
        }
        fields.skipRow(e);
        skipped.skip(e);
      }
    }
  }

  private boolean isEmptyLine() {
    input.requireLine(2);
    byte first = input.bytes[input.at];
    return first == '\n' || (first == '\r' && input.bytes[input.at + 1] == '\n');
  }

  /// Whether nothing but what is on its way is left: who reads on waits for it.
  boolean isAwaited() {
    return input.isAwaited();
  }

  /// The rows that count, and those that are left out.
  SkippedRows skipped() {
    return skipped;
  }
}
