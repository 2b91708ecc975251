package org.fovea.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fovea.event.EventPropagation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedWorkloadTest {

  @ParameterizedTest
  @ValueSource(strings = {"weighted", "weighted-rare"})
  void findsTheSameByNetworkByCountingAndByALookAtEachPattern(String kind) {
    WeightedWorkload workload = WeightedWorkload.of(kind, 3_000);
    EventPropagation propagation = new EventPropagation(workload.network(3_000));
    PatternFloor counting = new PatternFloor.Counting(workload);
    int all = 0;
    for (int d = 0; d < 50; d++) {
      int[] document = workload.document();
      boolean[] expected = workload.found(document);
      propagation.clear();
      for (int at = 0; at < document.length; at++) {
        propagation.add(document[at], at, at + 1, 1);
      }
      propagation.run();
      boolean[] active = new boolean[3_000];
      for (int i = 0; i < propagation.count(); i++) {
        if (propagation.neuron(i) >= PatternWorkload.WORDS) {
          active[propagation.neuron(i) - PatternWorkload.WORDS] = true;
        }
      }
      assertThat(active).containsExactly(expected);
      int found = (int) IntStream.range(0, 3_000).filter(p -> expected[p]).count();
      assertThat(counting.matches(document)).isEqualTo(found);
      all += found;
    }
    assertThat(all).isPositive();
  }

  @Test
  void hasPatternsThatNeedTwoThreeAndFourWordsAndWordsThatSpeakAgainstThem() {
    WeightedWorkload workload = WeightedWorkload.of("weighted", 3_000);
    boolean[] needed = new boolean[6];
    int negative = 0;
    for (int p = 0; p < workload.size(); p++) {
      int positive = 0;
      for (int i = 0; i < WeightedWorkload.PATTERN_WORDS; i++) {
        positive |= workload.weights(p)[i] > 0 ? 1 << i : 0;
        negative += workload.weights(p)[i] < 0 ? 1 : 0;
      }
      assertThat(workload.isFound(p, positive)).isTrue();
      assertThat(workload.isFound(p, 0)).isFalse();
      int least = 5;
      for (int some = positive; some > 0; some = (some - 1) & positive) {
        least = workload.isFound(p, some) ? Math.min(least, Integer.bitCount(some)) : least;
      }
      needed[least] = true;
      assertThat(Arrays.stream(workload.words(p)).distinct()).hasSize(5);
    }
    assertThat(needed[2] && needed[3] && needed[4]).isTrue();
    assertThat(negative / 15_000.0).isBetween(0.08, 0.12);
  }
}
