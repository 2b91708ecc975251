package org.fovea.data;

import java.nio.charset.StandardCharsets;

/// Reads a decimal number from bytes as the nearest `float`.
///
/// The grammar is `[+-] digits [. digits] [e [+-] digits]` with at least one digit before or after
/// the point; words (`nan`, `inf`), hexadecimal numbers and type suffixes are no numbers.
///
/// Up to 18 digits are gathered exactly in a `long`. If they are below 2^53 and the power of ten at
/// most 22, one `double` operation gives the number rounded once, and the cast to `float` rounds it
/// again. That second rounding can go wrong only if the `double` lies exactly between two floats or
/// among the subnormal ones; then, as in every other case, [Float#parseFloat(String)] decides.
///
/// **Threads** Confined. **Cost** No garbage on the fast path; a short string on the other.
///
/// **Source** W. D. Clinger, *How to read floating point numbers accurately*, PLDI 1990, section 2
/// (the fast path).
final class FloatParser {

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;
  private static final long BELOW_FLOAT = (1L << 29) - 1;
  private static final long HALF_WAY = 1L << 28;

  /// Up to here every whole number is a float.
  private static final long LARGEST_APART = 1 << 24;

  private static final int LARGEST_EXPONENT = 1_000_000;

  private int end;
  private boolean rounded;

  /// Whether the number that was parsed last is whole and the float another.
  boolean isRounded() {
    return rounded;
  }

  /// Where the number ended: the first byte that is not part of it, or where it should have begun
  /// if there is no number.
  int end() {
    return end;
  }

  /// Parses the number at `start`. Its end must be marked by a byte that cannot be part of a
  /// number.
  ///
  /// @return the nearest float, infinite if there is none; anything if [#end()] is `start`
  float parse(byte[] bytes, int start) {
    int at = start;
    int c = bytes[at];
    boolean negative = c == '-';
    if (negative || c == '+') {
      c = bytes[++at];
    }
    int digitsStart = at;
    long digits = 0;
    int d = c - '0';
    while (d >= 0 && d <= 9) {
      digits = digits * 10 + d;
      c = bytes[++at];
      d = c - '0';
    }
    int digitCount = at - digitsStart;
    int scale = 0;
    if (c == '.') {
      int fractionStart = at + 1;
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
    rounded = false;
    if (digitCount == 0) {
      end = start;
      return 0;
    }
    if (c == 'e' || c == 'E') {
      int exponentStart = at;
      at = exponent(bytes, at + 1);
      if (at < 0) {
        end = start;
        return 0;
      }
      scale += exponentAt(bytes, exponentStart + 1);
    }
    end = at;
    boolean apart = digits <= LARGEST_APART || (long) (float) digits == digits;
    rounded = scale == 0 && (digitCount > 18 || !apart);
    if (digitCount <= 18 && digits < EXACT) {
      if (digits == 0) {
        return negative ? -0f : 0f;
      }
      if (scale >= -22 && scale <= 22) {
        double exact = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
        if ((Double.doubleToRawLongBits(exact) & BELOW_FLOAT) != HALF_WAY
            && exact >= Float.MIN_NORMAL) {
          float value = (float) exact;
          return negative ? -value : value;
        }
      }
    }
    return Float.parseFloat(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
  }

  /// Where the exponent that begins at `at` ends, or a negative number if there is none.
  private static int exponent(byte[] bytes, int at) {
    int digitsStart = bytes[at] == '-' || bytes[at] == '+' ? at + 1 : at;
    int end = digitsStart;
    while (bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    return end == digitsStart ? -1 : end;
  }

  private static int exponentAt(byte[] bytes, int start) {
    boolean negative = bytes[start] == '-';
    int at = negative || bytes[start] == '+' ? start + 1 : start;
    int exponent = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      exponent = Math.min(LARGEST_EXPONENT, exponent * 10 + bytes[at] - '0');
      at++;
    }
    return negative ? -exponent : exponent;
  }
}
