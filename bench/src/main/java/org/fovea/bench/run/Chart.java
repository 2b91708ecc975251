package org.fovea.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/// A picture of curves.
///
/// **Threads** confined.
public final class Chart {

  private final XYChart chart;

  /// An empty picture.
  public Chart(String title, String horizontal, String vertical) {
    chart =
        new XYChartBuilder()
            .width(1000)
            .height(640)
            .title(title)
            .xAxisTitle(horizontal)
            .yAxisTitle(vertical)
            .build();
    chart.getStyler().setMarkerSize(5);
  }

  /// Puts the horizontal axis on a logarithmic scale.
  public Chart logarithmic() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /// Adds a curve; one without points is left out.
  ///
  /// @param vertical which number of each point is drawn over its first
  public void curve(String name, List<double[]> points, int vertical) {
    double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
    double[] y = points.stream().mapToDouble(point -> point[vertical]).toArray();
    if (x.length > 0) {
      chart.addSeries(name, x, y);
    }
  }

  /// Writes the picture as PNG, unless nothing is on it.
  public void write(Path file) {
    if (chart.getSeriesCollection().isEmpty()) {
      return;
    }
    try {
      ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
