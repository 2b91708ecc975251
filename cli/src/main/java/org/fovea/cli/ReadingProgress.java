package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.fovea.data.make.Progress;

/// Tells how much of several files was read.
///
/// **Threads** confined.
final class ReadingProgress {

  private static final int UNIT = 1 << 10;

  private final Progress progress;
  private final long total;
  private long before;

  /// @param progress hears of kilobytes
  ReadingProgress(List<Path> files, Progress progress) {
    this.progress = progress;
    total = files.stream().mapToLong(ReadingProgress::length).sum();
  }

  /// Bytes of a file; whoever reads one that is not there says so.
  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      return 0;
    }
  }

  /// Goes on with a file.
  ///
  /// @return hears how many of its bytes were read
  LongConsumer of(Path file) {
    long begin = before;
    before += length(file);
    return bytes -> progress.advanced("kB of names read", (begin + bytes) / UNIT, total / UNIT);
  }
}
