package org.fovea.text;

/// Reads the words of texts as neurons of a network.
///
/// A sign beside a word belongs to it where a pattern of the network has the word with it.
///
/// **Threads** confined.
final class TextWords {

  private final Tokenizer tokenizer;
  private PatternNetwork network;
  private char[] signed = new char[Tokenizer.LONGEST_WORD];
  private int neuron;

  TextWords(PatternNetwork network) {
    this.network = network;
    tokenizer = new Tokenizer(network.tokenization());
  }

  /// Goes over to a network with the same tokenization.
  void use(PatternNetwork next) {
    network = next;
  }

  /// Begins a text, which must not change before its words are read.
  void begin(char[] text, int from, int length) {
    tokenizer.read(text, from, length);
  }

  /// Goes on to the next word; false at the end.
  boolean next() {
    if (!tokenizer.next()) {
      return false;
    }
    neuron = network.wordNeuron(tokenizer.letters(), tokenizer.length());
    if (network.knowsSigns()) {
      int before = tokenizer.signsBefore();
      int after = tokenizer.signsAfter();
      if (before + after > 0) {
        takeSigns(before, after);
      }
    }
    return true;
  }

  /// Takes as many signs as any pattern has.
  private void takeSigns(int mostBefore, int mostAfter) {
    for (int count = mostBefore + mostAfter; count > 0; count--) {
      int least = Math.max(0, count - mostAfter);
      for (int before = Math.min(count, mostBefore); before >= least; before--) {
        int known = signedNeuron(before, count - before);
        if (known >= 0) {
          neuron = known;
          tokenizer.takeSigns(before, count - before);
          return;
        }
      }
    }
  }

  private int signedNeuron(int before, int after) {
    int length = tokenizer.signed(before, after, signed);
    if (length > signed.length) {
      signed = new char[length];
      tokenizer.signed(before, after, signed);
    }
    return network.signedWordNeuron(signed, length);
  }

  /// Neuron of the word, or [Words#UNKNOWN].
  int neuron() {
    return neuron;
  }

  /// Where the word begins in the text, in UTF-16 units.
  int begin() {
    return tokenizer.begin();
  }

  /// Where the word ends, exclusive.
  int end() {
    return tokenizer.end();
  }
}
