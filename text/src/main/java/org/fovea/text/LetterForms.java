package org.fovea.text;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Gives words that read the same the same letters, and folds case.
///
/// Letters are composed (normalization form C), ligatures and forms of width or of place are the
/// letters that they stand for, apostrophes are `'`, and what is not seen is left out: soft
/// hyphens, joiners, marks of direction, selectors of variants.
///
/// **Threads** confined. **Cost** one pass for words of ASCII, which are most.
///
/// **Source** Unicode Standard Annex 15, *Unicode Normalization Forms*.
final class LetterForms extends TokenFilter {

  private static final char NOT_ASCII = 0x80;
  private static final char APOSTROPHE = '\'';

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final boolean foldCase;

  LetterForms(TokenStream input, boolean foldCase) {
    super(input);
    this.foldCase = foldCase;
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    char[] letters = term.buffer();
    int length = term.length();
    int all = 0;
    for (int at = 0; at < length; at++) {
      all |= letters[at];
    }
    if (all >= NOT_ASCII) {
      unify();
    } else if (foldCase) {
      fold(letters, length);
    }
    return true;
  }

  private static void fold(char[] letters, int length) {
    for (int at = 0; at < length; at++) {
      char letter = letters[at];
      if (letter >= 'A' && letter <= 'Z') {
        letters[at] = (char) (letter + ('a' - 'A'));
      }
    }
  }

  private void unify() {
    leaveOutUnseen();
    compose(); // before case is folded: a dot above is part of the large I
    if (foldCase) {
      CaseFolding.fold(term.buffer(), term.length());
      compose(); // a small letter may be composed where the large one is not
    }
  }

  private void leaveOutUnseen() {
    char[] letters = term.buffer();
    int length = term.length();
    int kept = 0;
    boolean isForm = false;
    for (int at = 0; at < length; at++) {
      char letter = letters[at];
      if (isUnseen(letter)) {
        continue;
      }
      if (isVariantPlane(letter) && at + 1 < length && isVariant(letters[at + 1])) {
        at++;
        continue;
      }
      isForm |= isForm(letter);
      letters[kept++] = isApostrophe(letter) ? APOSTROPHE : hebrew(letter);
    }
    term.setLength(kept);
    if (isForm) {
      replaceForms();
    }
  }

  private void replaceForms() {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < term.length(); at++) {
      String letter = String.valueOf(term.charAt(at));
      plain.append(
          isForm(term.charAt(at)) ? Normalizer.normalize(letter, Normalizer.Form.NFKC) : letter);
    }
    term.setEmpty().append(plain);
  }

  private void compose() {
    char[] letters = term.buffer();
    int length = term.length();
    for (int at = 0; at < length; at++) {
      if (!isComposed(letters[at])) {
        if (!Normalizer.isNormalized(term, Normalizer.Form.NFC)) {
          String composed = Normalizer.normalize(term, Normalizer.Form.NFC);
          term.setEmpty().append(composed);
        }
        return;
      }
    }
  }

  /// Whether a letter is surely in normalization form C, whatever is beside it; letters of most
  /// texts are.
  private static boolean isComposed(char letter) {
    return letter < 0x300
        || (letter >= 0x388 && letter <= 0x482)
        || (letter >= 0x48a && letter <= 0x590)
        || (letter >= 0x620 && letter <= 0x64a)
        || (letter >= 0x3041 && letter <= 0x3096)
        || (letter >= 0x30a1 && letter <= 0x30ff)
        || (letter >= 0x4e00 && letter <= 0x9fff)
        || (letter >= 0xac00 && letter <= 0xd7a3);
  }

  /// Ligatures, Arabic letters as they look at a place, wide and narrow letters.
  private static boolean isForm(char letter) {
    return letter >= 0xfb00 && letter < 0xfff0;
  }

  static boolean isApostrophe(char letter) {
    return switch (letter) {
      case APOSTROPHE, '\u2018', '\u2019', '\u201b', '\u02bb', '\u02bc', '\uff07' -> true;
      default -> false;
    };
  }

  /// Signs of abbreviation of Hebrew, which are written as quotation marks too.
  private static char hebrew(char letter) {
    return switch (letter) {
      case '\u05f3' -> APOSTROPHE;
      case '\u05f4' -> '"';
      default -> letter;
    };
  }

  /// Whether a letter is not seen, or only makes another one longer.
  static boolean isUnseen(char letter) {
    return letter >= 0xad
        && (letter == 0xad
            || letter == 0x34f
            || letter == 0x61c
            || letter == 0x640
            || (letter >= 0x180b && letter <= 0x180f)
            || (letter >= 0x200c && letter <= 0x200f)
            || (letter >= 0x202a && letter <= 0x202e)
            || (letter >= 0x2060 && letter <= 0x206f)
            || (letter >= 0xfe00 && letter <= 0xfe0f)
            || letter == 0xfeff);
  }

  private static boolean isVariantPlane(char letter) {
    return letter == 0xdb40;
  }

  /// The second half of a selector of variants.
  private static boolean isVariant(char letter) {
    return letter >= 0xdd00 && letter <= 0xddef;
  }
}
