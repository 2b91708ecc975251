package org.fovea.bench.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Chart;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.network.Selector;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Evaluator;
import org.fovea.training.Preparation;
import org.fovea.training.metric.MeasureSpec;
import org.fovea.training.metric.Measures;
import org.fovea.training.optimizer.Updaters;

/// What the choice of active labels is worth: precision against processor time, for every way to
/// choose them, within the same budget of processor time.
///
/// All cells of a data set train the same network from the same start. The learning rate falls to
/// zero as the budget is used up, so that the last point of every curve is a finished model.
final class SelectionSuite implements Suite {

  private static final List<String> DATA = List.of("jdk-calls", "movies-cast28k", "words");
  private static final int POINTS = 8;
  private static final int ROWS_ON_THE_WAY = 1_000;
  private static final int ROWS_AT_THE_END = 10_000;

  @Override
  public String name() {
    return "selection";
  }

  @Override
  public String title() {
    return "What hashing is worth: ways to choose the active labels at equal processor time";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    for (String data :
        settings.text("data", settings.quick() ? "words" : String.join(",", DATA)).split(",", -1)) {
      for (OutputSelection selection : OutputSelection.all()) {
        for (double rate : rates(settings)) {
          String id =
              data + "-" + selection.name() + (rate == Networks.RATE ? "" : "-rate-" + rate);
          cells.add(
              Cell.of(id)
                  .with("data", data)
                  .with("selection", selection.name())
                  .with("rate", rate)
                  .with("seconds", settings.seconds())
                  .limit(40 * settings.seconds() + 1_800)
                  .jvm("-Xmx8g"));
        }
      }
    }
    return cells;
  }

  private static List<Double> rates(Settings settings) {
    List<Double> rates = new ArrayList<>();
    for (String rate : settings.text("rates", String.valueOf(Networks.RATE)).split(",", -1)) {
      rates.add(Double.parseDouble(rate));
    }
    return rates;
  }

  private static DataSets.Pair data(Work work) {
    DataSets sets = new DataSets(work);
    boolean quick = work.settings().quick();
    return switch (work.cell().text("data")) {
      case "jdk-calls" -> quick ? sets.medium() : sets.jdkCalls();
      case "words" ->
          quick ? sets.wordsInContext(5_000, 20_000) : sets.wordsInContext(200_000, 1_000_000);
      case String name -> sets.ofFolder(name);
    };
  }

  @Override
  public void measure(Work work) {
    DataSets.Pair data = data(work);
    Examples train = data.train();
    int negatives =
        work.settings().integer("negatives", work.settings().size(Networks.NEGATIVES, 128));
    Selection selection =
        OutputSelection.of(work.cell().text("selection"))
            .spec(train.summary().labelCount(), negatives);
    work.row().put("how", selection.toString());
    NetworkSpec spec =
        Networks.extreme(
            train.summary(), work.settings().integer("hidden", Networks.HIDDEN), selection);
    double rate = work.cell().number("rate");
    TrainSpec training =
        Networks.training(
            1, new Optimizer.RowAdagrad(1e-10), new Schedule.Linear(rate, 0, 0.01), 1);
    Updaters updaters = new Updaters(training);
    Network network = new Preparation(spec, training, train, updaters).prepare();
    double budget = work.cell().number("seconds");
    try (network;
        TrainingLoop loop =
            new TrainingLoop(network, training, updaters, train, TrainingLoop.budget(budget))) {
      train(work, network, loop, data.test(), budget);
    }
  }

