package org.fovea.bench.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;

/// Whether runs that are killed with signal 9 lose anything.
///
/// Each run of the command line is killed several times, in turn at a random moment and while it
/// saves, resumed each time, and at last left alone. Its final weights must be those of a run that
/// nobody killed, bit for bit.
final class CrashSuite implements Suite {

  private static final String DIGEST = "digest";
  private static final int KILLS_PER_RUN = 5;

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public String title() {
    return "Killed runs";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    int kills = settings.integer("kills", settings.size(50, 2));
    int each = Math.min(KILLS_PER_RUN, kills);
    for (int run = 1; run <= Math.ceilDiv(kills, each); run++) {
      cells.add(
          Cell.of("run-" + run)
              .with("run", run)
              .with("kills", Math.min(each, kills - (run - 1) * each))
              .limit(3_600));
    }
    return cells;
  }

  @Override
  public void measure(Work work) throws IOException, InterruptedException {
    KilledRun run = new KilledRun(work);
    String expected = run.uninterrupted();
    SplittableRandom random = new SplittableRandom(work.cell().integer("run"));
    int kills = work.cell().integer("kills");
    String digest = expected;
    while (run.killed() < kills && digest.equals(expected)) {
      boolean saving = (run.killed() + work.cell().integer("run")) % 2 == 0;
      if (!run.kill(saving, random)) {
        digest = run.finish();
      }
      work.keep();
    }
    if (digest.equals(expected)) {
      digest = run.finish();
    }
    work.row()
        .put("killed", run.killed())
        .put("killed while saving", run.killedWhileSaving())
        .put("half-written directories left", run.leftovers())
        .put("ended before the kill", run.tooLate())
        .put("nothing saved yet", run.nothingSaved())
        .put("checkpoints lost", run.lost())
        .put("resumed", run.resumed())
        .put(DIGEST, digest)
        .put("equal", digest.equals(expected));
    work.say(
        "%d kills, %d while saving, %d checkpoints lost; final weights %s",
        run.killed(),
        run.killedWhileSaving(),
        run.lost(),
        digest.equals(expected) ? "equal" : "DIFFERENT");
    if (!digest.equals(expected) || run.lost() > 0) {
      throw new IllegalStateException("a killed run lost something");
    }
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "runs",
            "kills",
            "of them while saving",
            "half-written directories they left",
            "resumed",
            "started again because nothing was saved yet",
            "checkpoints lost",
            "runs whose final weights are equal bit for bit");
    List<Row> done = rows.stream().filter(row -> row.has(DIGEST)).toList();
    table.row(
        done.size(),
        sum(done, "killed"),
        sum(done, "killed while saving"),
        sum(done, "half-written directories left"),
        sum(done, "resumed"),
        sum(done, "nothing saved yet"),
        sum(done, "checkpoints lost"),
        done.stream().filter(row -> row.text("equal").equals("true")).count());
    return table.toString();
  }

  private static long sum(List<Row> rows, String column) {
    return (long) rows.stream().mapToDouble(row -> row.number(column)).sum();
  }
}
