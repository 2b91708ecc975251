package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Writes a table: classes in the first column, which is called `class`, then numbers. It appears
/// as a whole when it is finished.
///
/// **Threads** Confined.
public final class CsvWriter implements AutoCloseable {

  private final Path file;
  private final AtomicFile target;
  private final int columns;
  private final StringBuilder line = new StringBuilder();

  /// Begins a table, packed if its name ends in `.gz`.
  ///
  /// @param columns names of the numbers
  public CsvWriter(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns.size();
    try {
      target = AtomicFile.create(file);
      line.append("class");
      for (String column : columns) {
        line.append(',');
        text(column);
      }
      end();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Writes a row.
  ///
  /// @param values finite, one for each column
  public void write(String kind, float[] values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(
          columns + " values were expected, " + values.length + " came");
    }
    text(kind);
    for (float value : values) {
      line.append(',').append(value);
    }
    try {
      end();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void text(String text) {
    boolean plain = text.chars().noneMatch(c -> ",;\t\" ".indexOf(c) >= 0);
    line.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
  }

  private void end() throws IOException {
    target.write(line.append('\n').toString());
    line.setLength(0);
  }

  /// Makes the file appear.
  public void commit() {
    try {
      target.commit("");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(file + ": writing failed: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      target.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
