package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fovea.bench.MachineCeiling;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.kernel.Kernels;
import org.fovea.kernel.SparseMatrix;
import org.fovea.kernel.SparseScratch;
import org.fovea.kernel.UnitBlock;

/// The three products of one square sparse layer – forward, gradient to the inputs, gradient of the
/// weights that exist – on one thread, beside libtorch's dense products and MKL's sparse ones, and
/// the machine's ceiling.
///
/// Times are CPU times, medians of several.
public final class LayerSuite implements Suite {

  /// Names of the products in results.
  public static final List<String> PRODUCTS = List.of("forward", "to inputs", "to weights");

  private static final String TORCH = "org.fovea.bench.peer.TorchLayer";
  private static final String MKL = "org.fovea.bench.peer.MklLayer";
  private static final Kernels KERNELS = Kernels.best();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String SYSTEM = "system";
  private static final String WIDTH = "width";
  private static final String BATCH = "batch";
  private static final String PERCENT = "percent";
  private static final int PIECE = 1 << 16;

  LayerSuite() {}

  @Override
  public String name() {
    return "layer";
  }

  @Override
  public String title() {
    return "One sparse layer: the three products";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of("ceiling"));
    int[] widths = settings.quick() ? new int[] {512} : new int[] {4096, 20_000};
    for (int width : widths) {
      for (int batch : new int[] {64, 128}) {
        if (settings.peers()) {
          cells.add(cell("torch", width, batch, 100).main(TORCH));
        }
        for (double percent : new double[] {20, 10, 5, 2, 1}) {
          cells.add(cell("fovea", width, batch, percent));
          if (settings.peers()) {
            cells.add(cell("mkl", width, batch, percent).main(MKL));
          }
        }
      }
    }
    return cells;
  }

  private static Cell cell(String system, int width, int batch, double percent) {
    return Cell.of(String.format(Locale.ROOT, "%s-%s-%s-%.0f", system, width, batch, percent))
        .with(SYSTEM, system)
        .with(WIDTH, width)
        .with(BATCH, batch)
        .with(PERCENT, percent)
        .jvm("-Xmx8g");
  }

  @Override
  public void measure(Work work) {
    if (work.cell().id().equals("ceiling")) {
      MachineCeiling ceiling = MachineCeiling.measure();
      work.row().put("gigaflops", ceiling.gigaflops()).put("read GB/s", ceiling.readGigabytes());
      work.say("%s", ceiling);
      return;
    }
    int width = work.cell().integer(WIDTH);
    int batch = work.cell().integer(BATCH);
    int[][] columns = LayerData.columns(width, work.cell().number(PERCENT) / 100, 1);
    SparseMatrix matrix = LayerData.matrix(columns, width);
    UnitBlock inputs = LayerData.batch(width, batch);
    UnitBlock deltas = LayerData.batch(width, batch);
    UnitBlock out = new UnitBlock(width, batch);
    SparseScratch scratch = new SparseScratch();
    float[] gradients = new float[PIECE];
    work.row().put("connections", matrix.count());
    put(
        work,
        "forward",
        matrix.count(),
        () -> {
          out.clear(0, width);
          KERNELS.multiplySparse(matrix, inputs, out, 0, width, scratch);
        });
    put(
        work,
        "to inputs",
        matrix.count(),
        () -> KERNELS.multiplySparseTransposed(matrix, deltas, out, 0, width, scratch));
    put(
        work,
        "to weights",
        matrix.count(),
        () -> {
          // as in training: the optimizer takes the gradients piece by piece
          for (long from = 0; from < matrix.count(); from += PIECE) {
            KERNELS.sparseGradients(
                matrix.pattern(),
                deltas,
                inputs,
                from,
                Math.min(matrix.count(), from + PIECE),
                gradients,
                scratch);
          }
        });
  }

  /// CPU time of this thread: all systems compute on the thread that calls them.
  private static double seconds() {
    return THREADS.getCurrentThreadCpuTime() / 1e9;
  }

  /// Measures one product: warms up for a second, then takes the median of nine times.
  ///
  /// @param connections multiply-adds for an example
  public static void put(Work work, String product, long connections, Runnable once) {
    double until = seconds() + (work.settings().quick() ? 0.05 : 1);
    do {
      once.run();
    } while (seconds() < until);
    double[] millis = new double[9];
    for (int i = 0; i < millis.length; i++) {
      double start = seconds();
      int runs = 0;
      double spent;
      do {
        once.run();
        runs++;
        spent = seconds() - start;
      } while (spent < 0.05);
      millis[i] = 1000 * spent / runs;
    }
    Arrays.sort(millis);
    double median = millis[millis.length / 2];
    double gigaflops = 2e-6 * connections * work.cell().integer(BATCH) / median;
    work.row().put(product + ", ms", median).put(product + ", GFLOP/s", gigaflops);
    work.say("%s: %.3f ms, %.1f GFLOP/s", product, median, gigaflops);
    work.keep();
  }

  @Override
  public String render(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    double ceiling = of(rows, "cell", "ceiling").number("gigaflops");
    for (Row row : rows) {
      if (row.text(SYSTEM).equals("fovea") && !text.toString().contains(heading(row))) {
        text.append(heading(row)).append(table(rows, row, ceiling));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "\nMilliseconds of CPU time; of multiply-adds in registers the core does %.0f GFLOP/s,"
                + " from memory it reads %.1f GB/s.\n",
            ceiling,
            of(rows, "cell", "ceiling").number("read GB/s")));
    return text.toString();
  }

  private static String heading(Row row) {
    return "\n**%s x %s, batch %s**\n\n"
        .formatted(row.text(WIDTH), row.text(WIDTH), row.text(BATCH));
  }

  private static Markdown table(List<Row> rows, Row like, double ceiling) {
    Markdown table =
        new Markdown(
            "density, %",
            "product",
            "Fovea",
            "of the ceiling, %",
            "MKL sparse",
            "libtorch dense",
            "times faster than dense");
    List<Row> alike =
        rows.stream()
            .filter(row ->
                row.text(WIDTH).equals(like.text(WIDTH))
                    && row.text(BATCH).equals(like.text(BATCH)))
            .toList();
    Row dense = of(alike, SYSTEM, "torch");
    for (Row fovea : alike) {
      if (!fovea.text(SYSTEM).equals("fovea")) {
        continue;
      }
      Row mkl =
          alike.stream()
              .filter(row ->
                  row.text(SYSTEM).equals("mkl") && row.text(PERCENT).equals(fovea.text(PERCENT)))
              .findFirst()
              .orElseGet(Row::new);
      for (String product : PRODUCTS) {
        String millis = product + ", ms";
        table.row(
            number(fovea.number(PERCENT), 0),
            product,
            number(fovea.number(millis), 2),
            number(100 * fovea.number(product + ", GFLOP/s") / ceiling, 0),
            number(mkl.number(millis), 2),
            number(dense.number(millis), 1),
            number(dense.number(millis) / fovea.number(millis), 1));
      }
    }
    return table;
  }

  private static Row of(List<Row> rows, String key, String value) {
    return rows.stream().filter(row -> row.text(key).equals(value)).findFirst().orElseGet(Row::new);
  }
}
