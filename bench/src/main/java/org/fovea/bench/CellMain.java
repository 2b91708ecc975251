package org.fovea.bench;

import org.fovea.bench.run.Work;
import org.fovea.bench.suite.Suites;

/// The process of its own that does one measurement.
public final class CellMain {

  private CellMain() {}

  /// Measures what the order in a file says.
  public static void main(String[] arguments) throws Exception {
    Work work = Work.of(arguments);
    work.run(() -> Suites.of(work.suite()).measure(work));
  }
}
