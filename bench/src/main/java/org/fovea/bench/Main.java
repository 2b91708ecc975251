package org.fovea.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.SuiteRun;
import org.fovea.bench.suite.Report;
import org.fovea.bench.suite.Suites;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `./fovea bench`.
@Command(
    name = "fovea bench",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = {
      "Measures Fovea, and peers beside it.",
      "",
      "Every measurement runs in a process of its own, one after another. Results are kept as they"
          + " come: a run that was interrupted goes on where it stopped when it is started again."
    },
    footer = {
      "",
      "kernels runs JMH with what follows it; report writes BENCHMARKS.md from the results that are"
          + " there."
    })
public final class Main implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "suites: ${COMPLETION-CANDIDATES}",
      completionCandidates = Suites.Names.class)
  private final List<String> names = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "folder of results (${DEFAULT-VALUE})")
  private Path out = Path.of("bench-results");

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "folder of data sets, with xmc/, mnist/ and so on (${DEFAULT-VALUE})")
  private Path folder = Path.of("data");

  @Option(
      names = "--data",
      paramLabel = "BASE",
      description = "in place of synthetic data: the files BASE-train.txt.gz and BASE-test.txt.gz")
  private String data = "";

  @Option(
      names = "--jdk",
      paramLabel = "BASE",
      description = "the jdk-calls files, in place of making them")
  private String jdk = "";

  @Option(names = "--quick", description = "a smoke run: small data, figures mean nothing")
  private boolean quick;

  @Option(names = "--peers", description = "run peers too; downloads them once")
  private boolean peers;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "how often what is compared is measured (${DEFAULT-VALUE})")
  private int repeats = 3;

  @Option(names = "--seeds", paramLabel = "N", description = "seeds (${DEFAULT-VALUE})")
  private int seeds = 5;

  @Option(names = "--threads", paramLabel = "N", description = "most threads (all cores)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "CPU seconds of a cell with a budget (${DEFAULT-VALUE})")
  private int seconds = 120;

  @Option(names = "--only", paramLabel = "REGEX", description = "only cells whose name has a match")
  private String only = "";

  @Option(names = "--again", description = "measure also what has a result")
  private boolean again;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "what single suites understand")
  private Map<String, String> extra = new LinkedHashMap<>();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "what report writes (${DEFAULT-VALUE})")
  private Path report = Path.of("BENCHMARKS.md");

  private String command = "";

  private Main() {}

  /// Runs the command and exits with its status.
  public static void main(String[] arguments) throws Exception {
    System.setProperty("java.awt.headless", "true");
    if (arguments.length > 0 && arguments[0].equals("kernels")) {
      String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
      new Runner(new CommandLineOptions(own)).run();
      return;
    }
    Main main = new Main();
    main.command = "./fovea bench " + String.join(" ", arguments);
    System.exit(new CommandLine(main).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (quick && out.equals(Path.of("bench-results"))) {
      out = Path.of("bench-results-quick");
    }
    Files.createDirectories(out);
    if (names.equals(List.of("report"))) {
      Report.write(out, report);
      return 0;
    }
    Settings settings =
        new Settings(
            out.toString(),
            folder.toString(),
            data,
            jdk,
            home(),
            quick,
            peers,
            quick ? 1 : repeats,
            quick ? 1 : seeds,
            threads,
            quick ? 2 : seconds,
            extra);
    Pattern pattern = Pattern.compile(only);
    int failed = 0;
    for (Suite suite : names.isEmpty() ? Suites.all() : names.stream().map(Suites::of).toList()) {
      failed +=
          new SuiteRun(suite, settings, command, CellMain.class)
              .run(cell -> pattern.matcher(cell.id()).find(), again);
    }
    return failed == 0 ? 0 : 1;
  }

  /// The folder of the source tree: the nearest one above the class path that has a launcher.
  private static String home() {
    String first = System.getProperty("java.class.path").split(File.pathSeparator, -1)[0];
    for (Path at = Path.of(first.replace("*", "")).toAbsolutePath();
        at != null;
        at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("fovea")) && Files.isRegularFile(at.resolve("pom.xml"))) {
        return at.toString();
      }
    }
    return Path.of("").toAbsolutePath().toString();
  }
}
