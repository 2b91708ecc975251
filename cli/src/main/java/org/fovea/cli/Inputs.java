package org.fovea.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.data.DataFiles;
import org.fovea.data.DataOptions;
import org.fovea.data.DataStream;
import org.fovea.data.ExampleSource;

/// The data that a command reads: files, and what comes through standard input (`-`, `/dev/stdin`)
/// or a pipe, which may be opened as often as a file.
///
/// **Threads** confined.
final class Inputs implements AutoCloseable {

  /// What stands for standard input, and what messages call it.
  static final String STANDARD_INPUT = "-";

  private final InputStream standardInput;
  private final Map<Path, Optional<DataStream>> streams = new HashMap<>();

  Inputs(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /// Opens data.
  ExampleSource open(Path data, DataOptions options) {
    Optional<DataStream> stream = stream(data);
    return stream.isPresent()
        ? DataFiles.open(stream.get(), options)
        : DataFiles.open(data, options);
  }

  /// Whether data is a table.
  boolean isTable(Path data, DataOptions options) {
    Optional<DataStream> stream = stream(data);
    return stream.isPresent()
        ? DataFiles.isTable(stream.get(), options)
        : DataFiles.isTable(data, options);
  }

  /// What is opened next is read once and no more: a stream need not be kept for that.
  void lastReading(Path data) {
    stream(data).ifPresent(DataStream::keepNoMore);
  }

  /// The stream that data comes through, if it does.
  private Optional<DataStream> stream(Path data) {
    return streams.computeIfAbsent(
        data,
        _ ->
            data.toString().equals(STANDARD_INPUT)
                ? Optional.of(
                    new DataStream(
                        standardInput,
                        STANDARD_INPUT,
                        Path.of(System.getProperty("java.io.tmpdir"))))
                : DataStream.ofPipe(data));
  }

  @Override
  public void close() {
    streams.values().forEach(stream -> stream.ifPresent(DataStream::close));
    streams.clear();
  }
}
