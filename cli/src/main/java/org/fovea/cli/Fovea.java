package org.fovea.cli;

import picocli.CommandLine.Command;

/// The command that holds the others.
@Command(
    name = "fovea",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains and serves very wide and very sparse networks on ordinary processors.",
    footerHeading = "%nStart here:%n",
    footer = {
      "  fovea demo                                 the main job on real data, with no download",
      "  fovea demo annotate                        patterns in text, the same way",
      "  fovea train --train FILE --model DIR       what is not said is chosen from the data",
      "  fovea COMMAND --help                       what a command takes"
    })
final class Fovea implements Runnable {

  @Override
  public void run() {
    throw new UsageException("a command was expected; fovea --help lists them");
  }
}
