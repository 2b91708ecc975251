package org.fovea.training;

import java.time.Duration;

/// What an epoch has taken so far.
final class EpochClock {

  private final Trainer.Clocks clocks;
  private final ProgressReport report;
  private final Duration start;
  private final double cpuStart;

  /// Starts now.
  ///
  /// @param report knows when the run began
  EpochClock(Trainer.Clocks clocks, ProgressReport report) {
    this.clocks = clocks;
    this.report = report;
    this.start = report.elapsed();
    this.cpuStart = clocks.cpuSeconds().getAsDouble();
  }

  Duration sinceStartOfRun() {
    return report.elapsed();
  }

  Duration took() {
    return report.elapsed().minus(start);
  }

  double cpuSeconds() {
    return clocks.cpuSeconds().getAsDouble() - cpuStart;
  }
}
