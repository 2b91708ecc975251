package org.fovea.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea data fetch`: a download that is what it should be, or is not there.
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Downloads a file and checks it.",
      "Fovea comes with no list of addresses: say where the file is and which SHA-256 it has. What"
          + " does not have it is not kept; what is there already and has it is not loaded again."
    },
    footerHeading = "%nExample:%n",
    footer = "  fovea data fetch eurlex-train.txt.gz --url https://... --sha256 9f86... --out data")
final class DataFetchCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

  private final Console console;
  private String name = "";

  @Option(names = "--url", required = true, paramLabel = "URL", description = "http or https")
  private String url = "";

  @Option(names = "--sha256", required = true, paramLabel = "HEX", description = "64 digits")
  private String digest = "";

  @Option(names = "--out", paramLabel = "DIR", description = "where it goes (default: here)")
  private Path folder = Path.of("");

  DataFetchCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "NAME", description = "what the file is to be called")
  void name(String text) {
    name = text;
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(
          "a name of letters, digits, '.', '_' and '-' was expected, '%s' came".formatted(name));
    }
    if (!DIGEST.matcher(digest).matches()) {
      throw new UsageException(
          "--sha256: 64 hexadecimal digits were expected, '%s' came".formatted(digest));
    }
    Path file = folder.resolve(name);
    new Download(address(), file, console).fetch(digest);
    console.result(file.toString());
    return 0;
  }

  private URI address() {
    try {
      URI address = URI.create(url);
      if (address.getHost() != null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException("--url: an address was expected: " + e.getMessage());
    }
    throw new UsageException(
        "--url: an address that begins with http:// or https:// was expected, '%s' came"
            .formatted(url));
  }
}
