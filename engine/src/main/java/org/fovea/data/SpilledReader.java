package org.fovea.data;

import org.fovea.data.SpillFile.BlockReader;

/// Reads blocks from disk, window by window, and hands out the members of a part.
///
/// **Threads** Confined. **Cost** A window in memory, reused for the next one.
final class SpilledReader implements ExampleReader {

  /// Far apart, so that no window has the seed of another pass.
  private static final long WINDOW_SEEDS = 0xd1342543de82ef95L;

  private final SpillFile file;
  private final Part part;
  private final int[] memberCounts;
  private final Order order;
  private final BlockReader blocks;
  private final Batch block = new Batch();
  private final Batch window = new Batch();
  private Permutation withinWindow = new Permutation(0, 0);
  private int windowNumber;
  private int windowBegin;
  private int windowEnd;
  private int next;
  private boolean closed;

  /// In which order blocks and examples come.
  sealed interface Order {
    /// As they were written.
    record Written() implements Order {}

    /// Blocks by the seed, then the examples of each window by the seed.
    ///
    /// @param blocks the order of the blocks
    /// @param windowBytes memory for the examples of a window
    record Shuffled(Permutation blocks, long seed, long windowBytes) implements Order {}
  }

  /// @param memberCounts members of the part in each block
  /// @param skip members to leave out at the beginning of the order
  SpilledReader(SpillFile file, Part part, int[] memberCounts, Order order, long skip) {
    this.file = file;
    this.part = part;
    this.memberCounts = memberCounts;
    this.order = order;
    this.blocks = file.reader();
    boolean ready = false;
    try {
      skip(skip);
      ready = true;
    } finally {
      if (!ready) {
        blocks.close();
      }
    }
  }

  private void skip(long examples) {
    long left = examples;
    while (left > 0 && nextWindow()) {
      long members = windowMembers();
      if (left < members) {
        fillWindow();
        next = (int) left;
      }
      left -= Math.min(left, members);
    }
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    int count = 0;
    while (count < limit) {
      if (next == window.exampleCount()) {
        if (closed || !nextWindow()) {
          break;
        }
        fillWindow();
        continue;
      }
      int place = order instanceof Order.Shuffled ? (int) withinWindow.at(next) : next;
      batch.append(window, place);
      next++;
      count++;
    }
    return count;
  }

  private boolean nextWindow() {
    windowBegin = windowEnd;
    long room = order instanceof Order.Shuffled shuffled ? shuffled.windowBytes() : 0;
    while (windowEnd < memberCounts.length) {
      room -= file.batchBytes(blockAt(windowEnd));
      if (room < 0 && windowEnd > windowBegin) {
        break;
      }
      windowEnd++;
    }
    windowNumber++;
    return windowEnd > windowBegin;
  }

  private int blockAt(int position) {
    return order instanceof Order.Shuffled shuffled
        ? (int) shuffled.blocks().at(position)
        : position;
  }

  private long windowMembers() {
    long members = 0;
    for (int i = windowBegin; i < windowEnd; i++) {
      members += memberCounts[blockAt(i)];
    }
    return members;
  }

  private void reserveWindow() {
    long examples = 0;
    long features = 0;
    long labels = 0;
    for (int i = windowBegin; i < windowEnd; i++) {
      int index = blockAt(i);
      examples += file.exampleCount(index);
      features += file.featureCount(index);
      labels += file.labelCount(index);
    }
    window.reserve(Math.toIntExact(examples), Math.toIntExact(features), Math.toIntExact(labels));
  }

  private void fillWindow() {
    window.clear();
    next = 0;
    reserveWindow();
    for (int i = windowBegin; i < windowEnd; i++) {
      int index = blockAt(i);
      if (memberCounts[index] == 0) {
        continue;
      }
      block.clear();
      blocks.read(index, block);
      if (memberCounts[index] == block.exampleCount()) {
        window.append(block, 0, block.exampleCount());
        continue;
      }
      for (int example = 0; example < block.exampleCount(); example++) {
        if (part.contains(block.exampleIds()[example])) {
          window.append(block, example);
        }
      }
    }
    if (order instanceof Order.Shuffled shuffled) {
      withinWindow =
          new Permutation(window.exampleCount(), shuffled.seed() + windowNumber * WINDOW_SEEDS);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      window.clear();
      next = 0;
      blocks.close();
    }
  }
}
