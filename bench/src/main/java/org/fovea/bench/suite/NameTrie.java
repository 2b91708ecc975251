package org.fovea.bench.suite;

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

/// The plain way to find names, to compare with: words as strings, a trie of hash maps.
///
/// **Threads** confined.
final class NameTrie {

  private static final class Node {
    private final Map<String, Node> next = new HashMap<>(2);
    private final Set<String> categories = new TreeSet<>();
  }

  private record Word(String text, int begin, int end) {}

  private final Node root = new Node();
  private final Analyzer analyzer =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          StandardTokenizer source = new StandardTokenizer();
          return new TokenStreamComponents(source, new LowerCaseFilter(source));
        }
      };

  private List<Word> words(String text) throws IOException {
    List<Word> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.getAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        // Its lower case keeps forms of one letter apart, which folding does not.
        String word = term.toString().replace('ς', 'σ').replace('µ', 'μ');
        words.add(new Word(word, offset.startOffset(), offset.endOffset()));
      }
      stream.end();
    }
    return words;
  }

  void add(String name, String category) throws IOException {
    Node node = root;
    for (Word word : words(name)) {
      node = node.next.computeIfAbsent(word.text(), _ -> new Node());
    }
    if (node != root) {
      node.categories.add(category);
    }
  }

  static String span(long begin, long end, String category) {
    return begin + "-" + end + " " + category;
  }

  /// All names in a text.
  Set<String> matches(String text) throws IOException {
    List<Word> words = words(text);
    Set<String> found = new TreeSet<>();
    for (int begin = 0; begin < words.size(); begin++) {
      Node node = root.next.get(words.get(begin).text());
      for (int at = begin; node != null; at++) {
        for (String category : node.categories) {
          found.add(span(words.get(begin).begin(), words.get(at).end(), category));
        }
        node = at + 1 < words.size() ? node.next.get(words.get(at + 1).text()) : null;
      }
    }
    return found;
  }
}
