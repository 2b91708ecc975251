package org.fovea.text;

/// The words of a document or of a piece of one: their neurons and their places.
///
/// **Threads** confined. **Cost** 12 bytes a word, kept for the next document.
final class Words {

  static final int UNKNOWN = -1;

  int[] neurons = new int[1 << 9];
  int[] begins = new int[1 << 9];
  int[] ends = new int[1 << 9];
  int count;

  /// Added to all places.
  long offset;

  void clear(long newOffset) {
    count = 0;
    offset = newOffset;
  }

  /// @param begin less the offset
  void add(int neuron, int begin, int end) {
    if (count == neurons.length) {
      neurons = Ints.grown(neurons, count + 1);
      begins = Ints.grown(begins, count + 1);
      ends = Ints.grown(ends, count + 1);
    }
    neurons[count] = neuron;
    begins[count] = begin;
    ends[count++] = end;
  }

  /// Adds all words of a text that was begun.
  void read(TextWords text) {
    while (text.next()) {
      add(text.neuron(), text.begin(), text.end());
    }
  }
}
