package org.fovea.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// A table in Markdown.
///
/// **Threads** confined.
public final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /// A table with these columns.
  public Markdown(String... heads) {
    line(List.of(heads));
    line(Collections.nCopies(heads.length, "---"));
  }

  /// Adds a line.
  public Markdown row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(String.valueOf(cell));
    }
    line(texts);
    return this;
  }

  private void line(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// A number with so many decimals, or a dash if it is not one.
  public static String number(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "–";
  }

  /// A share in percent, or a dash.
  public static String percent(double share, int decimals) {
    return Double.isFinite(share) ? number(100 * share, decimals) : "–";
  }

  /// The middle value, or not-a-number if there is none.
  public static double median(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /// The middle value and, in brackets, the least and the greatest.
  public static String spread(double[] values, int decimals) {
    DoubleStream finite = DoubleStream.of(values).filter(Double::isFinite);
    double[] sorted = finite.sorted().toArray();
    if (sorted.length == 0) {
      return "–";
    }
    String middle = number(median(DoubleStream.of(sorted)), decimals);
    return sorted.length == 1
        ? middle
        : "%s (%s to %s)"
            .formatted(
                middle, number(sorted[0], decimals), number(sorted[sorted.length - 1], decimals));
  }
}
