package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Chart;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.make.SyntheticExtreme;
import org.fovea.network.Network;
import org.fovea.spec.TrainSpec;
import org.fovea.training.Preparation;
import org.fovea.training.optimizer.Updaters;

/// How the cost of an example grows with the number of labels, in training and in prediction.
///
/// The data sets differ in nothing but their labels. Training is timed over some batches after a
/// warm-up; the largest network is then trained on all of its examples, and predicts.
final class GrowthSuite implements Suite {

  private static final String MILLIS = "ms CPU an example";

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String title() {
    return "Growth of cost with the number of labels";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    int[] sizes =
        settings.quick()
            ? new int[] {2_000, 4_000}
            : new int[] {100_000, 200_000, 400_000, 800_000};
    for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
      for (String way :
          List.of("frequency-batch", "simhash-batch", "clusters-batch", "simhash-example")) {
        for (int labels : sizes) {
          cells.add(
              cell("training-%s-%s-%s".formatted(way, labels, repeat), labels, settings)
                  .with("way", way)
                  .with("batches", settings.integer("batches", settings.size(1_500, 30)))
                  .with("repeat", repeat));
        }
      }
    }
    int largest = sizes[sizes.length - 1];
    cells.add(
        cell("prediction-" + largest, largest, settings)
            .with("way", "frequency-batch")
            .with("batches", "all"));
    return cells;
  }

  private static Cell cell(String id, int labels, Settings settings) {
    return Cell.of(id)
        .with("labels", labels)
        .with("examples", settings.integer("examples", settings.size(1_000_000, 6_000)))
        .limit(3 * 3_600)
        .jvm("-Xmx12g");
  }

  private static SyntheticExtreme.Options options(Work work) {
    Cell cell = work.cell();
    boolean quick = work.settings().quick();
    return new SyntheticExtreme.Options(
        cell.integer("examples"),
        work.settings().size(10_000, 300),
        quick ? 3_000 : 135_909,
        cell.integer("labels"),
        quick ? 20 : 75,
        3);
  }

  @Override
  public void measure(Work work) {
    Cell cell = work.cell();
    DataSets.Pair data = new DataSets(work).synthetic(options(work));
    TrainSpec spec = Networks.rowAdagrad(1, work.settings().number("rate", Networks.RATE), 1);
    Updaters updaters = new Updaters(spec);
    double before = Machine.cpuSeconds();
    Network network =
        new Preparation(
                Networks.extreme(
                    data.train().summary(),
                    Networks.HIDDEN,
                    OutputSelection.of(cell.text("way"))
                        .spec(
                            cell.integer("labels"), work.settings().size(Networks.NEGATIVES, 128))),
                spec,
                data.train(),
                updaters)
            .prepare();
    work.row().put("preparation CPU seconds", Machine.cpuSeconds() - before);
    boolean all = cell.text("batches").equals("all");
    TrainingLoop.Course course =
        all
            ? TrainingLoop.epochs(spec, data.train())
            : TrainingLoop.batches(cell.integer("batches"));
    try (network;
        TrainingLoop loop = new TrainingLoop(network, spec, updaters, data.train(), course)) {
      train(work, loop);
      if (all) {
        new TableCurve(work, network, data.test()).measure();
      }
    }
  }

  private static void train(Work work, TrainingLoop loop) {
    int warmUp = work.settings().size(300, 5);
    double start = 0;
    long from = 0;
    while (loop.step()) {
      if (loop.batches() == warmUp) {
        start = loop.cpuSeconds();
        from = loop.examples();
      }
      if (loop.batches() % 500 == 0) {
        work.say(
            "%d batches, %.1f CPU s, loss %.3f",
            loop.batches(), loop.cpuSeconds(), loop.takeLoss());
      }
    }
    double millis = 1000 * (loop.cpuSeconds() - start) / (loop.examples() - from);
    work.row()
        .put(MILLIS, millis)
        .put("active labels", loop.activeLabels())
        .put("examples trained", loop.examples())
        .put("peak resident MB", Machine.peakResidentMegabytes());
    work.say("%.4f ms CPU an example", millis);
    work.keep();
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "active labels chosen by",
            "labels",
            "ms CPU an example, median (spread)",
            "times that of the fewest labels",
            "CPU s to prepare",
            "active labels",
            "peak resident, MB");
    for (String way :
        rows.stream()
            .filter(row -> row.has("repeat"))
            .map(row -> row.text("way"))
            .distinct()
            .toList()) {
      List<Row> own =
          rows.stream().filter(row -> row.has("repeat") && row.text("way").equals(way)).toList();
      List<String> sizes =
          own.stream()
              .map(row -> row.text("labels"))
              .distinct()
              .sorted(Comparator.comparingDouble(Double::parseDouble))
              .toList();
      double least = Markdown.median(Arrays.stream(of(own, sizes.getFirst(), MILLIS)));
      for (String size : sizes) {
        double[] millis = of(own, size, MILLIS);
        table.row(
            way,
            number(Double.parseDouble(size), 0),
            Markdown.spread(millis, 4),
            number(Markdown.median(Arrays.stream(millis)) / least, 2),
            Markdown.spread(of(own, size, "preparation CPU seconds"), 1),
            Markdown.spread(of(own, size, "active labels"), 0),
            Markdown.spread(of(own, size, "peak resident MB"), 0));
      }
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (Row row : rows) {
      if (row.has("predictions")) {
        text.append(
            "\nPrediction at %s labels, trained on %s examples:\n\n"
                .formatted(
                    number(row.number("labels"), 0), number(row.number("examples trained"), 0)));
        text.append(TableCurve.table(row));
        text.append("\n![recall against time](growth.png)\n");
      }
    }
    return text.toString();
  }

  private static double[] of(List<Row> rows, String labels, String column) {
    return rows.stream()
        .filter(row -> row.text("labels").equals(labels) && row.has(column))
        .mapToDouble(row -> row.number(column))
        .toArray();
  }

  @Override
  public void draw(List<Row> rows, Path folder) {
    Chart chart =
        new Chart("Prediction of one row", "CPU milliseconds a row", "recall@5").logarithmic();
    for (Row row : rows) {
      TableCurve.curves(row)
          .forEach((how, points) ->
              chart.curve(
                  String.format(Locale.ROOT, "%s, %s labels", how, row.text("labels")), points, 1));
    }
    chart.write(folder.resolve("growth.png"));
  }
}
