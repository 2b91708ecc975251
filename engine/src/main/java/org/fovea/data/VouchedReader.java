package org.fovea.data;

/// Delivers examples that were checked when they were loaded, and says so to the batch, so that
/// nobody checks them again at each step.
///
/// **Threads** as the reader behind it.
final class VouchedReader implements ExampleReader {

  private final ExampleReader reader;
  private final int featureCount;
  private final int labelCount;

  /// @param reader of examples that [BatchCheck] has seen
  VouchedReader(ExampleReader reader, DataSummary summary) {
    this.reader = reader;
    this.featureCount = summary.featureCount();
    this.labelCount = summary.labelCount();
  }

  @Override
  public int read(Batch batch, int limit) {
    boolean sound = batch.exampleCount() == 0 || batch.isVouched(featureCount, labelCount);
    int count = reader.read(batch, limit);
    if (sound) {
      batch.vouch(featureCount, labelCount);
    }
    return count;
  }

  @Override
  public long skippedCount() {
    return reader.skippedCount();
  }

  @Override
  public void close() {
    reader.close();
  }
}
