package org.fovea.cli;

import org.fovea.spec.Residency;
import picocli.CommandLine.Option;

/// Options of the commands that can predict with an output layer larger than memory, and what they
/// mean where one is trained.
final class ResidencyOptions {

  static final String HEAP = "heap";
  private static final String MAPPED = "mapped";
  private static final String SUSPENDED = "suspended";
  static final String USUAL_BUDGET = "64m";

  @Option(
      names = "--resident",
      paramLabel = "WHERE",
      description =
          "where the rows of the labels are: heap (default), mapped (read from the model's file as"
              + " needed), or suspended (a part is kept in the heap, see --memory)")
  private String where = HEAP;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "heap for the rows of labels with --resident suspended (default: " + USUAL_BUDGET + ")")
  private String memory = "";

  @Option(
      names = "--retention",
      paramLabel = "N",
      description =
          "with --resident suspended, rows that have not been needed for N batches go (default: 0,"
              + " they stay until their place is needed)")
  private int retention;

  /// What is asked for.
  Residency residency() {
    return residency(where, memory, retention);
  }

  /// What options of these names ask for.
  static Residency residency(String where, String memory, int retention) {
    if (retention < 0) {
      throw new UsageException("--retention: 0 or more was expected, %s came".formatted(retention));
    }
    if (!where.equals(SUSPENDED) && (!memory.isEmpty() || retention != 0)) {
      throw new UsageException("--memory and --retention need --resident " + SUSPENDED);
    }
    return switch (where) {
      case HEAP -> new Residency.Heap();
      case MAPPED -> new Residency.Mapped();
      case SUSPENDED -> new Residency.Suspended(budget(memory), retention);
      default ->
          throw new UsageException(
              "--resident: heap, mapped or suspended was expected, '%s' came".formatted(where));
    };
  }

  /// What is asked for while training.
  static Residency training(TrainSettings settings) {
    String where = settings.resident().orElse(HEAP);
    if (!where.equals(SUSPENDED) && settings.memory().isPresent()) {
      throw new UsageException("--memory needs --resident " + SUSPENDED);
    }
    return switch (where) {
      case HEAP -> new Residency.Heap();
      case SUSPENDED -> new Residency.Suspended(budget(settings.memory().orElse("")), 0);
      default ->
          throw new UsageException(
              "--resident: heap or suspended was expected, '%s' came".formatted(where));
    };
  }

  private static long budget(String memory) {
    long budget = Sizes.parseBytes("--memory", memory.isEmpty() ? USUAL_BUDGET : memory);
    if (budget == 0) {
      throw new UsageException("--memory: some bytes were expected, 0 came");
    }
    return budget;
  }
}
