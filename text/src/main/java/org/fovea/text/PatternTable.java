package org.fovea.text;

/// What is printed when a neuron is active: names of patterns with their categories.
///
/// An *entry* is a pattern in a category, or in none. Entries are in order of their neurons.
///
/// **Threads** immutable, safe.
sealed interface PatternTable permits HeapPatternTable, MappedPatternTable {

  /// No category, or no entry.
  int NONE = -1;

  byte PHRASE = 0;
  byte RULE = 1;

  /// Ids of neurons are below it.
  int bound();

  int entryCount();

  /// First entry of a neuron; the last ends where the next neuron's begin.
  int first(int neuron);

  /// Number of the category of an entry, or [#NONE].
  int category(int entry);

  byte kind(int entry);

  /// Where the name of an entry begins in the bytes of all names; it ends where the next begins.
  long nameStart(int entry);

  /// Bytes of all names.
  long nameBytes();

  /// Appends the name of an entry, in UTF-8, without garbage.
  void appendName(int entry, ByteRows to);

  String name(int entry);

  /// What became of the table, if the virtual machine has met a fault: that is how it tells that a
  /// mapped file has lost its end.
  ///
  /// @throws InternalError if it was no such fault
  RuntimeException explained(InternalError fault);

  /// Lets go of what is not in the heap.
  void close();

  /// The first entry of a rule from an entry on, or [#NONE].
  default int nextRule(int from) {
    int count = entryCount();
    for (int entry = from; entry < count; entry++) {
      if (kind(entry) == RULE) {
        return entry;
      }
    }
    return NONE;
  }

  /// The neuron that an entry belongs to.
  default int neuron(int entry) {
    int from = 0;
    int to = bound();
    while (to - from > 1) {
      int middle = (from + to) >>> 1;
      if (first(middle) <= entry) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
