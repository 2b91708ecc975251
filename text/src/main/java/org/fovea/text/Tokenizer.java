package org.fovea.text;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.tartarus.snowball.SnowballStemmer;

/// Cuts text into words with their places in it.
///
/// Words are those of Unicode: letters and digits that belong together, single ideographs, emoji;
/// punctuation and spaces are none. A word of more than [#LONGEST_WORD] units is divided.
///
/// ```java
/// tokenizer.read(text, 0, length);
/// while (tokenizer.next()) { ... tokenizer.letters() ... tokenizer.begin() ... }
/// ```
///
/// **Source** Unicode Standard Annex 29, *Unicode Text Segmentation*, word boundaries, as Lucene
/// has them.
///
/// **Threads** confined. **Cost** nothing is allocated for a word.
public final class Tokenizer {

  /// Longer words are divided; in UTF-16 units.
  public static final int LONGEST_WORD = 255;

  private final StandardTokenizer source = new StandardTokenizer();
  private final TokenStream stream;
  private final CharTermAttribute term;
  private final OffsetAttribute offset;
  private final Letters whole = new Letters();
  private boolean open;

  /// A tokenizer for one thread.
  public Tokenizer(Tokenization options) {
    source.setMaxTokenLength(LONGEST_WORD);
    TokenStream chain = source;
    if (options.foldCase()) {
      chain = new CaseFolding(chain);
    }
    if (options.foldAccents()) {
      chain = new ASCIIFoldingFilter(chain);
    }
    Optional<SnowballStemmer> stemmer = options.stemming().stemmer();
    if (stemmer.isPresent()) {
      chain = new SnowballFilter(chain, stemmer.get());
    }
    stream = chain;
    term = stream.addAttribute(CharTermAttribute.class);
    offset = stream.addAttribute(OffsetAttribute.class);
  }

  /// Begins a text, which must not change before its words are read.
  public void read(char[] text, int from, int length) {
    whole.set(text, from, length);
    read(whole);
  }

  /// Begins a text.
  public void read(String text) {
    read(text.toCharArray(), 0, text.length());
  }

  /// Begins a text that is read as its words are.
  public void read(Reader text) {
    try {
      if (open) {
        stream.close();
      }
      open = true;
      source.setReader(text);
      stream.reset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Goes on to the next word; false at the end.
  public boolean next() {
    try {
      while (stream.incrementToken()) {
        if (term.length() > 0) {
          return true;
        }
      }
      stream.end();
      stream.close();
      open = false;
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The letters of the word; valid up to [#length] until the next.
  public char[] letters() {
    return term.buffer();
  }

  /// How many letters the word has, in UTF-16 units.
  public int length() {
    return term.length();
  }

  /// Where the word begins in the text, in UTF-16 units.
  public int begin() {
    return offset.startOffset();
  }

  /// Where the word ends, exclusive.
  public int end() {
    return offset.endOffset();
  }

  /// An array of letters as a reader.
  private static final class Letters extends Reader {

    private char[] text = new char[0];
    private int at;
    private int end;

    void set(char[] newText, int from, int length) {
      text = newText;
      at = from;
      end = from + length;
    }

    @Override
    public int read(char[] target, int from, int length) {
      if (at == end) {
        return -1;
      }
      int count = Math.min(length, end - at);
      System.arraycopy(text, at, target, from, count);
      at += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
