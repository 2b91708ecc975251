package org.fovea.bench.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bare matching that an event-driven network does besides all else: what it cannot beat by
/// much.
interface PatternFloor {

  /// Number of patterns found in a document.
  int matches(int[] document);

  /// A trie of words in hash maps: phrases, at each place where they begin.
  final class WordTrie implements PatternFloor {

    private static final class Node {
      private final Map<Integer, Node> next = new HashMap<>(4);
      private boolean end;
    }

    private final Node root = new Node();

    WordTrie(int[][] patterns) {
      for (int[] words : patterns) {
        Node node = root;
        for (int word : words) {
          node = node.next.computeIfAbsent(word, _ -> new Node());
        }
        node.end = true;
      }
    }

    @Override
    public int matches(int[] document) {
      int found = 0;
      for (int begin = 0; begin < document.length; begin++) {
        Node node = root;
        for (int at = begin; at < document.length; at++) {
          node = node.next.get(document[at]);
          if (node == null) {
            break;
          }
          found += node.end ? 1 : 0;
        }
      }
      return found;
    }
  }

  /// Each pattern under its rarest word: words anywhere in the document, once per pattern.
  final class RarestWord implements PatternFloor {

    private final List<List<int[]>> byWord = new ArrayList<>();
    private final int[] stamps = new int[PatternWorkload.WORDS];
    private int stamp;

    RarestWord(int[][] patterns) {
      for (int word = 0; word < PatternWorkload.WORDS; word++) {
        byWord.add(new ArrayList<>(0));
      }
      for (int[] words : patterns) {
        byWord.get(Arrays.stream(words).max().orElseThrow()).add(words);
      }
    }

    @Override
    public int matches(int[] document) {
      stamp++;
      for (int word : document) {
        stamps[word] = stamp;
      }
      int found = 0;
      int done = ++stamp;
      for (int word : document) {
        if (stamps[word] == done) {
          continue;
        }
        for (int[] words : byWord.get(word)) {
          boolean all = true;
          for (int other : words) {
            all &= stamps[other] >= done - 1;
          }
          found += all ? 1 : 0;
        }
        stamps[word] = done;
      }
      return found;
    }
  }
}
