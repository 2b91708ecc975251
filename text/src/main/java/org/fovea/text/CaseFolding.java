package org.fovea.text;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Folds case letter by letter, so that words keep their length.
final class CaseFolding extends TokenFilter {

  /// The small letter i without a dot, which is no form of i outside of Turkic languages.
  private static final char DOTLESS = '\u0131';

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

  CaseFolding(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    fold(term.buffer(), term.length());
    return true;
  }

  static void fold(char[] letters, int length) {
    for (int at = 0; at < length; at++) {
      char letter = letters[at];
      if (letter < 0x80) {
        if (letter >= 'A' && letter <= 'Z') {
          letters[at] = (char) (letter + ('a' - 'A'));
        }
      } else if (!Character.isSurrogate(letter)) {
        boolean stays = letter == DOTLESS;
        letters[at] = stays ? letter : Character.toLowerCase(Character.toUpperCase(letter));
      } else if (Character.isHighSurrogate(letter) && at + 1 < length) {
        int folded =
            Character.toLowerCase(
                Character.toUpperCase(Character.codePointAt(letters, at, length)));
        if (Character.charCount(folded) == 2) {
          at += Character.toChars(folded, letters, at) - 1;
        }
      }
    }
  }
}
