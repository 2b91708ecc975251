package org.fovea.cli;

import java.util.concurrent.Callable;
import org.fovea.data.make.SyntheticExtreme;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fovea data make synthetic`.
@Command(
    name = "synthetic",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Learnable data of any size by chance: for speed and scale, never for quality.")
final class MakeSyntheticCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--train", paramLabel = "N", description = "training examples (default: 20000)")
  private long train = 20_000;

  @Option(names = "--test", paramLabel = "N", description = "test examples (default: 5000)")
  private long test = 5_000;

  @Option(names = "--features", paramLabel = "N", description = "features (default: 30000)")
  private int features = 30_000;

  @Option(names = "--labels", paramLabel = "N", description = "labels (default: 20000)")
  private int labels = 20_000;

  @Option(
      names = "--nnz",
      paramLabel = "N",
      description = "features drawn for an example (default: 62)")
  private int nnz = 62;

  @Mixin private final MakingOptions making = new MakingOptions();

  MakeSyntheticCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SyntheticExtreme.Options options =
        new SyntheticExtreme.Options(train, test, features, labels, nnz, making.seed());
    making.make((folder, progress) -> SyntheticExtreme.make(options, folder, progress), console);
    return 0;
  }
}
