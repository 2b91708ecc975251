package org.fovea.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// The plain way to find names: words as strings, a trie of hash maps. Independent of all that it
/// is compared with, but for Lucene's words.
final class WordTrie {

  private static final class Node {
    private final Map<String, Node> next = new HashMap<>(2);
    private final TreeSet<String> categories = new TreeSet<>();
  }

  /// A word and its place.
  record Word(String text, int begin, int end) {}

  private final Node root = new Node();
  private final Analyzer analyzer =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          StandardTokenizer source = new StandardTokenizer();
          return new TokenStreamComponents(source, new LowerCaseFilter(source));
        }
      };

  /// Words of a text, in lower case.
  List<Word> words(String text) throws IOException {
    List<Word> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.getAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        // Lower case keeps forms of one letter apart, which folding does not.
        String word = term.toString().replace('ς', 'σ').replace('µ', 'μ');
        words.add(new Word(word, offset.startOffset(), offset.endOffset()));
      }
      stream.end();
    }
    return words;
  }

  /// Adds a name; false if it has no words.
  boolean add(String name, String category) throws IOException {
    Node node = root;
    for (Word word : words(name)) {
      node = node.next.computeIfAbsent(word.text(), _ -> new Node());
    }
    if (node != root) {
      node.categories.add(category);
    }
    return node != root;
  }

  /// Begin, end and category of all names in a text.
  Set<String> matches(String text) throws IOException {
    List<Word> words = words(text);
    TreeSet<String> found = new TreeSet<>();
    for (int begin = 0; begin < words.size(); begin++) {
      Node node = root;
      for (int at = begin; at < words.size() && node != null; at++) {
        node = node.next.get(words.get(at).text());
        if (node != null) {
          for (String category : node.categories) {
            found.add(words.get(begin).begin() + "-" + words.get(at).end() + " " + category);
          }
        }
      }
    }
    return found;
  }
}
