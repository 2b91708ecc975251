package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;
import static org.fovea.bench.run.Markdown.percent;

import java.util.ArrayList;
import java.util.List;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.DataSummary;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Evaluator;
import org.fovea.training.Preparation;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.optimizer.Updaters;

/// What hashed hidden layers save and what they cost in accuracy, beside other ways to train with a
/// part of the neurons, as in the paper of Spring and Shrivastava (KDD 2017).
///
/// Winner-take-all and the exact top-k are the same selection here, and one column.
final class HiddenSuite implements Suite {

  private static final String ACCURACY = "accuracy";
  private static final List<String> METHODS = List.of("lsh", "winners", "adaptive", "dropout");
  private static final List<String> IMAGES = List.of("mnist", "fashion-mnist");

  @Override
  public String name() {
    return "hidden";
  }

  @Override
  public String title() {
    return "Hashed hidden layers: accuracy and multiply-adds";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    int epochs = settings.integer("epochs", settings.size(10, 1));
    for (String images : settings.text("images", String.join(",", IMAGES)).split(",", -1)) {
      int width = settings.integer("width", settings.size(1_000, 100));
      cells.add(cell(images, "none", 3, width, 100, epochs));
      for (int percent : settings.quick() ? new int[] {10} : new int[] {5, 10, 25, 50}) {
        for (String method : METHODS) {
          cells.add(cell(images, method, 3, width, percent, epochs));
        }
      }
      int wide = settings.integer("wide-epochs", settings.size(5, 1));
      for (int neurons : settings.quick() ? new int[] {300} : new int[] {1_000, 10_000, 100_000}) {
        cells.add(cell(images, "none", 1, neurons, 100, wide));
        for (double percent : new double[] {10, 5, 2, 1, 0.5}) {
          if (percent * neurons / 100 >= 10) {
            cells.add(cell(images, "lsh", 1, neurons, percent, wide));
          }
        }
      }
    }
    return cells;
  }

  private static Cell cell(
      String images, String method, int layers, int width, double percent, int epochs) {
    String share = percent == Math.rint(percent) ? number(percent, 0) : number(percent, 1);
    return Cell.of("%s-%sx%s-%s-%s".formatted(images, layers, width, method, share))
        .with("images", images)
        .with("method", method)
        .with("layers", layers)
        .with("width", width)
        .with("percent", percent)
        .with("epochs", epochs)
        .limit(3 * 3_600)
        .jvm("-Xmx8g");
  }

  @Override
  public void measure(Work work) {
    Cell cell = work.cell();
    DataSets.Pair data = new DataSets(work).images(cell.text("images"));
    Examples train = work.settings().quick() ? DataSets.some(data.train(), 2_000) : data.train();
    HiddenNetworks networks = new HiddenNetworks(work.settings());
    int layers = cell.integer("layers");
    int width = cell.integer("width");
    int active = (int) Math.max(1, Math.round(width * cell.number("percent") / 100));
    TrainSpec training = networks.training(cell.integer("epochs"), 1);
    Updaters updaters = new Updaters(training);
    Network network =
        new Preparation(
                networks.network(train.summary(), cell.text("method"), layers, width, active),
                training,
                train,
                updaters)
            .prepare();
    try (network;
        TrainingLoop loop =
            new TrainingLoop(
                network, training, updaters, train, TrainingLoop.epochs(training, train))) {
      train(work, network, loop, data.test());
      put(work, networks, loop, train.summary());
    }
  }

  private static void train(Work work, Network network, TrainingLoop loop, Examples test) {
    List<double[]> curve = new ArrayList<>();
    double next = 1;
    while (loop.step()) {
      if (loop.epochs() >= next) {
        next++;
        curve.add(new double[] {loop.epochs(), loop.aside(() -> accuracy(network, test))});
        work.say(
            "epoch %.0f: loss %.4f, accuracy %.4f, %.1f CPU s",
            loop.epochs(), loop.takeLoss(), curve.getLast()[1], loop.cpuSeconds());
        work.row().put("curve", List.copyOf(curve));
        work.row().put(ACCURACY, curve.getLast()[1]);
        work.keep();
      }
    }
  }

  private static double accuracy(Network network, Examples test) {
    // with one label each, the share of right answers is the precision of the first
    return new Evaluator(test, MeasureSpec.at(1), 1).evaluate(network).value("P@1");
  }

  private static void put(Work work, HiddenNetworks networks, TrainingLoop loop, DataSummary data) {
    Cell cell = work.cell();
    double dense = loop.work().dense();
    boolean hashed = cell.text("method").equals("lsh");
    double rehashing =
        hashed
            ? networks.rehashing(
                data, cell.integer("layers"), cell.integer("width"), loop.batches())
            : 0;
    work.row()
        .put("CPU seconds", loop.cpuSeconds())
        .put("multiply-adds", loop.work().done())
        .put("dense multiply-adds", dense)
        .put("share", loop.work().done() / dense)
        .put("share with queries", (loop.work().done() + loop.work().selection()) / dense)
        .put(
            "share with all hashing",
            (loop.work().done() + loop.work().selection() + rehashing) / dense);
    if (hashed) {
      work.row()
          .put("tables", networks.tables())
          .put("hashes", networks.hashes(cell.integer("width")))
          .put("rehash", networks.rehash(cell.integer("width")));
    }
    work.say(
        "%.2f %% of the dense multiply-adds, %.2f %% with hashing",
        100 * work.row().number("share"), 100 * work.row().number("share with all hashing"));
  }

  @Override
  public String render(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (String images : rows.stream().map(row -> row.text("images")).distinct().toList()) {
      text.append("\n**").append(images).append("**\n\n");
      text.append(table(rows.stream().filter(row -> row.text("images").equals(images)).toList()));
    }
    text.append(
        "\n"
            + "Multiply-adds are those of training. The last column adds those of queries and of"
            + " hashing changed rows, counted as if every row changed between two rounds."
            + " Winner-take-all is the exact top-k: it computes all neurons.\n");
    return text.toString();
  }

  private static Markdown table(List<Row> rows) {
    Markdown table =
        new Markdown(
            "hidden layers",
            "active, %",
            "method",
            "accuracy, %",
            "against all neurons, points",
            "share of the dense multiply-adds, %",
            "with queries",
            "with all hashing",
            "CPU s");
    for (Row row : rows) {
      double all =
          rows.stream()
              .filter(other ->
                  other.text("method").equals("none")
                      && other.text("layers").equals(row.text("layers"))
                      && other.text("width").equals(row.text("width")))
              .mapToDouble(other -> other.number(ACCURACY))
              .findFirst()
              .orElse(Double.NaN);
      table.row(
          row.text("layers") + " x " + row.text("width"),
          row.text("percent"),
          row.text("method"),
          percent(row.number(ACCURACY), 2),
          number(100 * (row.number(ACCURACY) - all), 2),
          percent(row.number("share"), 2),
          percent(row.number("share with queries"), 2),
          percent(row.number("share with all hashing"), 2),
          number(row.number("CPU seconds"), 0));
    }
    return table;
  }
}
