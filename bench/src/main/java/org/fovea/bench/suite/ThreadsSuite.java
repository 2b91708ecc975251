package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;
import static org.fovea.bench.run.Markdown.percent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.training.Evaluator;
import org.fovea.training.TrainEvent;
import org.fovea.training.metric.MeasureSpec;

/// What more threads bring in asynchronous training, and what they cost in quality.
///
/// Memory bandwidth is shared, so the most that so many threads can do is what as many separate
/// processes do at once, on their own networks.
final class ThreadsSuite implements Suite {

  private static final String SPEED = "examples/s";
  private static final String PRECISION = "P@1";

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public String title() {
    return "Threads";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= settings.seeds(); seed++) {
      for (int threads : counts(settings.threads())) {
        cells.add(
            cell("threads-%s-seed-%s".formatted(threads, seed), threads, seed)
                .with("kind", "threads"));
      }
    }
    for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
      for (int processes : counts(settings.threads())) {
        if (processes > 1) {
          cells.add(
              cell("processes-%s-%s".formatted(processes, repeat), processes, repeat)
                  .with("kind", "processes"));
        }
      }
    }
    return cells;
  }

  private static Cell cell(String id, int count, int seed) {
    return Cell.of(id).with("count", count).with("seed", seed).jvm("-Xmx4g");
  }

  /// 1, 2, 4 and so on, and the largest.
  private static List<Integer> counts(int largest) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (int count = 1; count <= largest; count *= 2) {
      counts.add(count);
    }
    counts.add(largest);
    return List.copyOf(counts);
  }

  @Override
  public void measure(Work work) throws Exception {
    switch (work.cell().text("kind")) {
      case "threads" -> threads(work);
      case "one of several" -> oneOfSeveral(work);
      default -> processes(work);
    }
  }

  private static TrainerRun train(Work work, boolean evaluated, int threads) {
    DataSets.Pair data = new DataSets(work).medium();
    TrainerRun run = new TrainerRun(work, work.settings().size(100, 8));
    run.run(
        Networks.extreme(
            data.train().summary(), Networks.HIDDEN, Networks.sampled(Networks.NEGATIVES)),
        Networks.rowAdagrad(
            1, work.settings().number("rate", Networks.RATE), work.cell().integer("seed")),
        data.train(),
        evaluated
            ? Optional.of(new Evaluator(data.test(), MeasureSpec.at(1), work.settings().threads()))
            : Optional.empty(),
        threads);
    return run;
  }

  private static void threads(Work work) {
    TrainerRun run = train(work, true, work.cell().integer("count"));
    TrainEvent.EpochDone epoch = run.epochs().getLast();
    work.row()
        .put(SPEED, 1000 * Networks.BATCH / run.wallMillisPerBatch())
        .put("ms CPU a batch", run.cpuMillisPerBatch())
        .put(PRECISION, epoch.validation().value(PRECISION));
    work.say("%.0f examples/s", work.row().number(SPEED));
  }

  private static void oneOfSeveral(Work work) {
    List<double[]> marks = new ArrayList<>();
    for (TrainerRun.Mark mark : train(work, false, 1).marks()) {
      marks.add(new double[] {mark.epochMillis(), (double) mark.batch() * Networks.BATCH});
    }
    work.row().put("marks", marks);
  }

  private static void processes(Work work) throws IOException, InterruptedException {
    List<Work.Other> others = new ArrayList<>();
    int count = work.cell().integer("count");
    for (int number = 1; number <= count; number++) {
      others.add(
          work.start(
              cell("one-" + number, 1, work.cell().integer("seed") * 100 + number)
                  .with("kind", "one of several")));
    }
    List<List<double[]>> curves = new ArrayList<>();
    for (Work.Other other : others) {
      curves.add(other.join().points("marks"));
    }
    work.row().put(SPEED, together(curves));
    work.say("%.0f examples/s together", work.row().number(SPEED));
  }

  /// Examples a second of all together, over the time in which all were training.
  static double together(List<List<double[]>> curves) {
    double from = curves.stream().mapToDouble(c -> c.getFirst()[0]).max().orElseThrow();
    double to = curves.stream().mapToDouble(c -> c.getLast()[0]).min().orElseThrow();
    double examples = 0;
    for (List<double[]> curve : curves) {
      examples += at(curve, to) - at(curve, from);
    }
    return to > from ? 1000 * examples / (to - from) : Double.NaN;
  }

  /// The height of a curve at a place, by linear interpolation.
  private static double at(List<double[]> curve, double x) {
    double[] before = curve.getFirst();
    for (double[] point : curve) {
      if (point[0] >= x) {
        double step = point[0] - before[0];
        return step == 0 ? point[1] : before[1] + (point[1] - before[1]) * (x - before[0]) / step;
      }
      before = point;
    }
    return before[1];
  }

  @Override
  public String render(List<Row> rows) {
    double one = Markdown.median(Arrays.stream(of(rows, "threads", 1, SPEED)));
    double oneP = Arrays.stream(of(rows, "threads", 1, PRECISION)).average().orElse(Double.NaN);
    Markdown table =
        new Markdown(
            "threads",
            "examples/s, median (spread)",
            "times one thread",
            "as many processes together, examples/s",
            "share of them, %",
            "P@1, mean over seeds",
            "against one thread, points",
            "ms CPU a batch");
    for (int count :
        rows.stream().mapToInt(row -> (int) row.number("count")).distinct().sorted().toArray()) {
      count(table, rows, count, one, oneP);
    }
    return table.toString();
  }

  private static void count(Markdown table, List<Row> rows, int count, double one, double oneP) {
    double[] speeds = of(rows, "threads", count, SPEED);
    double speed = Markdown.median(Arrays.stream(speeds));
    double together =
        count == 1 ? one : Markdown.median(Arrays.stream(of(rows, "processes", count, SPEED)));
    double p = Arrays.stream(of(rows, "threads", count, PRECISION)).average().orElse(Double.NaN);
    table.row(
        count,
        Markdown.spread(speeds, 0),
        number(speed / one, 2),
        number(together, 0),
        percent(speed / together, 0),
        percent(p, 2),
        number(100 * (p - oneP), 2),
        number(Markdown.median(Arrays.stream(of(rows, "threads", count, "ms CPU a batch"))), 2));
  }

  private static double[] of(List<Row> rows, String kind, int count, String column) {
    Predicate<Row> fits =
        row ->
            row.text("kind").equals(kind)
                && row.text("count").equals(String.valueOf(count))
                && row.has(column);
    return rows.stream().filter(fits).mapToDouble(row -> row.number(column)).toArray();
  }
}
