package org.fovea.cli;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.training.TrainEvent;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Collects the loss and the validation measures of a run, and draws them.
///
/// **Threads** confined, as events come one at a time.
final class Curves implements Consumer<TrainEvent> {

  private static final String MEASURE = "P@1";

  private final List<Double> lossBatches = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> epochBatches = new ArrayList<>();
  private final List<Double> measures = new ArrayList<>();

  @Override
  public void accept(TrainEvent event) {
    if (event instanceof TrainEvent.Progress progress && Double.isFinite(progress.loss())) {
      lossBatches.add((double) progress.batch());
      losses.add(progress.loss());
    } else if (event instanceof TrainEvent.EpochDone done) {
      if (Double.isFinite(done.loss())) {
        lossBatches.add((double) done.batch());
        losses.add(done.loss());
      }
      if (done.validation().has(MEASURE)) {
        epochBatches.add((double) done.batch());
        measures.add(100 * done.validation().value(MEASURE));
      }
    }
  }

  /// Draws what was collected, if it was anything; the file appears as a whole.
  ///
  /// @throws UncheckedIOException if it cannot be written
  void write(Path file) {
    if (losses.isEmpty()) {
      return;
    }
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(500)
            .title("Training")
            .xAxisTitle("batches")
            .yAxisTitle("loss")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.addSeries("training loss", lossBatches, losses).setMarker(SeriesMarkers.NONE);
    if (!measures.isEmpty()) {
      chart.addSeries("validation " + MEASURE + " (%)", epochBatches, measures).setYAxisGroup(1);
      chart.setYAxisGroupTitle(1, "validation " + MEASURE + " (%)");
    }
    OutputFolder.makeFor(file);
    try {
      Path part = file.resolveSibling("." + file.getFileName() + ".part");
      Files.write(part, ChartEncoder.getBytes(chart, "png"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the curves cannot be written: " + e, e);
    }
  }
}
