package org.fovea.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Examples in memory, in compressed sparse rows.
///
/// **Threads** Safe. **Cost** 8 bytes a feature, 4 where every value is 1, and 4 a label; finding
/// an example takes a search among the chunks.
public final class MemoryExamples implements Examples {

  private final Chunk[] chunks;
  private final long[] firstExamples;
  private final Part part;
  private final DataSummary summary;

  /// @param chunks consecutive and without gaps from example 0 on
  MemoryExamples(List<Chunk> chunks, DataSummary summary) {
    this.chunks = chunks.toArray(Chunk[]::new);
    this.firstExamples = chunks.stream().mapToLong(Chunk::firstExample).toArray();
    this.part = new Part.Whole(summary.exampleCount());
    this.summary = summary;
  }

  private MemoryExamples(MemoryExamples whole, Part part, PartSummary counted) {
    this.chunks = whole.chunks;
    this.firstExamples = whole.firstExamples;
    this.part = part;
    this.summary = counted.summary(inOrder(chunks, part));
  }

  /// Copies the examples of a batch.
  ///
  /// @param name what the data set is called
  /// @param batch examples whose ids are replaced by their places in the batch; features and labels
  ///   ascending, each at most once
  /// @param featureCount features that examples may have
  /// @param labelCount labels that examples may have
  /// @throws IllegalArgumentException if an example does not fit, which the message names
  /// @throws IllegalStateException if the last example of the batch is not finished
  public static MemoryExamples of(String name, Batch batch, int featureCount, int labelCount) {
    BatchCheck.features(name, batch, featureCount);
    BatchCheck.labels(name, batch, labelCount);
    Batch numbered = new Batch(batch.exampleCount(), batch.featureCount());
    numbered.append(batch, 0, batch.exampleCount());
    for (int i = 0; i < numbered.exampleCount(); i++) {
      numbered.exampleIds()[i] = i;
    }
    SummaryCounter counter = new SummaryCounter(name, featureCount, labelCount);
    counter.add(numbered);
    return new MemoryExamples(List.of(new Chunk(numbered)), counter.summary(0));
  }

  @Override
  public DataSummary summary() {
    return summary;
  }

  /// Appends one example to a batch, with its id in the whole data set.
  ///
  /// @param example from 0 to the number of examples; in a part held out the order of these numbers
  ///   means nothing
  public void copy(long example, Batch batch) {
    copyId(part.idOf(example), batch);
  }

  private void copyId(long id, Batch batch) {
    int found = Arrays.binarySearch(firstExamples, id);
    int chunk = found < 0 ? -found - 2 : found;
    chunks[chunk].copy((int) (id - firstExamples[chunk]), batch);
  }

  @Override
  public ExampleReader inOrder() {
    return new VouchedReader(inOrder(chunks, part), summary);
  }

  private static ExampleReader inOrder(Chunk[] chunks, Part part) {
    return new InOrder(chunks, part);
  }

  @Override
  public ExampleReader shuffled(long seed, long skip) {
    Objects.checkFromToIndex(skip, part.count(), part.count());
    return new VouchedReader(new Shuffled(new Permutation(part.count(), seed), skip), summary);
  }

  @Override
  public String orderName() {
    return "memory";
  }

  @Override
  public HoldOut holdOut(long[] ids) {
    return PartSummary.divide(
        part, summary, ids, (chosen, counted) -> new MemoryExamples(this, chosen, counted));
  }

  @Override
  public HoldOut holdOut(double share, long seed) {
    return PartSummary.divide(
        part, summary, share, seed, (chosen, counted) -> new MemoryExamples(this, chosen, counted));
  }

  @Override
  public void close() {
    // Memory is released with the last reference to this object.
  }

  private static int checkedLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    return limit;
  }

  private final class Shuffled implements ExampleReader {

    private final Permutation order;
    private long next;

    Shuffled(Permutation order, long skip) {
      this.order = order;
      this.next = skip;
    }

    @Override
    public int read(Batch batch, int limit) {
      int count = (int) Math.min(checkedLimit(limit), order.size() - next);
      for (int i = 0; i < count; i++) {
        copyId(part.idOf(order.at(next)), batch);
        next++;
      }
      return count;
    }

    @Override
    public void close() {
      next = order.size();
    }
  }

  private static final class InOrder implements ExampleReader {

    private final Chunk[] chunks;
    private final Part part;
    private int chunk;
    private int example;

    InOrder(Chunk[] chunks, Part part) {
      this.chunks = chunks;
      this.part = part;
    }

    @Override
    public int read(Batch batch, int limit) {
      checkedLimit(limit);
      int count = 0;
      while (count < limit && chunk < chunks.length) {
        Chunk current = chunks[chunk];
        if (example == current.exampleCount()) {
          chunk++;
          example = 0;
          continue;
        }
        if (part.contains(current.firstExample() + example)) {
          current.copy(example, batch);
          count++;
        }
        example++;
      }
      return count;
    }

    @Override
    public void close() {
      chunk = chunks.length;
    }
  }
}
