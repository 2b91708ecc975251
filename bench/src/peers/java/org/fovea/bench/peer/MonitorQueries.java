package org.fovea.bench.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.fovea.bench.suite.WeightedWorkload;

/// Patterns as queries of Lucene.
final class MonitorQueries {

  static final String FIELD = "text";

  private MonitorQueries() {}

  private static Query term(int word) {
    return new TermQuery(new Term(FIELD, "w" + word));
  }

  static Query phrase(int[] words) {
    return new PhraseQuery(
        FIELD, Arrays.stream(words).mapToObj(word -> "w" + word).toArray(String[]::new));
  }

  static Query words(int[] words) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (int word : words) {
      all.add(term(word), Occur.MUST);
    }
    return all.build();
  }

  /// What finds where a weighted pattern does. Lucene knows no weights that decide whether a query
  /// matches; so for each set of the words against it that may be there, a query says what of the
  /// other words is needed, and that no more of the words against it are there.
  static Query weighted(WeightedWorkload workload, int pattern) {
    float[] weights = workload.weights(pattern);
    int against = 0;
    for (int i = 0; i < weights.length; i++) {
      against |= weights[i] < 0 ? 1 << i : 0;
    }
    int speaking = ~against & ((1 << weights.length) - 1);
    List<Query> ways = new ArrayList<>();
    for (int there = against; there >= 0; there = there == 0 ? -1 : (there - 1) & against) {
      if (workload.isFound(pattern, speaking | there)) {
        ways.add(way(workload, pattern, against & ~there, speaking, there));
      }
    }
    return ways.size() == 1 ? ways.getFirst() : any(ways);
  }

  /// At least some of the words, where no others are asked for; else one of the smallest sets that
  /// suffice.
  private static Query way(
      WeightedWorkload workload, int pattern, int absent, int speaking, int there) {
    int[] words = workload.words(pattern);
    IntPredicate suffices = some -> workload.isFound(pattern, some | there);
    List<Integer> smallest = new ArrayList<>();
    for (int next = speaking; next > 0; next = (next - 1) & speaking) {
      int some = next;
      if (suffices.test(some) && bits(some).noneMatch(i -> suffices.test(without(some, i)))) {
        smallest.add(some);
      }
    }
    int size = Integer.bitCount(smallest.getFirst());
    boolean counts = smallest.stream().allMatch(set -> Integer.bitCount(set) == size);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    if (counts && smallest.size() == sets(speaking, size)) {
      bits(speaking).forEach(i -> query.add(term(words[i]), Occur.SHOULD));
      query.setMinimumNumberShouldMatch(size);
    } else {
      List<Query> sets = new ArrayList<>();
      for (int set : smallest) {
        sets.add(words(bits(set).map(i -> words[i]).toArray()));
      }
      query.add(any(sets), Occur.MUST);
    }
    bits(absent).forEach(i -> query.add(term(words[i]), Occur.MUST_NOT));
    return query.build();
  }

  private static IntStream bits(int set) {
    return IntStream.range(0, Integer.SIZE).filter(i -> (set & (1 << i)) != 0);
  }

  private static int without(int set, int index) {
    return set & ~(1 << index);
  }

  /// Number of sets of some size.
  private static int sets(int of, int size) {
    int count = 0;
    for (int some = of; some > 0; some = (some - 1) & of) {
      count += Integer.bitCount(some) == size ? 1 : 0;
    }
    return count;
  }

  private static Query any(List<Query> queries) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    queries.forEach(query -> any.add(query, Occur.SHOULD));
    return any.build();
  }
}
