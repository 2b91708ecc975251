package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static List<String> words(Tokenization options, String text) {
    Tokenizer tokenizer = new Tokenizer(options);
    List<String> words = new ArrayList<>();
    for (int again = 0; again < 2; again++) {
      words.clear();
      tokenizer.read(text);
      while (tokenizer.next()) {
        String word = new String(tokenizer.letters(), 0, tokenizer.length());
        words.add("%s %d-%d".formatted(word, tokenizer.begin(), tokenizer.end()));
      }
    }
    return words;
  }

  @Test
  void cutsUnicodeWordsAndFoldsCase() {
    assertThat(words(Tokenization.defaults(), "Der ΣΊΣΥΦΟΣ, 3.5% O'Neil!"))
        .containsExactly("der 0-3", "σίσυφοσ 4-11", "3.5 13-16", "o'neil 18-24");
  }

  @Test
  void tellsALetterWithoutADotFromOneWithIt() {
    assertThat(words(Tokenization.defaults(), "ISI ısı")).containsExactly("isi 0-3", "ısı 4-7");
  }

  @Test
  void countsUtf16Units() {
    assertThat(words(Tokenization.defaults(), "𐐀𐐁 x 漢字 😀"))
        .containsExactly("𐐨𐐩 0-4", "x 5-6", "漢 7-8", "字 8-9", "😀 10-12");
  }

  @Test
  void keepsCaseWhenAsked() {
    Tokenization options = new Tokenization(false, false, Stemming.NONE);
    assertThat(words(options, "Big apple")).containsExactly("Big 0-3", "apple 4-9");
  }

  @Test
  void foldsAccentsAndCutsEndings() {
    Tokenization options = new Tokenization(true, true, Stemming.ENGLISH);
    assertThat(words(options, "Cafés running Paris's"))
        .containsExactly("cafe 0-5", "run 6-13", "pari 14-21");
  }

  @Test
  void makesEveryStemmer() {
    for (Stemming stemming : Stemming.values()) {
      assertThat(words(new Tokenization(true, false, stemming), "Haus")).hasSize(1);
    }
  }

  @Test
  void dividesWordsThatAreTooLong() {
    assertThat(words(Tokenization.defaults(), "x".repeat(600))).hasSize(3);
  }

  @Test
  void findsNoWordsInPunctuation() {
    assertThat(words(Tokenization.defaults(), " --- ... \u0007 ")).isEmpty();
  }
}
