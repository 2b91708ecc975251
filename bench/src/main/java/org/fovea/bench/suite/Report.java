package org.fovea.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.bench.run.Results;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Suite;

/// Puts the tables of all suites that have results into one file.
public final class Report {

  private Report() {}

  /// Writes the file.
  ///
  /// @param folder of results
  public static void write(Path folder, Path target) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmarks\n\n");
    text.append(
        "What was measured, where and by which command; where Fovea loses, it says so. How to"
            + " repeat it: [docs/benchmarks-howto.md](docs/benchmarks-howto.md). CPU seconds are"
            + " user and system time of the whole process, so garbage collection and compilation"
            + " count.\n");
    for (Suite suite : Suites.all()) {
      List<Row> rows = Results.read(folder.resolve(suite.name() + ".jsonl")).rows();
      if (!rows.isEmpty()) {
        text.append("\n## ").append(suite.title()).append("\n\n");
        text.append(circumstances(rows)).append('\n').append(suite.render(rows));
        text.append(gaps(rows));
      }
    }
    Files.writeString(target, text);
    System.out.println("wrote " + target);
  }

  private static String circumstances(List<Row> rows) {
    return rows.stream()
            .map(row ->
                "%s; %s, %s cores, %s GB; %s; JDK %s; `%s`"
                    .formatted(
                        row.text("date").substring(0, 10),
                        row.text("processor"),
                        row.text("cores"),
                        row.text("memory GB"),
                        row.text("system"),
                        row.text("jdk"),
                        row.text("command")))
            .distinct()
            .map(line -> "*" + line + "*\n")
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String gaps(List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.text(Results.STATUS).equals(Results.OK))
        .map(row ->
            "\nNot complete: %s (%s %s)\n"
                .formatted(row.text("cell"), row.text(Results.STATUS), row.text("reason")))
        .collect(Collectors.joining());
  }
}
