package org.fovea.data;

import java.util.function.Consumer;
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

  /// Digits that fit into a `long` whatever they are.
  private static final int SAFE_DIGITS = 18;

  private final TextLines lines;
  private final ByteInput input;
  private final XcLayout layout;
  private final DataOptions options;
  private final XcErrors errors;
  private final FloatParser numbers = new FloatParser();
  private final RowOrder order = new RowOrder();

  private final SkippedRows rows = new SkippedRows();

  private long announcedRows;
  private boolean failed;

  /// @param lines at the beginning of a row; their input is closed by this reader
  XcReader(TextLines lines, XcLayout layout, DataOptions options) {
    this.lines = lines;
    this.input = lines.input();
    this.layout = layout;
    this.options = options;
    this.errors = new XcErrors(lines);
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
    long skipped = rows.count();
    while (count < limit && (count == 0 || goesOn(skipped)) && readExample(batch)) {
      count++;
    }
    failed = false;
    return count;
  }

  /// Whether a call that has examples reads on: not when there is something to tell, nor when there
  /// is nothing yet to read.
  private boolean goesOn(long skipped) {
    return skipped == rows.count() && !input.isAwaited();
  }

  @Override
  public long skippedCount() {
    return rows.count();
  }

  @Override
  public void onSkipped(Consumer<SkippedExample> listener) {
    rows.listener(listener);
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
        rows.noneWasTheEnd(lines, "an example", true);
        rows.skip(e);
        lines.skipToEnd();
      } finally {
        if (!complete) {
          batch.dropExample();
        }
      }
      lines.step();
      announcedRows++;
      if (complete) {
        batch.endExample(rows.next());
        return true;
      }
    }
    return false;
  }

  /// Whether there is another row; the header's count decides what the end of the file means.
  private boolean beginsRow() {
    input.requireLine(LOOKAHEAD);
    if (layout.announcedCount().isEmpty()) {
      return !input.atEnd();
    }
    long announced = layout.announcedCount().getAsLong();
    if (announcedRows < announced) {
      if (input.atEnd()) {
        throw errors.wrongCount(announced, Long.toString(announcedRows));
      }
      return true;
    }
    while (lines.skipsBlanks()) {
      byte next = input.bytes[input.at];
      if (next != '\r' && next != '\n') {
        throw errors.wrongCount(announced, "another line");
      }
      endLine();
      lines.step();
    }
    return false;
  }

  private void endLine() {
    if (!lines.endsHere()) {
      throw errors.loneReturn();
    }
  }

  /// Without a header an empty line is no example, and there may be some at the end only.
  private boolean isEmptyLine(Batch batch) {
    if (layout.announcedCount().isPresent()) {
      return false;
    }
    if (batch.openLabelCount() == 0 && batch.openFeatureCount() == 0) {
      rows.empty(lines.number());
      return true;
    }
    rows.noneWasTheEnd(lines, "an example", options.skipBad());
    return false;
  }

  private void readLabels(Batch batch) {
    final byte[] bytes = input.bytes;
    final int limit = Math.min(options.maximumEntryCount(), layout.labelCount());
    int previous = -1;
    boolean sorted = true;
    if (TextLines.isBlankOrEnd(bytes[input.at])) {
      return;
    }
    while (true) {
      input.requireLine(LOOKAHEAD);
      int start = input.at;
      int at = start;
      long id = 0;
      while (bytes[at] >= '0' && bytes[at] <= '9') {
        id = id * 10 + bytes[at] - '0';
        at++;
      }
      int next = bytes[at];
      if (at == start
          || at - start > SAFE_DIGITS
          || !(next == ',' || TextLines.isBlankOrEnd(next))) {
        throw errors.badLabel(start, at);
      }
      if (id >= layout.labelCount()) {
        throw errors.labelBeyond(layout, start, at);
      }
      int label = (int) id;
      int count = batch.openLabelCount();
      if (label <= previous && sorted) {
        if (label == previous) {
          throw errors.labelTwice(lines.column(start));
        }
        sorted = false;
        order.beginAt(count);
      }
      if (!sorted) {
        order.note(lines.column(start));
      }
      if (count == limit) {
        throw errors.tooMany(start, limit, "labels");
      }
      previous = label;
      batch.addLabel(label);
      input.at = at;
      if (next != ',') {
        break;
      }
      input.at++;
    }
    long twice = sorted ? 0 : order.sortLabels(batch);
    if (twice > 0) {
      throw errors.labelTwice(twice);
    }
  }

  private void readFeatures(Batch batch) {
    final byte[] bytes = input.bytes;
    final int limit = Math.min(options.maximumEntryCount(), layout.featureCount());
    final int first = layout.firstFeature();
    final long bound = (long) first + layout.featureCount();
    int previous = -1;
    boolean sorted = true;
    while (true) {
      int at = input.at;
      int c = bytes[at];
      while (c == ' ' || c == '\t') {
        c = bytes[++at];
      }
      input.at = at;
      if (input.limit - at < LOOKAHEAD && !input.endsLine()) {
        input.requireLine(LOOKAHEAD);
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
      if (c != ':' || at == start || at - start > SAFE_DIGITS) {
        throw errors.badFeature(start, at);
      }
      if (id < first || id >= bound) {
        throw errors.featureBeyond(layout, start, at);
      }
      int valueStart = at + 1;
      float value = numbers.parse(bytes, valueStart);
      at = numbers.end();
      if (at == valueStart
          || at - valueStart > XcErrors.LONGEST_NUMBER
          || !TextLines.isBlankOrEnd(bytes[at])
          || !Float.isFinite(value)) {
        throw errors.badValue(valueStart, at);
      }
      int feature = (int) (id - first);
      if (feature <= previous || !sorted) {
        noteDisorder(batch, start, feature == previous, sorted);
        sorted = false;
      }
      if (batch.openFeatureCount() == limit) {
        throw errors.tooMany(start, limit, "features");
      }
      previous = feature;
      batch.addFeature(feature, value);
      input.at = at;
    }
    endLine();
    long twice = sorted ? 0 : order.sortFeatures(batch);
    if (twice > 0) {
      throw errors.featureTwice(twice);
    }
  }

  private void noteDisorder(Batch batch, int start, boolean twice, boolean sorted) {
    if (sorted) {
      if (twice) {
        throw errors.featureTwice(lines.column(start));
      }
      order.beginAt(batch.openFeatureCount());
    }
    order.note(lines.column(start));
  }
}
