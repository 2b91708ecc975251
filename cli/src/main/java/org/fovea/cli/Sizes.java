package org.fovea.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of bytes, counts and durations, as people write and read them.
final class Sizes {

  private static final Pattern BYTES =
      Pattern.compile("([0-9]{1,15})([kmgt]?)(i?b)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h)");
  private static final Pattern SHARE =
      Pattern.compile("([0-9]{1,9}([.][0-9]{1,9})?)(?:/([0-9]{1,9}))?");
  private static final String UNITS = "kMGT";

  private Sizes() {}

  /// Bytes with a binary unit: `1.5 GB` of 1,073,741,824 bytes each.
  static String bytes(long count) {
    double value = count;
    int unit = -1;
    while (value >= 1024 && unit + 1 < UNITS.length()) {
      value /= 1024;
      unit++;
    }
    return unit < 0
        ? count + " bytes"
        : String.format(
            Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, UNITS.charAt(unit));
  }

  /// A count with separators: `1,234,567`.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A duration in its largest units: `2 h 5 min`, `3 min 20 s`, `4.2 s`.
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
    return seconds < 3600
        ? "%s min %s s".formatted(seconds / 60, seconds % 60)
        : "%s h %s min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /// Bytes as written in an option: `500m`, `4g`, `1048576`.
  ///
  /// @throws UsageException if it is no such number
  static long parseBytes(String name, String text) {
    Matcher match = BYTES.matcher(text.strip());
    if (match.matches()) {
      int unit = UNITS.toLowerCase(Locale.ROOT).indexOf(match.group(2).toLowerCase(Locale.ROOT));
      int shift = match.group(2).isEmpty() ? 0 : 10 * (unit + 1);
      long value = Long.parseLong(match.group(1));
      if (value <= Long.MAX_VALUE >> shift) {
        return value << shift;
      }
    }
    throw new UsageException(
        "%s: a number of bytes such as 500m or 4g was expected, '%s' came".formatted(name, text));
  }

  /// A share as written in an option: `1/3`, `0.2`.
  ///
  /// @throws UsageException if it is none between 0 and 1
  static double parseShare(String name, String text) {
    Matcher match = SHARE.matcher(text.strip());
    if (match.matches()) {
      double share = Double.parseDouble(match.group(1));
      share /= match.group(3) == null ? 1 : Double.parseDouble(match.group(3));
      if (share > 0 && share < 1) {
        return share;
      }
    }
    throw new UsageException(
        "%s: a share between 0 and 1 such as 1/3 or 0.2 was expected, '%s' came"
            .formatted(name, text));
  }

  /// A duration as written in an option: `30s`, `10m`, `2h`.
  ///
  /// @throws UsageException if it is no such duration
  static Duration parseDuration(String name, String text) {
    Matcher match = DURATION.matcher(text.strip());
    if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
      throw new UsageException(
          "%s: a duration such as 30s, 10m or 2h was expected, '%s' came".formatted(name, text));
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
