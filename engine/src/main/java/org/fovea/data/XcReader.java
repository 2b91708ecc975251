package org.fovea.data;

import org.fovea.MalformedDataException;

/// Parses rows `label,label feature:value feature:value` straight from the bytes of a file.
///
/// The grammar of a row: labels separated by commas and nothing else, or a space when there are
/// none; then features, each after at least one space or tab; then a line feed, a carriage return
/// with a line feed, or the end of the file. Ids are decimal, values as in [FloatParser] and
/// finite. Ids may come in any order; an id that comes twice is an error, placed at its second
/// occurrence.
///
/// Positions: an id or a value that is not what it should be is placed at its first byte, a missing
/// separator at the byte that came instead.
///
/// **Threads** Confined. **Cost** No garbage per row; see [ByteInput] for the window.
final class XcReader implements ExampleReader {

  /// Bytes that are in the window, or are all that is left, before a label or a feature is parsed.
  private static final int LOOKAHEAD = 4096;

  private final ByteInput input;
  private final XcLayout layout;
  private final DataOptions options;
  private final XcErrors errors;
  private final FloatParser numbers = new FloatParser();
  private final RowOrder order = new RowOrder();

  private long line = 1;
  private long lineOffset;
  private long rowCount;
  private long exampleCount;
  private long skippedCount;
  private long emptyLine;
  private boolean failed;

  /// @param input at the beginning of a row, and closed by this reader
  /// @param line the number of that row's line, from 1
  XcReader(ByteInput input, long line, XcLayout layout, DataOptions options) {
    this.input = input;
    this.line = line;
    this.lineOffset = input.offset();
    this.layout = layout;
    this.options = options;
    this.errors = new XcErrors(input);
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    if (failed) {
      throw new IllegalStateException(input.name() + " cannot be read further after it failed");
    }
    failed = true;
    int count = 0;
    while (count < limit && readExample(batch)) {
      count++;
    }
    failed = false;
    return count;
  }

  @Override
  public long skippedCount() {
    return skippedCount;
  }

  @Override
  public void close() {
    input.close();
  }

  private boolean readExample(Batch batch) {
    while (beginsRow()) {
      boolean complete = false;
      try {
        readLabels(batch);
        readFeatures(batch);
        complete = !isEmptyLine(batch);
      } catch (MalformedDataException e) {
        if (!options.skipBad() || e.position() instanceof MalformedDataException.Position.Bytes) {
          throw e;
        }
        skippedCount++;
        skipToLineEnd();
      } finally {
        if (!complete) {
          batch.dropExample();
        }
      }
      endLine();
      rowCount++;
      if (complete) {
        batch.endExample(exampleCount++);
        return true;
      }
    }
    return false;
  }

  /// Whether there is another row; the header's count decides what the end of the file means.
  private boolean beginsRow() {
    input.require(LOOKAHEAD);
    if (layout.announcedCount().isEmpty()) {
      return !input.atEnd();
    }
    long announced = layout.announcedCount().getAsLong();
    if (rowCount < announced) {
      if (input.atEnd()) {
        throw errors.at(
            line,
            column(input.at),
            announced + " examples were expected, as the header says, " + rowCount + " came");
      }
      return true;
    }
    while (skipsBlanks()) {
      byte next = input.bytes[input.at];
      if (next != '\r' && next != '\n') {
        throw errors.at(
            line,
            column(input.at),
            announced + " examples were expected, as the header says, another line came");
      }
      checkLineEnd();
      endLine();
    }
    return false;
  }

  /// Without a header an empty line is no example, and there may be some at the end only.
  private boolean isEmptyLine(Batch batch) {
    if (layout.announcedCount().isPresent()) {
      return false;
    }
    boolean empty = batch.openLabelCount() == 0 && batch.openFeatureCount() == 0;
    if (empty && emptyLine == 0) {
      emptyLine = line;
    }
    if (!empty && emptyLine > 0) {
      long place = emptyLine;
      emptyLine = 0;
      if (options.skipBad()) {
        skippedCount++;
      } else {
        throw errors.at(place, 1, "an example was expected, an empty line came");
      }
    }
    return empty;
  }

