package org.fovea.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `fovea patterns`: the command that holds those of pattern networks.
@Command(
    name = "patterns",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "build|add|remove|explain|suspend",
    description = "Makes, edits and explains networks of patterns in text.")
final class PatternsCommand implements Runnable {

  /// The command with those that it holds.
  static CommandLine tree(Console console) {
    return new CommandLine(new PatternsCommand())
        .addSubcommand(new PatternsBuildCommand(console))
        .addSubcommand(new PatternsAddCommand(console))
        .addSubcommand(new PatternsRemoveCommand(console))
        .addSubcommand(new PatternsExplainCommand(console))
        .addSubcommand(new PatternsSuspendCommand(console));
  }

  @Override
  public void run() {
    throw new UsageException("build, add, remove, explain or suspend was expected after patterns");
  }
}
