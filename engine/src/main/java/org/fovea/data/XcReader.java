package org.fovea.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.MalformedDataException;

/// Parses rows `label,label feature:value feature:value` straight from the bytes of a file.
///
/// The grammar of a row: labels ([XcLabels]); then features, each after at least one space or tab;
/// then a comment after `#`, if there is one; then a line feed, a carriage return with a line feed,
/// or the end of the file. A line that is a comment is no row. Ids are decimal, values as in
/// [FloatParser] and finite. Ids may come in any order. With a header, a feature that comes twice
/// is an error, placed at its second occurrence; without one, values of the same feature are
/// summed. A query (`qid:7`) is ignored. `weight:2.5` is what the example counts for, 1 without.
///
/// Positions: an id or a value that is not what it should be is placed at its first byte, a missing
/// separator at the byte that came instead.
///
/// **Threads** Confined. **Cost** No garbage per row; see [ByteInput] for the window.
final class XcReader implements ExampleReader {

  /// Bytes that are in the window, or are all that is left, before a label or a feature is parsed.
  static final int LOOKAHEAD = 4096;

  /// Digits that fit into a `long` whatever they are.
  private static final int SAFE_DIGITS = 18;

  private static final byte[] WEIGHT = {'w', 'e', 'i', 'g', 'h', 't', ':'};

  private final TextLines lines;
  private final ByteInput input;
  private final XcLayout layout;
  private final DataOptions options;
  private final XcErrors errors;
  private final XcLabels labels;
  private final FloatParser numbers = new FloatParser();
  private long roundedCount;
  private String firstRounded = "";
  private final RowOrder order = new RowOrder();

  private final SkippedRows rows = new SkippedRows();

  private final long knownFeatures;
  private long announcedRows;
  private long unknownFeatureCount;
  private long summedCount;
  private long firstSum;
  private long queryCount;
  private float weight = 1f;
  private boolean weighed;
  private boolean commented;
  private boolean failed;

