package org.fovea.text;

import java.io.IOException;
import java.text.Normalizer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Takes accents off letters of every script that has them: Latin, Greek, Cyrillic; and the signs
/// of vowels that Hebrew and Arabic may leave out.
///
/// Marks that are letters by themselves, as those of India, Thailand or Japan, stay.
final class AccentFolding extends TokenFilter {

  private static final char NOT_ASCII = 0x80;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

  AccentFolding(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    for (int at = 0; at < term.length(); at++) {
      if (term.charAt(at) >= NOT_ASCII) {
        fold();
        break;
      }
    }
    return true;
  }

  private void fold() {
    String apart = Normalizer.normalize(term, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(apart.length());
    for (int at = 0; at < apart.length(); at++) {
      if (!isAccent(apart.charAt(at))) {
        bare.append(apart.charAt(at));
      }
    }
    if (bare.length() < apart.length() && !bare.isEmpty()) {
      term.setEmpty().append(Normalizer.normalize(bare, Normalizer.Form.NFC));
    }
  }

  private static boolean isAccent(char letter) {
    return letter >= 0x300
        && Character.getType(letter) == Character.NON_SPACING_MARK
        && (letter <= 0x36f
            || (letter >= 0x483 && letter <= 0x487)
            || (letter >= 0x591 && letter <= 0x5c7)
            || (letter >= 0x610 && letter <= 0x6ed)
            || (letter >= 0x1ab0 && letter <= 0x1aff)
            || (letter >= 0x1dc0 && letter <= 0x1dff)
            || (letter >= 0x20d0 && letter <= 0x20ff)
            || (letter >= 0xfe20 && letter <= 0xfe2f));
  }
}
