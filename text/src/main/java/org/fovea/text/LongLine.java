package org.fovea.text;

import java.util.function.Consumer;

/// Cuts a document that comes in parts into pieces of words that overlap, so that every match lies
/// whole in the piece in whose core it begins.
///
/// **Threads** confined. **Cost** memory for two pieces.
final class LongLine {

  private static final int LEAST_PIECE = 1 << 16;

  /// A piece does not reach over more letters than this, most of which would belong to no word.
  private static final int FARTHEST = 1 << 30;

  /// A piece.
  ///
  /// @param document its number
  /// @param words not to be changed
  /// @param coreBegin where the piece's own words begin, after those of the piece before
  /// @param coreEnd where they end
  record Piece(long document, Words words, int coreBegin, int coreEnd) {}

  private final TextWords reader;
  private final int overlap;
  private final int size;
  private Words words = new Words();
  private int coreBegin;
  private boolean begun;

  /// @param overlap how many words before and after its own a piece needs
  LongLine(PatternNetwork network, int overlap) {
    this.overlap = overlap;
    size = Math.max(LEAST_PIECE, Math.multiplyExact(4, overlap));
    reader = new TextWords(network);
  }

  /// Takes the next part of a document and gives pieces that are ready.
  void add(Documents part, Consumer<Piece> pieces) {
    if (begun && part.offset() - words.offset > FARTHEST) {
      pieces.accept(new Piece(part.number(0), words, coreBegin, words.count));
      words = new Words();
      begun = false;
    }
    if (!begun) {
      begun = true;
      words.clear(part.offset());
      coreBegin = 0;
    }
    reader.begin(part.text(), part.start(0), part.length(0));
    int shift = Math.toIntExact(part.offset() - words.offset);
    while (reader.next()) {
      words.add(reader.neuron(), shift + reader.begin(), shift + reader.end());
      if (words.count == size) {
        int coreEnd = size - overlap;
        pieces.accept(new Piece(part.number(0), words, coreBegin, coreEnd));
        Words next = new Words();
        int from = Math.max(0, coreEnd - overlap);
        next.clear(words.offset + words.begins[from]);
        int back = words.begins[from];
        for (int at = from; at < words.count; at++) {
          next.add(words.neurons[at], words.begins[at] - back, words.ends[at] - back);
        }
        words = next;
        coreBegin = coreEnd - from;
        shift = Math.toIntExact(part.offset() - words.offset);
      }
    }
    if (part.isLastPart) {
      if (coreBegin == 0 || coreBegin < words.count) {
        pieces.accept(new Piece(part.number(0), words, coreBegin, words.count));
      }
      words = new Words();
      begun = false;
    }
  }
}