  private void readLabels(Batch batch) {
    final byte[] bytes = input.bytes;
    int previous = -1;
    boolean sorted = true;
    if (isBlankOrEnd(bytes[input.at])) {
      return;
    }
    while (true) {
      input.require(LOOKAHEAD);
      int start = input.at;
      int at = start;
      long id = 0;
      while (bytes[at] >= '0' && bytes[at] <= '9') {
        id = id * 10 + bytes[at] - '0';
        at++;
      }
      int next = bytes[at];
      if (at == start || at - start > 18 || !(next == ',' || isBlankOrEnd(next))) {
        throw errors.badLabel(line, column(start), start, at);
      }
      if (id >= layout.labelCount()) {
        throw errors.outOfRange(
            line, column(start), "a label below " + layout.labelCount(), start, at);
      }
      int label = (int) id;
      int count = batch.openLabelCount();
      if (count == options.maximumEntryCount()) {
        throw errors.at(
            line, column(start), "at most " + count + " labels were expected, more came");
      }
      if (label <= previous && sorted) {
        sorted = false;
        order.beginAt(count);
      }
      if (!sorted) {
        order.note(column(start));
      }
      previous = label;
      batch.addLabel(label);
      input.at = at;
      if (next != ',') {
        break;
      }
      input.at++;
    }
    if (!sorted) {
      long twice = order.sortLabels(batch);
      if (twice > 0) {
        throw errors.at(line, twice, "each label once was expected, one came twice");
      }
    }
  }

  private void readFeatures(Batch batch) {
    final byte[] bytes = input.bytes;
    final int base = layout.firstFeature();
    final long bound = (long) base + layout.featureCount();
    int previous = -1;
    boolean sorted = true;
    while (true) {
      int at = input.at;
      int c = bytes[at];
      while (c == ' ' || c == '\t') {
        c = bytes[++at];
      }
      input.at = at;
      if (input.limit - at < LOOKAHEAD && !input.ended()) {
        input.require(LOOKAHEAD);
        continue;
      }
      if (c == '\n' || c == '\r') {
        break;
      }
      int start = at;
      long id = 0;
      int d = c - '0';
      while (d >= 0 && d <= 9) {
        id = id * 10 + d;
        c = bytes[++at];
        d = c - '0';
      }
      if (c != ':' || at == start || at - start > 18) {
        throw errors.badFeature(line, column(start), start, at);
      }
      if (id < base || id >= bound) {
        throw outOfRange(start, at);
      }
      int valueStart = at + 1;
      float value = numbers.parse(bytes, valueStart);
      at = numbers.end();
      if (at == valueStart
          || at - valueStart > XcErrors.LONGEST_NUMBER
          || !isBlankOrEnd(bytes[at])
          || !Float.isFinite(value)) {
        throw errors.badValue(line, column(valueStart), valueStart, at);
      }
      int feature = (int) (id - base);
      if (feature <= previous || !sorted) {
        sorted = noteDisorder(batch, start, feature == previous, sorted);
      }
      if (batch.openFeatureCount() == options.maximumEntryCount()) {
        throw errors.at(
            line,
            column(start),
            "at most " + options.maximumEntryCount() + " features were expected, more came");
      }
      previous = feature;
      batch.addFeature(feature, value);
      input.at = at;
    }
    checkLineEnd();
    if (!sorted) {
      long twice = order.sortFeatures(batch);
      if (twice > 0) {
        throw errors.twice(line, twice);
      }
    }
  }

  private boolean noteDisorder(Batch batch, int start, boolean twice, boolean sorted) {
    if (twice) {
      throw errors.twice(line, column(start));
    }
    if (sorted) {
      order.beginAt(batch.openFeatureCount());
    }
    order.note(column(start));
    return false;
  }

  private MalformedDataException outOfRange(int start, int end) {
    int base = layout.firstFeature();
    String range =
        base == 0
            ? "a feature below " + layout.featureCount()
            : "a feature from 1 to " + layout.featureCount();
    return errors.outOfRange(line, column(start), range, start, end);
  }

  /// At the end of a line's content: a carriage return must be followed by a line feed or by
  /// nothing.
  private void checkLineEnd() {
    input.require(2);
    if (input.bytes[input.at] == '\r') {
      if (input.bytes[input.at + 1] != '\n') {
        throw errors.at(
            line,
            column(input.at + 1),
            "a line feed after a carriage return was expected, "
                + errors.quoted(input.at + 1)
                + " came");
      }
      input.at++;
    }
  }

  /// Steps over the line feed, if the file does not end here.
  private void endLine() {
    if (input.at < input.limit) {
      input.at++;
      line++;
      lineOffset = input.offset();
    }
  }

  private void skipToLineEnd() {
    while (true) {
      int at = input.at;
      while (input.bytes[at] != '\n') {
        at++;
      }
      input.at = at;
      input.require(1);
      if (input.atEnd() || input.bytes[input.at] == '\n') {
        return;
      }
    }
  }

  /// Steps over spaces and tabs; false at the end of the file.
  private boolean skipsBlanks() {
    do {
      while (input.bytes[input.at] == ' ' || input.bytes[input.at] == '\t') {
        input.at++;
      }
      input.require(1);
    } while (input.bytes[input.at] == ' ' || input.bytes[input.at] == '\t');
    return !input.atEnd();
  }

  private long column(int at) {
    return input.offset() - input.at + at - lineOffset + 1;
  }

  private static boolean isBlankOrEnd(int c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
