package org.fovea.cli;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/// Pictures for reports, as `data:` addresses that a page holds in itself.
final class Pictures {

  private static final int BINS = 24;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;

  private Pictures() {}

  /// How many values fall between bounds that grow by the same factor.
  ///
  /// @param values not negative; zeros have a bar of their own
  static String histogram(String title, String unit, Distribution values) {
    double most = Math.max(values.most(), 1e-9);
    double least = most;
    for (double value : values.sorted()) {
      if (value > 0) {
        least = value;
        break;
      }
    }
    double factor = Math.max(1.0001, Math.pow(most / least, 1.0 / BINS));
    int[] counts = new int[BINS + 1];
    for (double value : values.sorted()) {
      int bin =
          value <= 0
              ? 0
              : 1 + Math.clamp((int) (Math.log(value / least) / Math.log(factor)), 0, BINS - 1);
      counts[bin]++;
    }
    List<String> bounds = new ArrayList<>();
    List<Integer> heights = new ArrayList<>();
    for (int bin = 0; bin <= BINS; bin++) {
      double bound = bin == 0 ? 0 : least * Math.pow(factor, bin - 1);
      String text = String.format(Locale.ROOT, bound >= 100 ? "%.0f" : "%.3g", bound);
      while (bounds.contains(text)) {
        text += " ";
      }
      bounds.add(text);
      heights.add(counts[bin]);
    }
    CategoryChart chart =
        bars(
            title,
            unit + ", from",
            title.toLowerCase(Locale.ROOT).equals("labels") ? "labels" : "how many");
    chart.getStyler().setXAxisLabelRotation(60).setLegendVisible(false);
    chart.addSeries("labels", bounds, heights);
    return address(chart);
  }

  private static CategoryChart bars(String title, String across, String up) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private static String address(Chart<?, ?> chart) {
    try {
      byte[] png = ChartEncoder.getBytes(chart, "png");
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be drawn: " + e.getMessage(), e);
    }
  }
}
