package org.fovea.text;

import java.util.Arrays;

/// Turns the text of a pattern into neurons of words.
///
/// **Threads** confined.
final class WordReader {

  /// The most words that a pattern may have.
  static final int MOST_WORDS = 4_096;

  private final Tokenizer tokenizer;
  private final boolean takesSigns;
  private int[] words = new int[16];
  private char[] signed = new char[Tokenizer.LONGEST_WORD];
  private int signedLength;
  private final StringBuilder dropped = new StringBuilder();

  WordReader(Tokenization tokenization) {
    tokenizer = new Tokenizer(tokenization);
    takesSigns = tokenization.alike();
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
    dropped.setLength(0);
    int count = 0;
    int end = 0;
    boolean more = false;
    while (tokenizer.next()) {
      takeSigns();
      drop(text, end, tokenizer.begin());
      end = tokenizer.end();
      if (count == MOST_WORDS) {
        more = true;
        continue;
      }
      if (count == words.length) {
        words = Ints.grown(words, count + 1);
      }
      words[count++] = numbering.number(signed, signedLength);
    }
    drop(text, end, text.length());
    if (count == 0) {
      throw new IllegalArgumentException(
          text.isBlank()
              ? "a pattern was expected, nothing came"
              : "a pattern with a letter or a digit was expected, '%s' came".formatted(text));
    }
    if (more) {
      throw new IllegalArgumentException(
          "a pattern of at most %s words was expected, more came".formatted(MOST_WORDS));
    }
    return count;
  }

  /// Takes all signs that belong to the word.
  private void takeSigns() {
    int before = takesSigns ? tokenizer.signsBefore() : 0;
    int after = takesSigns ? tokenizer.signsAfter() : 0;
    signedLength = tokenizer.signed(before, after, signed);
    if (signedLength > signed.length) {
      signed = new char[signedLength];
      tokenizer.signed(before, after, signed);
    }
    tokenizer.takeSigns(before, after);
  }

  private void drop(String text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (WordSigns.isTelling(text.charAt(at))) {
        dropped.append(text.charAt(at));
      }
    }
  }

  /// Signs of the text that was read last that belong to no word, so that it is found without them
  /// too.
  String droppedSigns() {
    return dropped.toString();
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
