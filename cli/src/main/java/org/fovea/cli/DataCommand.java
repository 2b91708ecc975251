package org.fovea.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `fovea data`: the command that holds those of data.
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "make|info|split|fetch",
    description = "Makes, describes, divides and downloads data.")
final class DataCommand implements Runnable {

  /// The command with those that it holds.
  static CommandLine tree(Console console) {
    CommandLine make =
        new CommandLine(new DataMakeCommand())
            .addSubcommand(new MakeJdkCallsCommand(console))
            .addSubcommand(new MakeWordsCommand(console))
            .addSubcommand(new MakeSyntheticCommand(console))
            .addSubcommand(new MakeTableCommand(console));
    return new CommandLine(new DataCommand())
        .addSubcommand(make)
        .addSubcommand(new DataInfoCommand(console))
        .addSubcommand(new DataSplitCommand(console))
        .addSubcommand(new DataFetchCommand(console));
  }

  @Override
  public void run() {
    throw new UsageException("make, info, split or fetch was expected after data");
  }
}
