package org.fovea.text;

/// What `model.json` says about a network of patterns.
///
/// @param generation how many times the network was stored; the edits since are in
///   `edits-GENERATION.log`
/// @param tokenization how texts become words
/// @param words number of words
/// @param patterns number of patterns
/// @param categories number of categories
/// @param neurons number of neurons
public record NetworkFacts(
    long generation,
    Tokenization tokenization,
    int words,
    int patterns,
    int categories,
    int neurons) {

  /// Checks the numbers.
  public NetworkFacts {
    if (generation < 0 || words < 0 || patterns < 0 || categories < 0 || neurons < 0) {
      throw new IllegalArgumentException("counts are not negative");
    }
  }

  /// The same of a network whose letters count as they are written.
  NetworkFacts asWritten() {
    return new NetworkFacts(
        generation, tokenization.asWritten(), words, patterns, categories, neurons);
  }
}