  /// @param lines at the beginning of a row; their input is closed by this reader
  XcReader(TextLines lines, XcLayout layout, DataOptions options) {
    this.lines = lines;
    this.input = lines.input();
    this.layout = layout;
    this.options = options;
    this.errors = new XcErrors(lines);
    this.labels = new XcLabels(lines, layout, options, errors);
    this.knownFeatures =
        options.unknown().ignoresFeatures()
            ? options.featureCount().orElse(layout.featureCount())
            : Long.MAX_VALUE / 2;
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
      boolean row = true;
      weight = 1f;
      weighed = false;
      final long unknownLabels = labels.unknownCount();
      final long unknownFeatures = unknownFeatureCount;
      final long queries = queryCount;
      try {
        boolean anything = labels.read(batch);
        anything |= readFeatures(batch);
        row = anything || !commented;
        complete = row && !isEmptyLine(anything);
      } catch (MalformedDataException e) {
        if (!options.skipBad() || e.position() instanceof MalformedDataException.Position.Bytes) {
          throw e;
        }
        rows.noneWasTheEnd(lines, "an example", true);
        rows.skip(e);
        lines.skipToEnd();
        labels.forgetUnknown(unknownLabels);
        unknownFeatureCount = unknownFeatures;
        queryCount = queries;
      } finally {
        if (!complete) {
          batch.dropExample();
        }
      }
      lines.step();
      announcedRows += row ? 1 : 0;
      if (complete) {
        batch.endExample(rows.next(), weight);
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
  private boolean isEmptyLine(boolean anything) {
    if (layout.announcedCount().isPresent()) {
      return false;
    }
    if (!anything) {
      rows.empty(lines.number());
      return true;
    }
    rows.noneWasTheEnd(lines, "an example", options.skipBad());
    return false;
  }

  /// Reads up to the end of the line.
  ///
  /// @return whether there was anything but a comment
  private boolean readFeatures(Batch batch) {
    final byte[] bytes = input.bytes;
    final boolean sums = layout.announcedCount().isEmpty();
    final int limit =
        sums
            ? options.maximumEntryCount()
            : Math.min(options.maximumEntryCount(), layout.featureCount());
    final int first = layout.firstFeature();
    final long bound = (long) first + layout.featureCount();
    final long known = first + knownFeatures;
    int previous = -1;
    boolean sorted = true;
    boolean twice = false;
    boolean anything = false;
    commented = false;
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
      if (c == '#') {
        commented = true;
        lines.skipToEnd();
        break;
      }
      int start = at;
      if (c == 'q' && isQuery(at)) {
        skipQuery();
        anything = true;
        continue;
      }
      if (c == 'w' && isWeight(at)) {
        readWeight();
        anything = true;
        continue;
      }
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
      boolean beyond = id >= known && (sums || id < bound);
      if (id < first || (id >= bound && !beyond)) {
        throw errors.featureBeyond(layout, start, at);
      }
      int valueStart = at + 1;
      float value = numbers.parse(bytes, valueStart);
      at = numbers.end();
      if (numbers.isRounded() && roundedCount++ == 0) {
        firstRounded = lines.number() + ":" + lines.column(valueStart);
      }
      if (at == valueStart
          || at - valueStart > XcErrors.LONGEST_NUMBER
          || !(TextLines.isBlankOrEnd(bytes[at]) || bytes[at] == '#')
          || !Float.isFinite(value)) {
        throw errors.badValue(valueStart, at);
      }
      anything = true;
      input.at = at;
      if (beyond) {
        unknownFeatureCount++;
        continue;
      }
      int feature = (int) (id - first);
      if (feature == previous && sums) {
        twice = true;
      } else if (sums) {
        sorted &= feature > previous;
      } else if (feature <= previous || !sorted) {
        noteDisorder(batch, start, feature == previous, sorted);
        sorted = false;
      }
      if (batch.openFeatureCount() == limit) {
        throw errors.tooMany(start, limit, "features");
      }
      previous = feature;
      batch.addFeature(feature, value);
    }
    endLine();
    if (sums) {
      if (!sorted) {
        twice = order.sortRepeated(batch);
      }
      if (twice) {
        sum(batch);
      }
      return anything;
    }
    long second = sorted ? 0 : order.sortFeatures(batch);
    if (second > 0) {
      throw errors.featureTwice(second);
    }
    return anything;
  }

  /// Features that come more than once count with the sum of their values.
  private void sum(Batch batch) {
    int count = batch.sumRepeated();
    for (int i = 0; i < batch.openFeatureCount(); i++) {
      if (!Float.isFinite(batch.openValue(i))) {
        throw errors.badSum();
      }
    }
    firstSum = summedCount == 0 ? lines.number() : firstSum;
    summedCount += count;
  }

  /// Whether the query of a ranking comes, as in `qid:7`, which says nothing of an example.
  private boolean isQuery(int at) {
    byte[] bytes = input.bytes;
    return bytes[at + 1] == 'i' && bytes[at + 2] == 'd' && bytes[at + 3] == ':';
  }

  /// Whether the weight of an example comes, as in `weight:2.5`.
  private boolean isWeight(int at) {
    for (int i = 0; i < WEIGHT.length; i++) {
      if (input.bytes[at + i] != WEIGHT[i]) {
        return false;
      }
    }
    return true;
  }

  private void readWeight() {
    int start = input.at + WEIGHT.length;
    if (weighed) {
      throw lines.malformed(
          input.at, "one weight was expected, " + errors.quoted(input.at) + " came");
    }
    weight = numbers.parse(input.bytes, start);
    int end = numbers.end();
    if (end == start
        || end - start > XcErrors.LONGEST_NUMBER
        || !(TextLines.isBlankOrEnd(input.bytes[end]) || input.bytes[end] == '#')
        || !(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw lines.malformed(
          start, "a weight of 0 or more was expected, " + errors.quoted(start) + " came");
    }
    weighed = true;
    input.at = end;
  }

  private void skipQuery() {
    while (!TextLines.isBlankOrEnd(input.bytes[input.at])) {
      input.at++;
    }
    queryCount++;
  }

  /// Whether a label came that is no id, where that was not known before.
  boolean sawClass() {
    return labels.sawClass();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (summedCount > 0) {
      notes.add(
          "%s: %s features that came more than once in an example were summed, first in line %s"
              .formatted(input.name(), summedCount, firstSum));
    }
    if (queryCount > 0) {
      notes.add(
          "%s: %s queries (qid) are ignored: every example is ranked by itself"
              .formatted(input.name(), queryCount));
    }
    if (unknownFeatureCount > 0) {
      notes.add(
          "%s: %s features that the training data does not have are ignored"
              .formatted(input.name(), unknownFeatureCount));
    }
    if (roundedCount > 0) {
      notes.add(
          "%s:%s: single precision rounds %s whole values above 16,777,216, of which this is the first: subtract an offset, or neighbours become equal"
              .formatted(input.name(), firstRounded, roundedCount));
    }
    if (labels.unknownCount() > 0) {
      notes.add(
          "%s: %s labels that the training data does not have are ignored"
              .formatted(input.name(), labels.unknownCount()));
    }
    return notes;
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
