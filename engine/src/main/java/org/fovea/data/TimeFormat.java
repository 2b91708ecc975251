package org.fovea.data;

import java.time.DateTimeException;
import java.time.LocalDate;

/// How the moments of a column are written.
///
/// A date may be followed by `T` or a space and a time, `hours:minutes[:seconds[.fraction]]`, and
/// that by `Z` or `+hh:mm`. Without a zone it is the same everywhere. Years of two digits are those
/// from 1970 to 2069.
public enum TimeFormat {
  /// `2024-01-31` or `2024/01/31`.
  YEAR_FIRST,
  /// `31.1.2024`, `31/01/2024` or `31-01-2024`.
  DAY_FIRST,
  /// `1/31/2024` or `01-31-2024`.
  MONTH_FIRST,
  /// `12:30` or `12:30:45.5`.
  TIME;

  private static final int SHORTEST = 4;
  private static final int LONGEST = 40;

  /// A moment that was read.
  ///
  /// **Threads** Confined.
  static final class Moment {

    private double days;
    private int month;
    private int day;
    private int weekday;
    private double hour;
    private boolean timed;

    /// Days since the beginning of 1970, UTC; of a time alone, hours.
    double days() {
      return days;
    }

    /// The parts in the order of [TableColumn.Moment].
    double part(int index) {
      return switch (index) {
        case 0 -> days;
        case 1 -> month;
        case 2 -> day;
        case 3 -> weekday;
        default -> hour;
      };
    }

    /// Whether there was a time of the day.
    boolean timed() {
      return timed;
    }
  }

  /// Reads a moment.
  ///
  /// @return false if the bytes are none of this format
  boolean parse(byte[] bytes, int from, int to, Moment moment) {
    if (to - from < SHORTEST || to - from > LONGEST || !isDigit(bytes[from])) {
      return false;
    }
    moment.timed = false;
    moment.hour = 0;
    Scan scan = new Scan(bytes, from, to);
    if (this == TIME) {
      boolean whole = scan.time(moment) && scan.atEnd();
      moment.days = moment.hour;
      return whole;
    }
    return date(scan, moment);
  }

  private boolean date(Scan scan, Moment moment) {
    int one = scan.whole();
    int oneDigits = scan.digits;
    int mark = scan.mark();
    int two = scan.whole();
    boolean parted = scan.digits <= 2 && (mark == '-' || mark == '/' || mark == '.');
    parted &= scan.mark() == mark;
    int three = scan.whole();
    int threeDigits = scan.digits;
    if (!parted || one < 0 || two < 0 || three < 0) {
      return false;
    }
    boolean fits =
        switch (this) {
          case YEAR_FIRST -> oneDigits == 4 && threeDigits <= 2 && mark != '.';
          case DAY_FIRST -> oneDigits <= 2 && (threeDigits == 4 || threeDigits == 2);
          case MONTH_FIRST ->
              oneDigits <= 2 && (threeDigits == 4 || threeDigits == 2) && mark != '.';
          case TIME -> false;
        };
    if (!fits) {
      return false;
    }
    int year = this == YEAR_FIRST ? one : threeDigits == 2 ? shortYear(three) : three;
    int month = this == MONTH_FIRST ? one : two;
    int day = this == YEAR_FIRST ? three : this == MONTH_FIRST ? two : one;
    return isDate(year, month, day, moment) && rest(scan, moment);
  }

  private static int shortYear(int digits) {
    return digits < 70 ? 2000 + digits : 1900 + digits;
  }

  private static boolean isDate(int year, int month, int day, Moment moment) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    try {
      LocalDate date = LocalDate.of(year, month, day);
      moment.days = date.toEpochDay();
      moment.month = month;
      moment.day = day;
      moment.weekday = date.getDayOfWeek().getValue();
      return true;
    } catch (DateTimeException _) {
      // the 30th of February is no date
      return false;
    }
  }

  private static boolean rest(Scan scan, Moment moment) {
    if (scan.atEnd()) {
      return true;
    }
    int mark = scan.mark();
    if ((mark != 'T' && mark != ' ') || !scan.time(moment)) {
      return false;
    }
    moment.timed = true;
    double away = scan.zone();
    moment.days += (moment.hour - away) / 24;
    return !Double.isNaN(away) && scan.atEnd();
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /// A place in the bytes of a field.
  private static final class Scan {

    private final byte[] bytes;
    private final int end;
    private int at;
    private int digits;

    Scan(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.at = from;
      this.end = to;
    }

    boolean atEnd() {
      return at == end;
    }

    /// The whole number of up to four digits that comes, -1 if none does.
    int whole() {
      int value = 0;
      digits = 0;
      while (at < end && isDigit(bytes[at]) && digits < 5) {
        value = 10 * value + bytes[at++] - '0';
        digits++;
      }
      return digits == 0 || digits == 5 ? -1 : value;
    }

    /// The byte that comes, -1 at the end.
    int mark() {
      return at < end ? bytes[at++] : -1;
    }

    /// Reads a time into the hour of a moment.
    boolean time(Moment moment) {
      int hours = whole();
      if (hours < 0 || hours > 24 || digits > 2 || mark() != ':') {
        return false;
      }
      int minutes = whole();
      if (minutes < 0 || minutes > 59 || digits != 2) {
        return false;
      }
      double seconds = 0;
      if (at < end && bytes[at] == ':') {
        at++;
        seconds = whole();
        if (seconds < 0 || seconds > 60 || digits != 2) {
          return false;
        }
        if (at < end && (bytes[at] == '.' || bytes[at] == ',')) {
          at++;
          double unit = 0.1;
          while (at < end && isDigit(bytes[at])) {
            seconds += unit * (bytes[at++] - '0');
            unit /= 10;
          }
        }
      }
      moment.hour = hours + minutes / 60.0 + seconds / 3600;
      return true;
    }

    /// Hours that the zone is ahead of UTC; not a number if it is no zone.
    double zone() {
      if (at < end && bytes[at] == ' ') {
        at++;
      }
      if (at == end) {
        return 0;
      }
      int sign = mark();
      if (sign == 'Z') {
        return 0;
      }
      if (sign != '+' && sign != '-') {
        return Double.NaN;
      }
      int hours = whole();
      int minutes = 0;
      if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
      } else if (at < end && bytes[at] == ':') {
        at++;
        minutes = whole();
      }
      boolean fits = hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
      double away = hours + minutes / 60.0;
      return !fits ? Double.NaN : sign == '-' ? -away : away;
    }
  }
}
