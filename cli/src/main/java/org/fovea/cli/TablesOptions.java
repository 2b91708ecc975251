package org.fovea.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of the commands that can predict through tables.
final class TablesOptions {

  @Option(
      names = "--through-tables",
      description = "predict among the labels that an index finds: approximate, and fast")
  private boolean throughTables;

  @Option(
      names = "--recall",
      paramLabel = "X",
      description = "share of the five best labels that the index should find" + " (default: 0.95)")
  private double recall = 0.95;

  /// The recall that is wanted; nothing if all labels are to be computed.
  Optional<Double> recall() {
    if (!(recall > 0 && recall <= 1)) {
      throw new UsageException("--recall: above 0 and at most 1 was expected, " + recall + " came");
    }
    return throughTables ? Optional.of(recall) : Optional.empty();
  }
}
