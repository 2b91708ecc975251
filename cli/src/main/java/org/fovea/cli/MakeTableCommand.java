package org.fovea.cli;

import java.util.concurrent.Callable;
import org.fovea.data.make.SyntheticTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fovea data make table`.
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "A table of few rows and many columns, as genomics has them, by chance.",
      "Classes differ in the columns called marker-N and in no other."
    })
final class MakeTableCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--rows", paramLabel = "N", description = "training rows (default: 200)")
  private int rows = 200;

  @Option(names = "--test", paramLabel = "N", description = "test rows (default: 200)")
  private int test = 200;

  @Option(names = "--columns", paramLabel = "N", description = "columns (default: 10000)")
  private int columns = 10_000;

  @Option(
      names = "--informative",
      paramLabel = "N",
      description = "columns that tell the classes apart (default: 50)")
  private int informative = 50;

  @Option(names = "--classes", paramLabel = "N", description = "classes (default: 2)")
  private int classes = 2;

  @Option(
      names = "--effect",
      paramLabel = "X",
      description = "standard deviations between two classes in such a column (default: 1)")
  private double effect = 1;

  @Mixin private final MakingOptions making = new MakingOptions();

  MakeTableCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SyntheticTable.Options options;
    try {
      options =
          new SyntheticTable.Options(
              rows, test, columns, informative, classes, effect, making.seed());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    making.make((folder, progress) -> SyntheticTable.make(options, folder, progress), console);
    return 0;
  }
}
