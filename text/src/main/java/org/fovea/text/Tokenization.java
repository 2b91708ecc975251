package org.fovea.text;

/// How text becomes words: patterns and texts are treated alike.
///
/// @param foldCase whether `Big` and `BIG` are the word `big`
/// @param foldAccents whether `café` is the word `cafe`
/// @param stemming whether endings of words are cut off
/// @param alike whether what reads the same is the same: letters in any form of Unicode,
///   apostrophes, what is not seen inside of words, the possessive; and whether signs may belong to
///   words. Without it, letters count as they are written
/// @param withinWords whether words of scripts that do not put spaces between words are read letter
///   by letter, so that patterns are found inside of them
public record Tokenization(
    boolean foldCase, boolean foldAccents, Stemming stemming, boolean alike, boolean withinWords) {

  /// Checks that letters are read alike where words are cut.
  public Tokenization {
    if (withinWords && !alike) {
      throw new IllegalArgumentException("patterns within words need letters that read alike");
    }
  }

  /// What reads the same is the same, and words stay whole.
  public Tokenization(boolean foldCase, boolean foldAccents, Stemming stemming) {
    this(foldCase, foldAccents, stemming, true, false);
  }

  /// Case is folded, accents count, words keep their endings, what reads the same is the same.
  public static Tokenization defaults() {
    return new Tokenization(true, false, Stemming.NONE);
  }

  /// The same, with letters as they are written: how networks were stored before there was a
  /// choice.
  Tokenization asWritten() {
    return new Tokenization(foldCase, foldAccents, stemming, false, false);
  }
}
