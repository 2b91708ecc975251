package org.fovea.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a source to its end, into memory or, when the budget is used up, into blocks on disk.
///
/// **Threads** Confined.
final class ExamplesLoader {

  /// Four gibibytes: a window is one batch, whose entries must be below 2^31.
  private static final long LARGEST_WINDOW = 1L << 32;

  private final ExampleSource source;
  private final long budget;
  private final Path spillDirectory;
  private final boolean keepsWeightless;
  private long exampleCount;

  /// @param keepsWeightless whether examples of weight 0 are wanted too
  ExamplesLoader(
      ExampleSource source, long memoryBudgetBytes, Path spillDirectory, boolean keepsWeightless) {
    if (memoryBudgetBytes < 0) {
      throw new IllegalArgumentException(
          "a memory budget of 0 or more bytes was expected, " + memoryBudgetBytes + " came");
    }
    this.source = source;
    this.budget = memoryBudgetBytes;
    this.spillDirectory = spillDirectory;
    this.keepsWeightless = keepsWeightless;
  }

  Examples load() {
    SpillDirectory.sweepIfThere(spillDirectory);
    SummaryCounter counter =
        new SummaryCounter(source.name(), source.featureCount(), source.labelCount());
    List<Chunk> chunks = new ArrayList<>();
    Batch batch = new Batch();
    long bytes = 0;
    try (ExampleReader reader = source.open()) {
      reader.onSkipped(counter::skipped);
      while (readChunk(reader, counter, batch)) {
        Chunk chunk = new Chunk(batch);
        chunks.add(chunk);
        bytes += chunk.bytes();
        if (bytes > budget) {
          return spill(reader, counter, chunks);
        }
      }
      return new MemoryExamples(chunks, counter.summary(reader.skippedCount(), reader.notes()));
    }
  }

  private Examples spill(ExampleReader reader, SummaryCounter counter, List<Chunk> chunks) {
    SpillFile file = SpillFile.create(spillDirectory);
    boolean complete = false;
    try {
      Batch batch = new Batch();
      for (Chunk chunk : chunks) {
        batch.clear();
        for (int i = 0; i < chunk.exampleCount(); i++) {
          chunk.copy(i, batch);
        }
        file.append(batch);
      }
      chunks.clear();
      while (readChunk(reader, counter, batch)) {
        file.append(batch);
      }
      file.endWriting();
      DataSummary summary = counter.summary(reader.skippedCount(), reader.notes());
      Examples examples =
          new SpilledExamples(file, Math.clamp(budget / 2, 1, LARGEST_WINDOW), summary);
      complete = true;
      return examples;
    } finally {
      if (!complete) {
        file.close();
      }
    }
  }

  /// Fills an emptied batch with the next chunk's examples, numbered from 0 in the order of the
  /// source; false if there are none.
  private boolean readChunk(ExampleReader reader, SummaryCounter counter, Batch batch) {
    batch.clear();
    boolean more = true;
    while (more && !Chunk.isFull(batch)) {
      more = reader.read(batch, 1) > 0;
      if (more && !keepsWeightless && batch.weights()[batch.exampleCount() - 1] == 0) {
        batch.removeLast();
        counter.addWeightless();
      }
    }
    for (int i = 0; i < batch.exampleCount(); i++) {
      batch.exampleIds()[i] = exampleCount++;
    }
    // readers of others come here too
    BatchCheck.features(source.name(), batch, source.featureCount());
    BatchCheck.labels(source.name(), batch, source.labelCount());
    counter.add(batch);
    return batch.exampleCount() > 0;
  }
}
