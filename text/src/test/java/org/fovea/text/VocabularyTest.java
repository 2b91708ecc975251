package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static int add(Vocabulary words, String word) {
    return words.add(word.toCharArray(), word.length());
  }

  @Test
  void numbersWordsAsTheyCome() {
    Vocabulary words = new Vocabulary();
    for (int i = 0; i < 20_000; i++) {
      assertThat(add(words, "w" + i)).isEqualTo(i);
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(add(words, "w" + i)).isEqualTo(i);
      assertThat(words.word(i)).isEqualTo("w" + i);
    }
    assertThat(words.find("w".toCharArray(), 1)).isEqualTo(-1);
  }

  @Test
  void comesBackFromBytes() {
    Vocabulary words = new Vocabulary();
    add(words, "é");
    add(words, "😀x");
    add(words, "plain");
    Vocabulary back = Vocabulary.ofBytes(words.toBytes());
    assertThat(back.size()).isEqualTo(3);
    assertThat(back.word(1)).isEqualTo("😀x");
    assertThat(back.find("plain".toCharArray(), 5)).isEqualTo(2);
    assertThat(Vocabulary.ofBytes(new byte[0]).size()).isZero();
  }

  @Test
  void leavesTheOriginOfACopyAlone() {
    Vocabulary words = new Vocabulary();
    add(words, "one");
    Vocabulary copy = new Vocabulary(words);
    add(copy, "two");
    assertThat(words.size()).isEqualTo(1);
    assertThat(words.find("two".toCharArray(), 3)).isEqualTo(-1);
  }
}
