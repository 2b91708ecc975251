package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.ExampleSource;
import org.fovea.data.Examples;
import org.fovea.data.Strata;
import org.fovea.data.TextSplit;
import org.fovea.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fovea data split`: one file into two, to train with and to test with.
@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Divides a file by a seeded draw into NAME-train and NAME-test.",
      "Lines are copied as they are; both files have the header. For tables and other text."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea data split table.csv.gz --test 1/3 --seed 1 --stratified",
      "  fovea data split rows.txt --test 0.2 --out parts"
    })
final class DataSplitCommand implements Callable<Integer> {

  private final Console console;
  private Path file = Path.of("");

  @Option(
      names = "--test",
      required = true,
      paramLabel = "SHARE",
      description = "share of the examples to test with, such as 1/3 or 0.2")
  private String share = "";

  @Option(names = "--seed", paramLabel = "N", description = "seed of the draw (default: 1)")
  private long seed = 1;

  @Option(
      names = "--stratified",
      description = "draw from each class in proportion; for examples with one label")
  private boolean stratified;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the files go, made if missing (default: beside the file)")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  DataSplitCommand(Console console) {
    this.console = console;
  }

  @Parameters(
      paramLabel = "FILE|-",
      description = "XC text, libsvm or CSV; .gz too; - is standard input")
  void file(Path path) {
    file = path;
  }

  @Override
  public Integer call() {
    double part = Sizes.parseShare("--test", share);
    DataSettings settings = reading.settings();
    if (settings.options().skipBad()) {
      throw new UsageException("--skip-bad: a file that is split must be sound as a whole");
    }
    ExampleSource source = settings.open(file, console);
    TextSplit split;
    try {
      split = new TextSplit(file, source, settings.options());
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
    Path folder = out.orElseGet(() -> file.resolveSibling(""));
    OutputFolder.make(folder);
    try (Examples examples = settings.loadEvery(source, console)) {
      long[] held = strata(examples).draw(part, seed);
      long count = examples.summary().exampleCount();
      if (held.length == 0 || held.length == count) {
        throw new CommandException(
            "%s: examples for both files were expected, %s of %s for the test came"
                .formatted(file, held.length, count));
      }
      Path train = folder.resolve(named("train"));
      Path test = folder.resolve(named("test"));
      split.write(held, count, train, test);
      report(train, count - held.length, test, held.length);
    }
    return 0;
  }

  private Strata strata(Examples examples) {
    try {
      return stratified ? Strata.byLabel(examples) : Strata.alike(examples);
    } catch (IllegalArgumentException e) {
      throw new CommandException(file + ": --stratified: " + e.getMessage(), e);
    }
  }

  /// `table.csv.gz` becomes `table-train.csv.gz`.
  private String named(String part) {
    String given = file.getFileName().toString();
    String name = given.equals(Inputs.STANDARD_INPUT) ? "input" : given;
    boolean packed = name.endsWith(".gz");
    String plain = packed ? name.substring(0, name.length() - 3) : name;
    int dot = plain.lastIndexOf('.');
    String stem = dot > 0 ? plain.substring(0, dot) : plain;
    String ending = dot > 0 ? plain.substring(dot) : "";
    return stem + "-" + part + ending + (packed ? ".gz" : "");
  }

  private void report(Path train, long trained, Path test, long tested) {
    if (json) {
      ObjectNode tree = Json.object();
      tree.put("train", train.toString()).put("train examples", trained);
      tree.put("test", test.toString()).put("test examples", tested);
      console.result(tree.toString());
      return;
    }
    console.result("%s  %s examples".formatted(train, Sizes.count(trained)));
    console.result("%s  %s examples".formatted(test, Sizes.count(tested)));
  }
}
