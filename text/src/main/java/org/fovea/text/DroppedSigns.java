package org.fovea.text;

/// Tells of signs in patterns that belong to no word, as in `Yahoo!`, so that the pattern is found
/// without them too.
///
/// **Threads** confined.
public final class DroppedSigns {

  private final WordReader reader;

  /// What tells of signs for networks that make words in one way.
  public DroppedSigns(Tokenization tokenization) {
    reader = new WordReader(tokenization);
  }

  /// The signs of a pattern that do not count, in order; empty if there are none.
  ///
  /// @throws IllegalArgumentException if the pattern has no words or too many
  public String of(String pattern) {
    reader.read(pattern, (_, _) -> 0);
    return reader.droppedSigns();
  }
}
