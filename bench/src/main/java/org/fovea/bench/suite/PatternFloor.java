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

  /// Each pattern under all of its words: weights of the words that are in the document are added
  /// up, once per pattern.
  final class Counting implements PatternFloor {

    private final int[] starts = new int[PatternWorkload.WORDS + 1];
    private final int[] patterns;
    private final float[] weights;
    private final float[] biases;
    private final float[] sums;
    private final int[] stamps;
    private final int[] touched;
    private final int[] wordStamps = new int[PatternWorkload.WORDS];
    private int stamp;

    Counting(WeightedWorkload workload) {
      int size = workload.size();
      patterns = new int[size * WeightedWorkload.PATTERN_WORDS];
      weights = new float[patterns.length];
      biases = new float[size];
      sums = new float[size];
      stamps = new int[size];
      touched = new int[size];
      for (int p = 0; p < size; p++) {
        biases[p] = workload.bias(p);
        for (int word : workload.words(p)) {
          starts[word + 1]++;
        }
      }
      Arrays.parallelPrefix(starts, Integer::sum);
      int[] next = starts.clone();
      for (int p = 0; p < size; p++) {
        for (int i = 0; i < WeightedWorkload.PATTERN_WORDS; i++) {
          int at = next[workload.words(p)[i]]++;
          patterns[at] = p;
          weights[at] = workload.weights(p)[i];
        }
      }
    }

    @Override
    public int matches(int[] document) {
      stamp++;
      int count = 0;
      for (int word : document) {
        if (wordStamps[word] == stamp) {
          continue;
        }
        wordStamps[word] = stamp;
        for (int at = starts[word]; at < starts[word + 1]; at++) {
          int pattern = patterns[at];
          if (stamps[pattern] != stamp) {
            stamps[pattern] = stamp;
            sums[pattern] = biases[pattern];
            touched[count++] = pattern;
          }
          sums[pattern] += weights[at];
        }
      }
      int found = 0;
      for (int i = 0; i < count; i++) {
        found += sums[touched[i]] > 0 ? 1 : 0;
      }
      return found;
    }
  }
}