  private static void train(
      Work work, Network network, TrainingLoop loop, Examples test, double budget) {
    Examples some = DataSets.some(test, ROWS_ON_THE_WAY);
    List<double[]> curve = new ArrayList<>();
    double next = budget / POINTS;
    while (loop.step()) {
      if (loop.cpuSeconds() >= next && loop.cpuSeconds() < 0.99 * budget) {
        next += budget / POINTS;
        loop.aside(() -> measure(work, network, loop, some, curve));
      }
    }
    Row row = work.row();
    Measures end =
        loop.aside(() -> measure(work, network, loop, DataSets.some(test, ROWS_AT_THE_END), curve));
    for (String name : List.of("P@1", "P@3", "P@5", "nDCG@5")) {
      row.put(name, end.value(name));
    }
    row.put("epochs", loop.epochs())
        .put("examples", loop.examples())
        .put("ms CPU an example", 1000 * loop.cpuSeconds() / loop.examples())
        .put("active labels", loop.activeLabels())
        .put("multiply-adds an example", (double) loop.work().done() / loop.examples())
        .put(
            "multiply-adds of selection an example",
            (double) loop.work().selection() / loop.examples())
        .put("dense multiply-adds an example", (double) loop.work().dense() / loop.examples());
    network
        .output()
        .neurons()
        .selector()
        .ifPresent(selector -> found(work, network, selector, some));
  }

  private static Measures measure(
      Work work, Network network, TrainingLoop loop, Examples test, List<double[]> curve) {
    Measures measures = new Evaluator(test, MeasureSpec.at(1, 3, 5), 1).evaluate(network);
    curve.add(
        new double[] {
          loop.cpuSeconds(),
          measures.value("P@1"),
          measures.value("P@3"),
          measures.value("P@5"),
          loop.epochs()
        });
    work.row().put("curve", List.copyOf(curve));
    work.keep();
    work.say(
        "%.1f CPU s, %.2f epochs, loss %.3f, %.0f active: P@1 %.4f P@5 %.4f",
        loop.cpuSeconds(),
        loop.epochs(),
        loop.takeLoss(),
        loop.activeLabels(),
        measures.value("P@1"),
        measures.value("P@5"));
    return measures;
  }

  private static void found(Work work, Network network, Selector selector, Examples test) {
    SelectorRecall recall = SelectorRecall.measure(network, selector, test, 200);
    work.row()
        .put("recall of the ten best labels", recall.recall())
        .put("labels found an example", recall.found());
    work.say(
        "finds %.1f %% of the ten best labels among %.0f", 100 * recall.recall(), recall.found());
  }

  @Override
  public String render(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (String data : rows.stream().map(row -> row.text("data")).distinct().toList()) {
      text.append("\n**").append(data).append("**\n\n").append(table(rows, data)).append('\n');
      text.append("![curves](selection-").append(data).append(".png)\n");
    }
    return text.toString();
  }

  private static Markdown table(List<Row> rows, String data) {
    Markdown table =
        new Markdown(
            "active labels",
            "rate",
            "P@1",
            "P@3",
            "P@5",
            "epochs",
            "ms CPU an example",
            "active",
            "multiply-adds an example, thousands",
            "of them selection's",
            "recall of the ten best, %",
            "found an example");
    rows.stream()
        .filter(row -> row.text("data").equals(data) && row.has("P@1"))
        .sorted((a, b) -> Double.compare(b.number("P@1"), a.number("P@1")))
        .forEach(row ->
            table.row(
                row.text("selection"),
                row.text("rate"),
                Markdown.percent(row.number("P@1"), 2),
                Markdown.percent(row.number("P@3"), 2),
                Markdown.percent(row.number("P@5"), 2),
                Markdown.number(row.number("epochs"), 2),
                Markdown.number(row.number("ms CPU an example"), 3),
                Markdown.number(row.number("active labels"), 0),
                Markdown.number(row.number("multiply-adds an example") / 1e3, 0),
                Markdown.number(row.number("multiply-adds of selection an example") / 1e3, 0),
                Markdown.percent(row.number("recall of the ten best labels"), 1),
                Markdown.number(row.number("labels found an example"), 0)));
    return table;
  }

  @Override
  public void draw(List<Row> rows, Path folder) {
    for (String data : rows.stream().map(row -> row.text("data")).distinct().toList()) {
      Chart chart = new Chart("P@1 on " + data, "CPU seconds of training", "P@1").logarithmic();
      for (Row row : rows) {
        if (row.text("data").equals(data)) {
          chart.curve(row.text("selection") + " at " + row.text("rate"), row.points("curve"), 1);
        }
      }
      chart.write(folder.resolve("selection-%s.png".formatted(data.toLowerCase(Locale.ROOT))));
    }
  }
}
