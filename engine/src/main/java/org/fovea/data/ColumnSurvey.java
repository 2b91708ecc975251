package org.fovea.data;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What the fields of a column are like.
///
/// **Threads** Confined.
final class ColumnSurvey {

  /// Different texts of a column of which nobody has said that it is categorical or has the classes
  /// that are kept.
  static final int MOST_TEXTS = 10_000;

  /// Digits that double precision holds for sure.
  private static final int SURE_DIGITS = 15;

  /// Bytes of a text that is kept if nobody has said so.
  private static final int LONGEST_TEXT = 256;

  /// Never changed; most columns have no texts.
  private static final Categories NO_TEXTS = new Categories();

  private static final List<TimeFormat> FORMATS = List.of(TimeFormat.values());
  private static final byte[] NONE = {};

  private final Role role;
  private final NumberSurvey numbers = new NumberSurvey();
  private final NumberSurvey[] parts;
  private long textCount;
  private long missingCount;
  private long emptyCount;
  private Categories texts = NO_TEXTS;
  private boolean complete = true;
  private boolean beyondDouble;
  private byte[] firstNumber = NONE;
  private long[] momentCounts = {};
  private boolean timed;

  /// What a column is looked at for.
  sealed interface Role {

    /// Whatever it is; texts are kept while they are few.
    record Free() implements Role {}

    /// Whatever it is; texts are kept, and numbers as texts too.
    ///
    /// @param most texts that are kept
    record Tracked(int most) implements Role {}

    /// Classes.
    record Classes() implements Role {}

    /// Categories.
    record Texts() implements Role {}

    /// Numbers; anything else is malformed.
    record Numbers() implements Role {}

    /// Moments; anything else is malformed.
    record Moments(TimeFormat format) implements Role {}

    /// Nothing.
    record Ignored() implements Role {}
  }

  ColumnSurvey(Role role) {
    this.role = role;
    this.parts =
        role instanceof Role.Moments
            ? new NumberSurvey[TableColumn.Moment.partCount(TimeFormat.YEAR_FIRST, true)]
            : new NumberSurvey[0];
    Arrays.setAll(parts, _ -> new NumberSurvey());
  }

  /// Whether numbers are needed as texts.
  boolean keepsTexts() {
    return role instanceof Role.Tracked
        || role instanceof Role.Classes
        || role instanceof Role.Texts;
  }

  private int most() {
    return switch (role) {
      case Role.Tracked(int most) -> most;
      case Role.Free _ -> MOST_TEXTS;
      default -> Integer.MAX_VALUE;
    };
  }

  /// Adds a number and, if they are needed, its bytes.
  void addNumber(double number, byte[] bytes, int from, int to) {
    if (to - from > SURE_DIGITS) {
      compare(number, bytes, from, to);
    }
    numbers.add(number);
    if (keepsTexts()) {
      keep(bytes, from, to);
    } else {
      complete = false;
    }
  }

  /// Notices numbers that differ only where double precision ends.
  private void compare(double number, byte[] bytes, int from, int to) {
    if (numbers.count() == 0) {
      firstNumber = Arrays.copyOfRange(bytes, from, to);
    } else if (!beyondDouble
        && firstNumber.length > 0
        && number == numbers.first()
        && !Arrays.equals(firstNumber, 0, firstNumber.length, bytes, from, to)) {
      beyondDouble =
          decimal(firstNumber, 0, firstNumber.length).compareTo(decimal(bytes, from, to)) != 0;
    }
  }

  private static BigDecimal decimal(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    return new BigDecimal(text.replace(',', '.'));
  }

  /// Adds a text.
  void addText(byte[] bytes, int from, int to, TimeFormat.Moment moment) {
    textCount++;
    keep(bytes, from, to);
    if (momentCounts.length == 0 && textCount == 1) {
      momentCounts = new long[FORMATS.size()];
    }
    for (int i = 0; i < momentCounts.length; i++) {
      if (FORMATS.get(i).parse(bytes, from, to, moment)) {
        momentCounts[i]++;
        timed |= moment.timed();
      }
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    boolean fits = to - from <= LONGEST_TEXT || !(role instanceof Role.Free);
    if (fits && texts.count() < most()) {
      texts = texts == NO_TEXTS ? new Categories() : texts;
      texts.add(bytes, from, to);
    } else if (complete && texts.find(bytes, from, to) < 0) {
      complete = false;
    }
  }

  /// Adds a moment of the format that the column is known to have.
  void addMoment(TimeFormat.Moment moment) {
    for (int part = 0; part < parts.length; part++) {
      parts[part].add(moment.part(part));
    }
    timed |= moment.timed();
  }

  /// Adds a field that says that there is nothing.
  void addMissing(boolean empty) {
    missingCount++;
    emptyCount += empty ? 1 : 0;
  }

  Role role() {
    return role;
  }

  NumberSurvey numbers() {
    return numbers;
  }

  /// Parts of moments, as long as there may be.
  NumberSurvey[] parts() {
    return parts;
  }

  long textCount() {
    return textCount;
  }

  long missingCount() {
    return missingCount;
  }

  long emptyCount() {
    return emptyCount;
  }

  /// Fields that say something.
  long presentCount() {
    return numbers.count() + textCount;
  }

  /// Texts that were kept, numbers among them where they are needed as texts.
  Categories texts() {
    return texts;
  }

  /// Whether all different fields were kept as texts.
  boolean isComplete() {
    return complete;
  }

  /// Whether numbers are equal in double precision that differ as text.
  boolean isBeyondDouble() {
    return beyondDouble;
  }

  /// Whether moments have times of the day.
  boolean isTimed() {
    return timed;
  }

  /// Texts that are moments of a format.
  long momentCount(TimeFormat format) {
    return momentCounts.length == 0 ? 0 : momentCounts[FORMATS.indexOf(format)];
  }
}
