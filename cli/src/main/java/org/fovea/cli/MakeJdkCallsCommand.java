package org.fovea.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import org.fovea.data.make.JdkCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fovea data make jdk-calls`.
@Command(
    name = "jdk-calls",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Which methods does a method call? Made from the classes of the running JDK.")
final class MakeJdkCallsCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--modules",
      split = ",",
      paramLabel = "NAME[,NAME...]",
      description = "modules to read (default: all)")
  private Set<String> modules = Set.of();

  @Option(
      names = "--minimum-count",
      paramLabel = "N",
      description = "examples in which a label or feature must occur (default: 2)")
  private int minimumCount = 2;

  @Option(
      names = "--test-share",
      paramLabel = "X",
      description = "share of the examples that is for testing (default: 0.1)")
  private double testShare = 0.1;

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private final MakingOptions making = new MakingOptions();

  MakeJdkCallsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JdkCalls.Options options =
        new JdkCalls.Options(modules, minimumCount, testShare, making.seed(), threads);
    making.make((folder, progress) -> JdkCalls.make(options, folder, progress), console);
    return 0;
  }
}
