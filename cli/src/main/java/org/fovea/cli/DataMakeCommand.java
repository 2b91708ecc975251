package org.fovea.cli;

import picocli.CommandLine.Command;

/// `fovea data make`: the command that holds a command for each data set that can be made.
@Command(
    name = "make",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "NAME",
    description = {
      "Makes data: NAME-train.txt.gz and NAME-test.txt.gz, and NAME-names.txt.gz where there are"
          + " names; table makes CSV. The same options give the same bytes."
    })
final class DataMakeCommand implements Runnable {

  @Override
  public void run() {
    throw new UsageException(
        "jdk-calls, words-in-context, synthetic or table was expected after data make");
  }
}
