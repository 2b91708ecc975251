package org.fovea.data;

/// Reads the labels of a row of text: ids, or classes that are numbers of any kind.
///
/// Labels are separated by commas and nothing else; a row without any begins with a space, or has a
/// `?` instead. Where ids are expected, another way to write an id (`+1`, `1.0`) is one too; any
/// other number is noted while a file is looked through, because it makes all its labels classes.
///
/// **Threads** Confined. **Cost** No garbage per row.
final class XcLabels {

  /// Digits that fit into a `long` whatever they are.
  private static final int SAFE_DIGITS = 18;

  private final TextLines lines;
  private final ByteInput input;
  private final XcLayout layout;
  private final DataOptions options;
  private final XcErrors errors;
  private final FloatParser numbers = new FloatParser();
  private final RowOrder order = new RowOrder();
  private final boolean isScan;
  private final int knownLabels;
  private long unknownCount;
  private boolean sawClass;

  XcLabels(TextLines lines, XcLayout layout, DataOptions options, XcErrors errors) {
    this.lines = lines;
    this.input = lines.input();
    this.layout = layout;
    this.options = options;
    this.errors = errors;
    this.knownLabels = options.labelCount().orElse(layout.labelCount());
    this.isScan = layout.isScan() && options.labelCount().isEmpty();
  }

  /// Labels that were left out because they are unknown.
  long unknownCount() {
    return unknownCount;
  }

  /// The row since which there were so many is left out as a whole.
  void forgetUnknown(long before) {
    unknownCount = before;
  }

  /// Whether a label came that is no id but a number.
  boolean sawClass() {
    return sawClass;
  }

  /// Reads up to the blank or the end behind the labels.
  ///
  /// @return whether there was anything
  boolean read(Batch batch) {
    final byte[] bytes = input.bytes;
    if (TextLines.isBlankOrEnd(bytes[input.at]) || bytes[input.at] == '#') {
      return false;
    }
    if (bytes[input.at] == '?' && TextLines.isBlankOrEnd(bytes[input.at + 1])) {
      input.at++;
      return true;
    }
    final int limit = Math.min(options.maximumEntryCount(), layout.labelCount());
    int previous = -1;
    boolean sorted = true;
    boolean more = true;
    while (more) {
      input.requireLine(XcReader.LOOKAHEAD);
      int start = input.at;
      int label = label(bytes, start);
      int end = input.at;
      more = bytes[end] == ',';
      input.at += more ? 1 : 0;
      if (label < 0) {
        continue;
      }
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
    }
    long twice = sorted ? 0 : order.sortLabels(batch);
    if (twice > 0) {
      throw errors.labelTwice(twice);
    }
    return true;
  }

  /// Steps over a label.
  ///
  /// @return its id, or -1 if it is left out
  private int label(byte[] bytes, int start) {
    if (layout.classes().isPresent()) {
      return classOf(layout.classes().get(), bytes, start);
    }
    int at = start;
    long id = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      id = id * 10 + bytes[at] - '0';
      at++;
    }
    if (at == start || at - start > SAFE_DIGITS || !isEnd(bytes[at])) {
      return numberAsId(bytes, start, at);
    }
    input.at = at;
    if (id < knownLabels && id < layout.labelCount()) {
      return (int) id;
    }
    if (id >= layout.labelCount() && layout.announcedCount().isPresent()) {
      throw errors.labelBeyond(layout, start, at);
    }
    return beyond(start, at);
  }

  /// Where an id was expected and something else came.
  private int numberAsId(byte[] bytes, int start, int wrong) {
    if (layout.announcedCount().isPresent()) {
      throw errors.badLabel(start, wrong);
    }
    float value = numbers.parse(bytes, start);
    int end = numbers.end();
    if (end == start
        || end - start > XcErrors.LONGEST_NUMBER
        || !isEnd(bytes[end])
        || !Float.isFinite(value)) {
      throw errors.badLabel(start, wrong);
    }
    input.at = end;
    if (isScan) {
      sawClass = true;
      return -1;
    }
    if (value >= 0 && value == Math.rint(value) && value < layout.labelCount()) {
      return (int) value;
    }
    if (!options.unknown().ignoresLabels()) {
      throw errors.badLabel(start, wrong);
    }
    unknownCount++;
    return -1;
  }

  private int classOf(ClassTexts classes, byte[] bytes, int start) {
    float value = numbers.parse(bytes, start);
    int end = numbers.end();
    if (end == start
        || end - start > XcErrors.LONGEST_NUMBER
        || !isEnd(bytes[end])
        || !Float.isFinite(value)) {
      throw errors.badClass(start);
    }
    input.at = end;
    int found = classes.find(bytes, start, end);
    if (found >= 0) {
      return found;
    }
    if (!options.unknown().ignoresLabels()) {
      throw errors.unknownClass(classes.count(), start, end);
    }
    unknownCount++;
    return -1;
  }

  private int beyond(int start, int end) {
    if (!options.unknown().ignoresLabels()) {
      throw errors.labelBeyond(layout, start, end);
    }
    unknownCount++;
    return -1;
  }

  private static boolean isEnd(int c) {
    return c == ',' || TextLines.isBlankOrEnd(c);
  }
}
