package org.fovea.data;

import java.nio.charset.StandardCharsets;

/// Reads a decimal number from bytes as the nearest `double`; the grammar is that of [FloatParser],
/// with a point or a comma before the fraction.
///
/// **Threads** Confined. **Cost** No garbage where up to 18 digits below 2^53 and a power of ten of
/// at most 22 make the number in one rounding, and a short string otherwise.
///
/// **Source** W. D. Clinger, *How to read floating point numbers accurately*, PLDI 1990, section 2
/// (the fast path).
final class DecimalParser {

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;
  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long HALF_WAY = 1L << 28;
  private static final int LARGEST_EXPONENT = 1_000_000;

  private final byte point;
  private int end;
  private boolean hasFraction;

  /// @param point what comes before the fraction
  DecimalParser(char point) {
    this.point = (byte) point;
  }

  /// Where the number ended: the first byte that is not part of it, or where it should have begun
  /// if there is no number.
  int end() {
    return end;
  }

  /// Whether the number had a point.
  boolean hasFraction() {
    return hasFraction;
  }

  /// Parses the number at `start`, which ends at the latest where a byte comes that cannot be part
  /// of a number.
  ///
  /// @return the nearest double, infinite if there is none; anything if [#end()] is `start`
  double parse(byte[] bytes, int start) {
    int at = start;
    int c = bytes[at];
    final boolean negative = c == '-';
    if (negative || c == '+') {
      c = bytes[++at];
    }
    final int digitsStart = at;
    long digits = 0;
    int d = c - '0';
    while (d >= 0 && d <= 9) {
      digits = digits * 10 + d;
      c = bytes[++at];
      d = c - '0';
    }
    int digitCount = at - digitsStart;
    int scale = 0;
    hasFraction = c == point;
    if (hasFraction) {
      final int fractionStart = at + 1;
      do {
        c = bytes[++at];
        d = c - '0';
        if (d < 0 || d > 9) {
          break;
        }
        digits = digits * 10 + d;
      } while (true);
      scale = fractionStart - at;
      digitCount -= scale;
    }
    end = start;
    if (digitCount == 0) {
      return 0;
    }
    if (c == 'e' || c == 'E') {
      final int exponentStart = at + 1;
      at = exponentEnd(bytes, exponentStart);
      if (at < 0) {
        return 0;
      }
      scale += exponent(bytes, exponentStart, at);
    }
    end = at;
    if (digitCount <= 18 && digits < EXACT && scale >= -22 && scale <= 22) {
      double exact = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
      return negative ? -exact : exact;
    }
    return Double.parseDouble(text(bytes, start));
  }

  /// The number that was parsed last as the nearest float. A double that lies exactly between two
  /// floats, or among the subnormal ones, would be rounded twice: then the text decides.
  ///
  /// @param value what [#parse] returned
  float nearest(double value, byte[] bytes, int start) {
    boolean plain = (Double.doubleToRawLongBits(value) & BELOW_FLOAT) != HALF_WAY;
    return value == 0 || (plain && Math.abs(value) >= Float.MIN_NORMAL)
        ? (float) value
        : Float.parseFloat(text(bytes, start));
  }

  private String text(byte[] bytes, int start) {
    String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    return point == '.' ? text : text.replace((char) point, '.');
  }

  private static int exponentEnd(byte[] bytes, int at) {
    int digitsStart = bytes[at] == '-' || bytes[at] == '+' ? at + 1 : at;
    int last = digitsStart;
    while (bytes[last] >= '0' && bytes[last] <= '9') {
      last++;
    }
    return last == digitsStart ? -1 : last;
  }

  private static int exponent(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    int exponent = 0;
    for (int at = negative || bytes[start] == '+' ? start + 1 : start; at < end; at++) {
      exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + bytes[at] - '0');
    }
    return negative ? -exponent : exponent;
  }
}
