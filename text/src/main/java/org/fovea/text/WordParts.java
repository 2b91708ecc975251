package org.fovea.text;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Divides words that are several: `Acme's` is `Acme` and `'s`, and, where it is asked for, words
/// of scripts without spaces are their letters, each with its marks.
///
/// What is not seen at the end of a word does not belong to it.
///
/// **Threads** confined.
final class WordParts extends TokenFilter {

  private static final char NOT_ASCII = 0x80;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private final boolean possessive;
  private final boolean letters;
  private char[] word = new char[Tokenizer.LONGEST_WORD + 1];
  private int at;
  private int end;
  private int place;
  private int partEnd;

  /// @param possessive whether a possessive is a word of its own
  /// @param letters whether words of scripts without spaces are divided
  WordParts(TokenStream input, boolean possessive, boolean letters) {
    super(input);
    this.possessive = possessive;
    this.letters = letters;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    at = 0;
    end = 0;
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (at < end) {
      part();
      return true;
    }
    if (!input.incrementToken()) {
      return false;
    }
    char[] all = term.buffer();
    int length = term.length();
    char last = all[length - 1];
    if (all[0] >= NOT_ASCII || last >= NOT_ASCII) {
      trim();
      length = term.length();
    } else if (!letters && last != 's' && last != 'S') {
      return true;
    }
    boolean owned = possessive && length > 2 && isPossessive(length);
    if (owned || (letters && isDivided())) {
      begin(owned ? length - 2 : length);
      part();
    }
    return true;
  }

  private boolean isPossessive(int length) {
    char last = term.charAt(length - 1);
    return (last == 's' || last == 'S') && LetterForms.isApostrophe(term.charAt(length - 2));
  }

  /// Lets go of what is not seen at the end, and of apostrophes that are letters to Unicode.
  private void trim() {
    int length = term.length();
    int from = 0;
    int to = length;
    while (to > 0 && isOutside(term.charAt(to - 1))) {
      to--;
    }
    while (from < to && isOutside(term.charAt(from))) {
      from++;
    }
    if (to - from < length) {
      int begin = offset.startOffset();
      System.arraycopy(term.buffer(), from, term.buffer(), 0, to - from);
      term.setLength(to - from);
      offset.setOffset(begin + from, begin + to);
    }
  }

  private static boolean isOutside(char letter) {
    return letter >= 0xad
        && (letter < 0xfe00 || letter == 0xfeff)
        && (LetterForms.isUnseen(letter) || LetterForms.isApostrophe(letter));
  }

  /// Takes the word at hand as one of several parts.
  private void begin(int firstEnd) {
    end = term.length();
    if (end > word.length) {
      word = new char[end];
    }
    System.arraycopy(term.buffer(), 0, word, 0, end);
    at = 0;
    place = offset.startOffset();
    partEnd = firstEnd;
  }

  /// Gives the next part.
  private void part() {
    int from = at;
    if (at >= partEnd) {
      at = end;
    } else if (!letters) {
      at = partEnd;
    } else {
      at = isDivided(word[at]) ? letterEnd() : runEnd();
    }
    term.copyBuffer(word, from, at - from);
    offset.setOffset(place + from, place + at);
  }

  /// Where the letter at hand ends, with marks and what is not seen.
  private int letterEnd() {
    int next = at + 1;
    while (next < partEnd && (isMark(word[next]) || LetterForms.isUnseen(word[next]))) {
      next++;
    }
    return next;
  }

  /// Where letters of other scripts end.
  private int runEnd() {
    int next = at + 1;
    while (next < partEnd && !isDivided(word[next])) {
      next++;
    }
    return next;
  }

  private static boolean isMark(char letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> isJamoInside(letter);
    };
  }

  /// Whether a letter goes on with a syllable of Hangul that was begun.
  private static boolean isJamoInside(char letter) {
    return (letter >= 0x1160 && letter <= 0x11ff)
        || (letter >= 0xd7b0 && letter <= 0xd7fb)
        || letter == 0xff9e
        || letter == 0xff9f;
  }

  private boolean isDivided() {
    for (int letter = 0; letter < term.length(); letter++) {
      if (isDivided(term.charAt(letter))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a letter is of a script that puts no spaces between words.
  private static boolean isDivided(char letter) {
    return letter >= 0x0e00
        && switch (Character.UnicodeScript.of(letter)) {
          case HANGUL,
              KATAKANA,
              THAI,
              LAO,
              KHMER,
              MYANMAR,
              TAI_LE,
              NEW_TAI_LUE,
              TAI_THAM,
              TAI_VIET,
              JAVANESE,
              BALINESE ->
              true;
          default -> false;
        };
  }
}
