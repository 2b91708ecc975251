package org.fovea.network;

/// Which examples of a batch contain a feature, found out when it is first asked for: networks
/// whose layers read a batch in full never need it.
///
/// **Threads** confined to a worker; its team may read what was built before.
final class FeatureIndex {

  private final Signals input;
  private BatchIndex index = new BatchIndex(0);
  private boolean current;

  /// @param input the network's input, by example
  FeatureIndex(Signals input) {
    this.input = input;
  }

  /// Tells that the input has become that of another batch.
  void inputChanged() {
    current = false;
  }

  /// The index of the batch that the input holds.
  ///
  /// **Cost** the first time for a batch, time in the number of its features.
  BatchIndex built() {
    if (!current) {
      if (index.columnCount() != input.width()) {
        index = new BatchIndex(input.width());
      }
      index.build(input.examples(), input.begins(), input.ends(), input.indices(), input.entries());
      current = true;
    }
    return index;
  }
}
