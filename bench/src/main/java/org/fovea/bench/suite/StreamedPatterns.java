package org.fovea.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Work;
import org.fovea.event.Rectifier;
import org.fovea.event.SuspendedNetwork;
import org.fovea.event.SuspendedNetworkBuilder;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;

/// Phrases and categories like those of [PatternWorkload] that are never all in memory: they go to
/// pages as they are drawn. In memory is a hash of each, to count those of documents.
///
/// **Threads** confined. **Cost** 16 bytes a phrase, beside what the builder is given.
final class StreamedPatterns {

  private static final int SAMPLE_EVERY = 1_000;
  private static final long MEGABYTE = 1 << 20;

  private StreamedPatterns() {}

  /// Builds the network on pages, and the documents.
  static void make(Work work, Path pages, Path documents) throws IOException {
    int size = work.cell().integer("patterns");
    int memory = work.cell().integer("memory, MB");
    Path folder = work.settings().madeFolder();
    Files.createDirectories(folder);
    PatternWorkload workload = PatternWorkload.empty(size);
    double start = Machine.cpuSeconds();
    double drawn;
    try (SuspendedNetworkBuilder builder =
            new SuspendedNetworkBuilder(
                folder, memory * MEGABYTE, PatternWorkload.WORDS, Rectifier.CAPPED);
        PageFileWriter writer = PageFileWriter.create(pages, SuspendedNetwork.FORMAT)) {
      SplittableRandom random = new SplittableRandom(44);
      int categories = Math.max(1, size / PatternWorkload.CATEGORY_PATTERNS);
      for (int p = 0; p < size; p++) {
        int[] words = workload.next(p % SAMPLE_EVERY == 0);
        int category = p < categories ? p : random.nextInt(categories);
        builder.member(category, builder.phrase(words), 1);
      }
      drawn = Machine.cpuSeconds();
      work.say("%d phrases drawn in %.0f CPU s", size, drawn - start);
      builder.write(PageSink.of(writer), SuspendedNetwork.PAGE_BYTES);
    }
    work.row()
        .put("drawing CPU s", drawn - start)
        .put("build CPU s", Machine.cpuSeconds() - drawn)
        .put("bytes on disk", Files.size(pages))
        .put("peak resident, MB", Machine.peakResidentMegabytes());
    work.say("%s", work.row().line());
    DocumentSet.of(workload, work.settings().integer("documents", work.settings().size(5_000, 100)))
        .write(documents);
  }
}
