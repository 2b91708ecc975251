package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.model.tensor.Safetensors;
import org.fovea.model.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

  @TempDir private Path folder;

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

  private Vocabulary stored(Vocabulary words) throws IOException {
    Path file = folder.resolve("words.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      Safetensors.write(List.of(WordTensor.of(words)), Map.of(), out);
    }
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      return WordTensor.read(read.source(WordTensor.NAME));
    }
  }

  @Test
  void comesBackFromATensor() throws IOException {
    Vocabulary words = new Vocabulary();
    add(words, "é");
    add(words, "😀x");
    add(words, "plain");
    add(words, "z".repeat(200_000));
    for (int i = 0; i < 50_000; i++) {
      add(words, "ä" + i);
    }
    Vocabulary back = stored(words);
    assertThat(back.size()).isEqualTo(words.size());
    for (int word = 0; word < words.size(); word++) {
      assertThat(back.word(word)).isEqualTo(words.word(word));
    }
    assertThat(back.find("plain".toCharArray(), 5)).isEqualTo(2);
    assertThat(stored(new Vocabulary()).size()).isZero();
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
