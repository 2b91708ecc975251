package org.fovea.cli;

import java.util.Optional;
import org.fovea.spec.Residency;
import picocli.CommandLine.Option;

/// Options of the commands that can leave the neurons of a pattern network on disk.
final class NeuronResidencyOptions {

  @Option(
      names = "--resident",
      paramLabel = "WHERE",
      description =
          "where the neurons are: heap (default), mapped (read from their pages as documents need"
              + " them), or suspended (a part of the pages is kept in the heap, see --memory;"
              + " default for networks that were built with --on-pages); the last two need patterns"
              + " suspend or --on-pages")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "heap for pages of neurons with --resident suspended (default: "
              + ResidencyOptions.USUAL_BUDGET
              + ")")
  private String memory = "";

  @Option(
      names = "--retention",
      paramLabel = "N",
      description =
          "with --resident suspended, pages that have not been needed for N documents go (default:"
              + " 0, they stay until their place is needed)")
  private int retention;

  /// What is asked for; nothing, if the neurons are to be where the network was built.
  Optional<Residency> residency() {
    Residency asked =
        ResidencyOptions.residency(where.orElse(ResidencyOptions.HEAP), memory, retention);
    return where.map(_ -> asked);
  }

  /// Bytes of pages that are kept in the heap where nothing else is asked for.
  static long usualBudget() {
    return Sizes.parseBytes("--memory", ResidencyOptions.USUAL_BUDGET);
  }
}
