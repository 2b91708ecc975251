package org.fovea.cli;

import org.fovea.data.UnknownEntries;
import picocli.CommandLine.Option;

/// What becomes of features that a model has never seen.
final class UnknownOption {

  @Option(
      names = "--unknown",
      paramLabel = "ignore|refuse",
      description =
          "what becomes of features above those of the training data in text: they are left out and"
              + " counted, or an error (default: refuse)")
  private String unknown = "refuse";

  /// The fate of features; labels are refused.
  UnknownEntries entries() {
    return switch (unknown) {
      case "ignore" -> UnknownEntries.refused().withFeatures(true);
      case "refuse" -> UnknownEntries.refused();
      default ->
          throw new UsageException(
              "--unknown: ignore or refuse was expected, '%s' came".formatted(unknown));
    };
  }
}
