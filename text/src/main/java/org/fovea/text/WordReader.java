package org.fovea.text;

import java.util.Arrays;

/// Turns the text of a pattern into neurons of words.
///
/// **Threads** confined.
final class WordReader {

  /// The most words that a pattern may have.
  static final int MOST_WORDS = 4_096;

  private final Tokenizer tokenizer;
  private int[] words = new int[16];

  WordReader(Tokenization tokenization) {
    tokenizer = new Tokenizer(tokenization);
  }

  /// What gives a word its number.
  @FunctionalInterface
  interface Numbering {

    /// Number of a word.
    int number(char[] letters, int length);
  }

  /// Numbers of the words of a text; the array is used again by the next call.
  ///
  /// @return how many words there are
  /// @throws IllegalArgumentException if there are none or too many
  int read(String text, Numbering numbering) {
    tokenizer.read(text);
    int count = 0;
    boolean more = false;
    while (tokenizer.next()) {
      if (count == MOST_WORDS) {
        more = true;
        continue;
      }
      if (count == words.length) {
        words = Ints.grown(words, count + 1);
      }
      words[count++] = numbering.number(tokenizer.letters(), tokenizer.length());
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          text.isBlank()
              ? "a pattern was expected, nothing came"
              : "a pattern with a letter or a digit was expected, '%s' came".formatted(text));
    }
    if (more) {
      throw new IllegalArgumentException(
          "a pattern of at most %d words was expected, more came".formatted(MOST_WORDS));
    }
    return count;
  }

  /// The numbers that [#read(String, Numbering)] found.
  int[] words() {
    return words;
  }

  /// Numbers of the words of a text in a file.
  ///
  /// @throws org.fovea.MalformedDataException if there are none or too many
  int[] read(String text, Place place, Numbering numbering) {
    try {
      int count = read(text, numbering);
      return Arrays.copyOf(words, count);
    } catch (IllegalArgumentException e) {
      throw place.malformed(String.valueOf(e.getMessage())).because(e);
    }
  }
}
