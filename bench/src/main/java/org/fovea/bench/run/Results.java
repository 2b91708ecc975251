package org.fovea.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The lines of a suite in its file; of a cell that was measured more than once the last counts.
///
/// **Threads** confined.
public final class Results {

  /// Name of the column that says how a cell ended.
  public static final String STATUS = "status";

  /// The cell was measured.
  public static final String OK = "ok";

  /// The cell took too long; what it had found until then is there.
  public static final String LIMIT = "limit";

  /// The cell could not be measured here, for a reason that is there.
  public static final String SKIPPED = "skipped";

  /// The cell failed, and will be tried again.
  public static final String FAILED = "failed";

  private final Path file;
  private final SequencedMap<String, Row> rows = new LinkedHashMap<>();

  private Results(Path file) {
    this.file = file;
  }

  /// The lines that a file has; none if it is not there.
  public static Results read(Path file) {
    Results results = new Results(file);
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank()) {
            results.keep(Row.parse(line));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return results;
  }

  private void keep(Row row) {
    rows.remove(row.text("cell"));
    rows.put(row.text("cell"), row);
  }

  /// Whether a cell needs no more measuring.
  public boolean has(String cell) {
    Row row = rows.get(cell);
    return row != null && !row.text(STATUS).equals(FAILED) && !row.text(STATUS).equals(SKIPPED);
  }

  /// Adds a line.
  public void add(Row row) {
    keep(row);
    try {
      Files.writeString(
          file,
          row.line() + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// One row a cell, in the order in which they were measured.
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }
}
