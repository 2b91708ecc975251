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
/// punctuation and spaces are none. A word of more than [#LONGEST_WORD] units is divided. Where
/// texts are to be read alike ([Tokenization#alike]), the possessive `'s` is a word of its own, and
/// `+` and `#` at the end of a word belong to it, as in `C++`.
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
  private final boolean alike;
  private boolean open;
  private int begin;
  private int end;

  /// A tokenizer for one thread.
  public Tokenizer(Tokenization options) {
    source.setMaxTokenLength(LONGEST_WORD);
    alike = options.alike();
    TokenStream chain = alike ? alike(source, options) : asWritten(source, options);
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

  private static TokenStream alike(TokenStream words, Tokenization options) {
    // The stemmer of English cuts the possessive off by itself.
    boolean possessive = options.stemming() != Stemming.ENGLISH;
    TokenStream parts = new WordParts(words, possessive, options.withinWords());
    TokenStream forms = new LetterForms(parts, options.foldCase());
    return options.foldAccents() ? new AccentFolding(forms) : forms;
  }

  private static TokenStream asWritten(TokenStream words, Tokenization options) {
    return options.foldCase() ? new CaseFolding(words) : words;
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

  private void read(Reader text) {
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
          begin = offset.startOffset();
          end = offset.endOffset();
          if (alike) {
            takeSigns();
          }
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

  /// Takes signs that always belong to the word before them.
  private void takeSigns() {
    int to = WordSigns.endOfOwn(whole.text, whole.from + end, whole.end) - whole.from;
    for (; end < to; end++) {
      term.append(WordSigns.plain(whole.text[whole.from + end]));
    }
  }

  /// How many signs stand directly before the word.
  int signsBefore() {
    int at = whole.from + begin;
    return at - WordSigns.beginOfAll(whole.text, at, whole.from);
  }

  /// How many signs stand directly behind the word, besides those that it has.
  int signsAfter() {
    int at = whole.from + end;
    return WordSigns.endOfAll(whole.text, at, whole.end) - at;
  }

  /// The word with some of the signs that stand directly before and behind it.
  ///
  /// @param to takes it, if there is room
  /// @return how many letters it has
  int signed(int before, int after, char[] to) {
    int length = before + term.length() + after;
    if (length <= to.length) {
      int at = 0;
      for (int sign = begin - before; sign < begin; sign++) {
        to[at++] = WordSigns.plain(whole.text[whole.from + sign]);
      }
      System.arraycopy(term.buffer(), 0, to, at, term.length());
      at += term.length();
      for (int sign = end; sign < end + after; sign++) {
        to[at++] = WordSigns.plain(whole.text[whole.from + sign]);
      }
    }
    return length;
  }

  /// Lets the word reach over signs beside it.
  void takeSigns(int before, int after) {
    begin -= before;
    end += after;
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
    return begin;
  }

  /// Where the word ends, exclusive.
  public int end() {
    return end;
  }

  /// An array of letters as a reader.
  private static final class Letters extends Reader {

    private char[] text = new char[0];
    private int from;
    private int at;
    private int end;

    void set(char[] newText, int newFrom, int length) {
      text = newText;
      from = newFrom;
      at = newFrom;
      end = newFrom + length;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      if (at == end) {
        return -1;
      }
      int count = Math.min(length, end - at);
      System.arraycopy(text, at, target, offset, count);
      at += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
