package org.fovea.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.data.SkippedExample;
import org.fovea.model.Model;
import org.fovea.training.metric.Propensities;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `fovea evaluate`: what a model is worth on some data.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Measures a model: P@k, R@k, nDCG@k, PSP@k, and accuracy for single labels.",
      "With --threshold also micro and macro F1, precision and recall of the labels that reach it;"
          + " with --probabilities also ECE, the expected calibration error: how far probabilities"
          + " of best labels are from the share of them that is true."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea evaluate model --data test.txt.gz",
      "  fovea evaluate model --data test.txt.gz --k 1,5,10 --json",
      "  fovea evaluate model --data test.txt.gz --probabilities --threshold 0.5"
    })
final class EvaluateCommand implements Callable<Integer> {

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE|-",
      description = "what to measure on; - is standard input")
  private Path data = Path.of("");

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K[,K...]",
      description = "places of the rankings (default: 1,3,5)")
  private int[] ks = {1, 3, 5};

  @Option(
      names = "--propensities",
      split = ",",
      paramLabel = "A,B",
      description = "of the data set, for PSP (default: 0.55,1.5)")
  private double[] propensities = {Propensities.DEFAULT_A, Propensities.DEFAULT_B};

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private final ProbabilityOptions scores = new ProbabilityOptions();

  @Mixin private final TablesOptions tables = new TablesOptions();

  @Mixin private final ResidencyOptions residency = new ResidencyOptions();

  @Mixin private final UnknownOption unknown = new UnknownOption();

  @Mixin private final ReadingOptions reading = new ReadingOptions();

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "MODEL", description = "a model directory")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    if (propensities.length != 2) {
      throw new UsageException("--propensities: two numbers A,B were expected");
    }
    Evaluation.Options options =
        new Evaluation.Options(ks, propensities, tables.recall(), reading.threads());
    try (Model model = Model.open(directory, residency.residency());
        Examples examples = load(model)) {
      scores.requireAllLabels(model.info(), tables.recall().isPresent());
      scores.warn(model.info(), console);
      Evaluation evaluation = Evaluation.of(model, examples, options, scores);
      if (json) {
        ObjectNode tree = evaluation.tree();
        addSkipped(examples.summary(), tree);
        console.result(tree.toString());
      } else {
        evaluation.print(console);
      }
    }
    return 0;
  }

  /// What was left out, if anything was, and of the first what is wrong with each.
  private static void addSkipped(DataSummary summary, ObjectNode tree) {
    if (summary.skippedCount() == 0) {
      return;
    }
    tree.put("malformed", summary.skippedCount());
    ArrayNode skipped = tree.putArray("errors");
    for (SkippedExample example : summary.skipped()) {
      skipped.addObject().put("example", example.example()).put("error", example.error());
    }
  }

  private Examples load(Model model) {
    DataSettings settings = reading.settings(model.info(), console).withUnknown(unknown.entries());
    return settings.loadEvery(settings.open(data, console), console);
  }
}
