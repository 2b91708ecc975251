package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;
import static org.fovea.bench.run.Markdown.percent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.SkippedException;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;

/// How good the models are that the command line trains on real data, with the configuration files
/// of the repository and with none, beside label-tree linear models on the same files.
final class QualitySuite implements Suite {

  private static final List<String> MEASURES =
      List.of("P@1", "P@3", "P@5", "nDCG@5", "PSP@5", "accuracy");
  private static final String TRAIN_SECONDS = "training CPU seconds";
  private static final String NONE = "none";

  /// What was measured of a peer; figures it did not report are not-a-number.
  private record Peer(
      String data, String name, double p1, double p3, double p5, double psp5, double cpuSeconds) {}

  private static final double UNKNOWN = Double.NaN;

  /// One model each with its tools' usual settings, on the same files, November 2026, two cores.
  private static final List<Peer> PEERS =
      List.of(
          new Peer("delicious", "PECOS XR-Linear", 0.588, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          new Peer("delicious", "napkinXC", 0.634, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          new Peer("bibtex", "PECOS XR-Linear", 0.526, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          new Peer("bibtex", "napkinXC", 0.590, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          new Peer("movies-cast28k", "PECOS XR-Linear", 0.955, 0.766, 0.580, UNKNOWN, 16),
          new Peer("movies-cast28k", "napkinXC", 0.943, 0.752, 0.561, UNKNOWN, 32),
          new Peer("jdk-calls-v0", "PECOS XR-Linear", 0.501, 0.334, 0.255, 0.364, 27),
          new Peer("jdk-calls-v0", "napkinXC", 0.501, 0.329, 0.251, 0.390, 70),
          new Peer("wordnet-reverse", "PECOS XR-Linear", 0.028, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
          new Peer("wordnet-reverse", "napkinXC", 0.029, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN));

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String title() {
    return "Quality on real data";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    Path configs = Path.of(settings.home(), "configs");
    try (Stream<Path> files = Files.exists(configs) ? Files.list(configs) : Stream.empty()) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".yaml")) {
          String data = name.substring(0, name.length() - ".yaml".length());
          cells.add(cell("configured-" + data, data, file.toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + configs, e);
    }
    for (String data : PEERS.stream().map(Peer::data).distinct().toList()) {
      cells.add(cell("plain-" + data, data, NONE));
    }
    return settings.quick()
        ? cells.stream().filter(cell -> cell.text("data").equals("bibtex")).toList()
        : cells;
  }

  private static Cell cell(String id, String data, String config) {
    return Cell.of(id).with("data", data).with("configuration", config).limit(3_600);
  }

  @Override
  public void measure(Work work) throws Exception {
    Settings settings = work.settings();
    String data = work.cell().text("data");
    Path base = settings.dataFile("xmc/" + data);
    Path train = base.resolveSibling(data + "-train.txt.gz");
    Path test = base.resolveSibling(data + "-test.txt.gz");
    if (!Files.exists(train)) {
      throw new SkippedException("there is no " + train);
    }
    Path model = settings.outFolder().resolve("work/quality-" + work.cell().id() + "-model");
    List<String> training = new ArrayList<>(List.of("train"));
    if (!work.cell().text("configuration").equals(NONE)) {
      training.add(work.cell().text("configuration"));
    }
    training.addAll(
        List.of("--train", train.toString(), "--model", model.toString(), "--overwrite"));
    training.addAll(List.of("--threads", String.valueOf(settings.threads())));
    double before = Machine.childCpuSeconds();
    long start = System.nanoTime();
    fovea(work, training, false);
    work.row().put(TRAIN_SECONDS, Machine.childCpuSeconds() - before);
    work.row().put("training wall seconds", (System.nanoTime() - start) / 1e9);
    before = Machine.childCpuSeconds();
    String answer =
        fovea(
            work, List.of("evaluate", model.toString(), "--data", test.toString(), "--json"), true);
    work.row().put("evaluation CPU seconds", Machine.childCpuSeconds() - before);
    Row measures = Row.parse(answer.strip());
    for (String measure : MEASURES) {
      if (measures.has(measure)) {
        work.row().put(measure, measures.number(measure));
      }
    }
    work.row().put("model MB", megabytes(model));
    work.say("%s", answer.strip());
  }

  /// Runs the product's own command.
  private static String fovea(Work work, List<String> arguments, boolean answers)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(work.settings().home(), "fovea").toString());
    command.addAll(arguments);
    work.say("%s", String.join(" ", command));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!answers) {
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    }
    Process process = builder.start();
    String answer =
        answers ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the command failed: " + String.join(" ", command));
    }
    return answer;
  }

  private static double megabytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).mapToLong(file -> file.isFile() ? file.length() : 0).sum()
          / 1e6;
    }
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "data", "system", "P@1", "P@3", "P@5", "nDCG@5", "PSP@5", "CPU s to train", "model MB");
    List<String> sets =
        Stream.concat(rows.stream().map(row -> row.text("data")), PEERS.stream().map(Peer::data))
            .distinct()
            .toList();
    for (String data : sets) {
      for (Row row : rows) {
        if (row.text("data").equals(data)) {
          row(table, row);
        }
      }
      for (Peer peer : PEERS) {
        if (peer.data().equals(data)) {
          table.row(
              data,
              peer.name(),
              percent(peer.p1(), 1),
              percent(peer.p3(), 1),
              percent(peer.p5(), 1),
              "–",
              percent(peer.psp5(), 1),
              number(peer.cpuSeconds(), 0),
              "–");
        }
      }
    }
    return table
        + "\n"
        + "Peers: one model each, measured on the same files in November 2026 on two shared cores;"
        + " a dash was not reported. Fovea's CPU seconds are those of the whole `train` command.\n";
  }

  private static void row(Markdown table, Row row) {
    boolean plain = row.text("configuration").equals(NONE);
    table.row(
        row.text("data"),
        plain
            ? "**Fovea**, nothing configured"
            : "**Fovea**, `configs/" + row.text("data") + ".yaml`",
        percent(row.number("P@1"), 2),
        percent(row.number("P@3"), 2),
        percent(row.number("P@5"), 2),
        percent(row.number("nDCG@5"), 2),
        percent(row.number("PSP@5"), 2),
        number(row.number(TRAIN_SECONDS), 0),
        number(row.number("model MB"), 0));
  }
}
