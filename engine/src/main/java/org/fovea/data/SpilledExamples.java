package org.fovea.data;

import java.util.Objects;

/// Examples in blocks on disk, for data sets that are larger than memory.
///
/// A shuffled pass reads the blocks in a seeded order, as many at a time as half the memory budget
/// holds, and shuffles the examples of those together. So two examples of one block, which stood
/// near each other in the source, stay within one window; a source sorted by label should be
/// shuffled before.
///
/// **Threads** Safe, except that [#close()] must come last. **Cost** A block is read once in a
/// pass; each open reader takes up to half the budget.
public final class SpilledExamples implements Examples {

  private final SpillFile file;
  private final Part part;
  private final int[] memberCounts;
  private final long windowBytes;
  private final boolean whole;
  private final DataSummary summary;

  /// @param file written to its end, and closed by this object
  /// @param windowBytes memory for the examples that are shuffled together
  SpilledExamples(SpillFile file, long windowBytes, DataSummary summary) {
    this.file = file;
    this.part = new Part.Whole(summary.exampleCount());
    this.windowBytes = windowBytes;
    this.whole = true;
    this.summary = summary;
    this.memberCounts = new int[file.blockCount()];
    for (int block = 0; block < memberCounts.length; block++) {
      memberCounts[block] = file.exampleCount(block);
    }
  }

  private SpilledExamples(SpilledExamples outer, Part part, PartSummary counted) {
    this.file = outer.file;
    this.part = part;
    this.windowBytes = outer.windowBytes;
    this.whole = false;
    this.memberCounts = new int[file.blockCount()];
    for (int block = 0; block < memberCounts.length; block++) {
      long first = file.firstExample(block);
      for (int i = 0; i < file.exampleCount(block); i++) {
        memberCounts[block] += part.contains(first + i) ? 1 : 0;
      }
    }
    this.summary = counted.summary(reader(new SpilledReader.Order.Written(), 0));
  }

  @Override
  public DataSummary summary() {
    return summary;
  }

  @Override
  public ExampleReader inOrder() {
    return new VouchedReader(reader(new SpilledReader.Order.Written(), 0), summary);
  }

  @Override
  public ExampleReader shuffled(long seed, long skip) {
    Objects.checkFromToIndex(skip, part.count(), part.count());
    Permutation blocks = new Permutation(file.blockCount(), seed);
    return new VouchedReader(
        reader(new SpilledReader.Order.Shuffled(blocks, seed, windowBytes), skip), summary);
  }

  private SpilledReader reader(SpilledReader.Order order, long skip) {
    return new SpilledReader(file, part, memberCounts, order, skip);
  }

  @Override
  public String orderName() {
    return "windows of " + windowBytes + " bytes";
  }

  @Override
  public HoldOut holdOut(long[] ids) {
    return PartSummary.divide(
        part, summary, ids, (chosen, counted) -> new SpilledExamples(this, chosen, counted));
  }

  @Override
  public HoldOut holdOut(double share, long seed) {
    return PartSummary.divide(
        part,
        summary,
        share,
        seed,
        (chosen, counted) -> new SpilledExamples(this, chosen, counted));
  }

  @Override
  public void close() {
    if (whole) {
      file.close();
    }
  }
}
