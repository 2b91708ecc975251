package org.fovea.text;

/// Signs that stand directly before or behind a word and may belong to it, as in `C++` and `.NET`.
///
/// `+` and `#` behind a word always belong to it, so that `C` is not found in `C#`. Other signs,
/// and a full stop before a word, belong to it where a pattern has them. Signs between two words
/// belong to neither, nor do more than [#MOST] in a row, which are lines and rulers.
final class WordSigns {

  private static final int MOST = 4;
  private static final int MOST_OWN = 3;
  private static final char FULL_STOP = '.';
  private static final char WIDE = '\uff01';
  private static final char WIDE_END = '\uff5e';
  private static final char SHARP = '\u266f';

  private WordSigns() {}

  /// A sign as it is compared.
  static char plain(char sign) {
    if (sign == SHARP) {
      return '#';
    }
    return sign >= WIDE && sign <= WIDE_END ? (char) (sign - WIDE + '!') : sign;
  }

  private static boolean isOwn(char letter) {
    return letter == '+'
        || letter == '#'
        || (letter >= SHARP && (plain(letter) == '+' || plain(letter) == '#'));
  }

  private static boolean isSign(char letter) {
    return switch (plain(letter)) {
      case '+', '#', '@', '$', '%', '&', '*', '=', '~', '^', '/', '\\', '§' -> true;
      default -> letter > 0x80 && Character.getType(letter) == Character.CURRENCY_SYMBOL;
    };
  }

  /// Whether a letter is part of a word beside it.
  private static boolean isWord(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_' || Character.isSurrogate(letter);
  }

  /// Where the signs end that always belong to a word.
  ///
  /// @param at where the word ends
  /// @param to where the text ends
  static int endOfOwn(char[] text, int at, int to) {
    if (at >= to || !isOwn(text[at])) {
      return at;
    }
    int end = at;
    while (end < to && isOwn(text[end])) {
      end++;
    }
    boolean many = end - at > MOST_OWN;
    boolean between = end < to && isWord(text[end]) && !isDoublePlus(text, at, end);
    return many || between ? at : end;
  }

  /// `C++11` is `C++` and `11`.
  private static boolean isDoublePlus(char[] text, int at, int end) {
    return end - at == 2 && plain(text[at]) == '+' && plain(text[at + 1]) == '+';
  }

  /// Where all signs behind a word end.
  static int endOfAll(char[] text, int at, int to) {
    int end = at;
    while (end < to && isSign(text[end])) {
      end++;
    }
    boolean between = end < to && isWord(text[end]);
    return between || end - at > MOST ? at : end;
  }

  /// Where all signs before a word begin.
  ///
  /// @param at where the word begins
  /// @param from where the text begins
  static int beginOfAll(char[] text, int at, int from) {
    boolean stop = at > from && plain(text[at - 1]) == FULL_STOP;
    int begin = stop ? at - 1 : at;
    while (begin > from && isSign(text[begin - 1])) {
      begin--;
    }
    if (at - begin <= MOST && !isBehindWord(text, begin, from)) {
      return begin;
    }
    return stop && !isBehindWord(text, at - 1, from) ? at - 1 : at; // as in C#/.NET
  }

  private static boolean isBehindWord(char[] text, int at, int from) {
    return at > from && (isWord(text[at - 1]) || plain(text[at - 1]) == FULL_STOP);
  }

  /// Whether a word has signs that belong to it only because a pattern has them.
  static boolean isPatterns(char[] letters, int from, int to) {
    if (from == to) {
      return false;
    }
    if (isSign(letters[from]) || (letters[from] == FULL_STOP && to - from > 1)) {
      return true;
    }
    int last = to - 1;
    while (last > from && isOwn(letters[last])) {
      last--;
    }
    return isSign(letters[last]);
  }

  /// Whether a letter between words makes a difference to who reads it: all but spaces and the
  /// punctuation of sentences.
  static boolean isTelling(char letter) {
    return switch (letter) {
      case '.', ',', ';', ':', '\'', '"', '…', '·', '・', '、', '。', '،', '۔', '।' -> false;
      default ->
          switch (Character.getType(letter)) {
            case Character.MATH_SYMBOL,
                Character.CURRENCY_SYMBOL,
                Character.MODIFIER_SYMBOL,
                Character.OTHER_SYMBOL,
                Character.OTHER_NUMBER,
                Character.OTHER_PUNCTUATION ->
                true;
            default -> false;
          };
    };
  }
}
