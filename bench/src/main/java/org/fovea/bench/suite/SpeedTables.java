package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;
import static org.fovea.bench.run.Markdown.percent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;

/// The tables of the speed suite.
final class SpeedTables {

  private static final String CPU = "ms CPU a batch";

  private final StringBuilder text = new StringBuilder();
  private final Map<String, List<Row>> systems;

  SpeedTables(List<Row> rows) {
    this.systems = SpeedSuite.bySystem(rows);
    costs();
    few();
    ceiling(rows);
    profile();
  }

  private double[] all(String system, String column) {
    return systems.getOrDefault(system, List.of()).stream()
        .mapToDouble(row -> row.number(column))
        .toArray();
  }

  private double median(String system, String column) {
    return Markdown.median(Arrays.stream(all(system, column)));
  }

  private void costs() {
    Markdown table =
        new Markdown(
            "system",
            "runs",
            "ms CPU a batch of 128, median (spread)",
            "times Fovea's",
            "P@1 after epoch 1",
            "2",
            "3",
            "active labels");
    for (String system : List.of("fovea", "libtorch-sampled", "libtorch-full")) {
      if (systems.containsKey(system)) {
        table.row(
            system,
            systems.get(system).size(),
            Markdown.spread(all(system, CPU), 2),
            number(median(system, CPU) / median("fovea", CPU), 1),
            percent(median(system, "P@1 after 1"), 2),
            percent(median(system, "P@1 after 2"), 2),
            percent(median(system, "P@1 after 3"), 2),
            number(median(system, "active labels"), 0));
      }
    }
    text.append(table).append('\n');
    systems.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.has("done"))
        .map(row -> "- " + row.text("system") + ": " + row.text("done") + "\n")
        .distinct()
        .forEach(text::append);
  }

  private void few() {
    if (systems.containsKey("libtorch-full") && systems.containsKey("fovea-few")) {
      text.append(
          "\nAfter the batches that full softmax was timed over (%s): P@1 %s of libtorch with full softmax, %s of Fovea with sampled softmax.\n"
              .formatted(
                  systems.get("libtorch-full").getFirst().text("batches"),
                  percent(median("libtorch-full", "P@1"), 2),
                  percent(median("fovea-few", "P@1"), 2)));
    }
  }

  /// Rows are read once going forward and read and written once when they are updated; a gathered
  /// row is written too.
  private void ceiling(List<Row> rows) {
    Row ceiling =
        rows.stream().filter(row -> row.text("cell").equals("ceiling")).findFirst().orElse(null);
    double cpu = median("fovea", CPU);
    if (ceiling == null || Double.isNaN(cpu)) {
      return;
    }
    double multiplyAdds = median("fovea", "multiply-adds a batch");
    double rowBytes = 4.0 * Networks.HIDDEN;
    double touched =
        3
            * rowBytes
            * (median("fovea", "active labels") + median("fovea", "distinct features a batch"));
    Markdown table = new Markdown("what", "Fovea", "this machine's core", "share, %");
    double flops = 2 * multiplyAdds / cpu / 1e6;
    table.row(
        "arithmetic, GFLOP/s (two for a multiply-add)",
        number(flops, 1),
        number(ceiling.number("gigaflops"), 1),
        percent(flops / ceiling.number("gigaflops"), 0));
    double bandwidth = touched / cpu / 1e6;
    table.row(
        "parameter rows from and to memory, GB/s (if none were cached)",
        number(bandwidth, 2),
        number(ceiling.number("copy GB/s"), 1),
        percent(bandwidth / ceiling.number("copy GB/s"), 0));
    text.append("\n").append(table);
    text.append(
        "\n%s million multiply-adds a batch (a network with all labels: %s million), %s KB of rows, %s bytes allocated an example.\n"
            .formatted(
                number(multiplyAdds / 1e6, 1),
                number(median("fovea", "dense multiply-adds a batch") / 1e6, 0),
                number(touched / 1e3, 0),
                number(median("fovea", "allocated bytes a batch") / Networks.BATCH, 1)));
  }

  private void profile() {
    for (Row row : systems.getOrDefault("profile", List.of())) {
      if (row.has("profile")) {
        Markdown table = new Markdown("method of the training thread", "share of samples, %");
        for (Row method : row.rows("profile")) {
          table.row("`" + method.text("method") + "`", percent(method.number("share"), 1));
        }
        text.append("\n").append(table);
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
