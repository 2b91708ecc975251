package org.fovea.text;

import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.TensorSource;
import org.fovea.model.tensor.Tensors;

/// The words of a network as a tensor: each followed by a line feed, in UTF-8.
final class WordTensor {

  static final String NAME = "words";

  private static final int BLOCK = 1 << 16;

  private WordTensor() {}

  /// Words to be written.
  static TensorData of(Vocabulary words) {
    long length = 0;
    ByteRows block = new ByteRows();
    for (int word = 0; word < words.size(); word++) {
      block.clear();
      length += block.append(words.word(word)).size() + 1;
    }
    return Tensors.of(
        NAME,
        ElementType.UINT8,
        new long[] {length},
        sink -> {
          block.clear();
          for (int word = 0; word < words.size(); word++) {
            block.append(words.word(word)).append('\n');
            if (block.size() >= BLOCK) {
              block.writeTo(sink);
              block.clear();
            }
          }
          block.writeTo(sink);
        });
  }

  /// Words that were written.
  static Vocabulary read(TensorSource source) {
    source.requireType(ElementType.UINT8);
    Vocabulary words = new Vocabulary();
    byte[] block = new byte[BLOCK];
    ByteRows word = new ByteRows();
    while (source.remaining() > 0) {
      int count = (int) Math.min(BLOCK, source.remaining());
      source.bytes(block, 0, count);
      int begin = 0;
      for (int at = 0; at < count; at++) {
        if (block[at] == '\n') {
          word.append(block, begin, at - begin);
          char[] letters = word.toString().toCharArray();
          words.add(letters, letters.length);
          word.clear();
          begin = at + 1;
        }
      }
      word.append(block, begin, count - begin);
    }
    return words;
  }
}
