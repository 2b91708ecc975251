package org.fovea.text;

/// How text becomes words: patterns and texts are treated alike.
///
/// @param foldCase whether `Big` and `BIG` are the word `big`
/// @param foldAccents whether `café` is the word `cafe`
/// @param stemming whether endings of words are cut off
public record Tokenization(boolean foldCase, boolean foldAccents, Stemming stemming) {

  /// Case is folded, accents count, words keep their endings.
  public static Tokenization defaults() {
    return new Tokenization(true, false, Stemming.NONE);
  }
}
