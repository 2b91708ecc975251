package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.event.Interpretation.Kind;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class InterpretationSearchTest {

  /// So much that nothing is left of what is suppressed.
  private static final float STRONG = -1_000;

  private static final SearchLimits PATIENT = new SearchLimits(Duration.ofMinutes(1), 100_000);

  private final EventNetworkBuilder builder = new EventNetworkBuilder();
  private final List<int[]> rivalries = new ArrayList<>();

  /// Mentions of given values, one at each range of its word, and which of them are rivals.
  private int[] mentions(Relation rivalry, float... values) {
    int[] words = new int[values.length];
    int[] mentions = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      words[i] = builder.input();
      mentions[i] = builder.reserve();
    }
    for (int i = 0; i < values.length; i++) {
      List<Synapse> synapses = new ArrayList<>();
      synapses.add(Synapse.of(words[i], values[i], Relation.EQUAL));
      for (int[] rivals : rivalries) {
        if (rivals[0] == i) {
          synapses.add(Synapse.of(mentions[rivals[1]], STRONG, rivalry).fromLastRound());
        }
      }
      builder.define(mentions[i], new Neuron(0, Rectifier.RELU, new Occurrence.Each(), synapses));
    }
    return words;
  }

  private void rivals(int one, int other) {
    rivalries.add(new int[] {one, other});
    rivalries.add(new int[] {other, one});
  }

  private static Interpretation run(
      EventNetwork network, EventPropagation propagation, SearchLimits limits, int... words) {
    propagation.clear();
    for (int position = 0; position < words.length; position++) {
      propagation.add(words[position], position, position + 1, 1);
    }
    return new InterpretationSearch(network, propagation, limits).run();
  }

  @Test
  void choosesTheHeavierOfTwoThatSuppressEachOther() {
    rivals(0, 1);
    int[] words = mentions(Relation.ANYWHERE, 1, 2);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    assertThat(run(network, propagation, PATIENT, words))
        .isEqualTo(new Interpretation(Kind.BEST, 2, 2, 1));
    assertThat(propagation.settled()).isTrue();
    assertThat(Places.of(propagation))
        .containsOnlyKeys(words[0] + "@0-1", words[1] + "@1-2", (words[1] + 1) + "@1-2");
  }

  @Test
  void leavesDocumentsWithoutConflictsAsTheyAre() {
    rivals(0, 1);
    int[] words = mentions(Relation.ANYWHERE, 1, 2, 4);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    Map<String, Float> plain = Places.ofWords(propagation, words[0], words[2]);
    assertThat(run(network, propagation, PATIENT, words[0], words[2]))
        .isEqualTo(new Interpretation(Kind.SETTLED, 1, 0, 1));
    assertThat(Places.of(propagation)).isEqualTo(plain);
  }

  @Test
  void choosesAtEachPlaceByItself() {
    rivals(0, 1);
    int[] words = mentions(Relation.near(1), 1, 2);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    // the second word is far from the first two times, and beside it the third time
    run(network, propagation, PATIENT, words[0], words[0], words[0], words[1]);
    assertThat(Places.of(propagation))
        .containsKeys((words[0] + 1) + "@0-1", (words[0] + 1) + "@1-2", (words[1] + 1) + "@3-4")
        .doesNotContainKey((words[0] + 1) + "@2-3");
  }

  @Test
  void forgetsTheChoiceWithTheDocument() {
    rivals(0, 1);
    int[] words = mentions(Relation.ANYWHERE, 1, 2);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    run(network, propagation, PATIENT, words);
    // alone, the one that was withheld is read again: it suppresses nothing, and nothing withholds
    assertThat(Places.ofWords(propagation, words[0]).get((words[0] + 1) + "@0-1")).isEqualTo(1f);
    assertThat(propagation.settled()).isTrue();
    Places.ofWords(propagation, words);
    assertThat(propagation.settled()).isFalse();
  }

  @Test
  void findsTheHeaviestOfAllChoicesInRandomConflicts() {
    int[] most = new int[1];
    Seeds.repeat(
        400,
        random -> {
          InterpretationSearchTest test = new InterpretationSearchTest();
          int count = random.nextInt(2, 11);
          boolean[][] rivals = rivals(random, count, test);
          float[] values = new float[count];
          for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(1, 9);
          }
          int[] words = test.mentions(Relation.ANYWHERE, values);
          EventNetwork network = test.builder.build();
          EventPropagation propagation = new EventPropagation(network);
          Interpretation found = run(network, propagation, PATIENT, words);
          assertThat(found.weight()).isEqualTo(heaviest(rivals, values));
          assertThat(propagation.settled()).isTrue();
          assertThat(found.kind()).isIn(Kind.BEST, Kind.SETTLED);
          SearchLimits enough =
              new SearchLimits(Duration.ofMinutes(1), Math.max(1, found.propagations()));
          assertThat(run(network, propagation, enough, words)).isEqualTo(found);
          most[0] = Math.max(most[0], found.conflicts());
        });
    assertThat(most[0]).isEqualTo(10);
  }

  private static boolean[][] rivals(
      SplittableRandom random, int count, InterpretationSearchTest to) {
    boolean[][] rivals = new boolean[count][count];
    double density = random.nextDouble();
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        if (random.nextDouble() < density) {
          rivals[i][j] = true;
          rivals[j][i] = true;
          to.rivals(i, j);
        }
      }
    }
    return rivals;
  }

  /// Largest sum of values of which no two are rivals, by trying all sets. What has no rival at all
  /// is read by no recurrent synapse, and does not count.
  private static double heaviest(boolean[][] rivals, float[] values) {
    double heaviest = 0;
    for (int set = 0; set < 1 << values.length; set++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        int one = i;
        for (int j = 0; j < i; j++) {
          if ((set >> i & 1) == 1 && (set >> j & 1) == 1 && rivals[i][j]) {
            sum = Double.NEGATIVE_INFINITY;
          }
        }
        boolean chosen = (set >> i & 1) == 1;
        boolean read = IntStream.range(0, values.length).anyMatch(j -> rivals[one][j]);
        sum += chosen && read ? values[i] : 0;
      }
      heaviest = Math.max(heaviest, sum);
    }
    return heaviest;
  }

  @Test
  void isQuickWhereConflictsAreManyButApart() {
    float[] values = new float[600];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i % 7;
      if (i % 3 != 0) {
        rivals(i, i - i % 3);
      }
      if (i % 3 == 2) {
        rivals(i, i - 1);
      }
    }
    int[] words = mentions(Relation.ANYWHERE, values);
    EventNetwork network = builder.build();
    double expected = 0;
    for (int i = 0; i < values.length; i += 3) {
      expected += Math.max(values[i], Math.max(values[i + 1], values[i + 2]));
    }
    assertThat(run(network, new EventPropagation(network), PATIENT, words))
        .isEqualTo(new Interpretation(Kind.BEST, expected, 600, 1));
  }

  @Test
  void choosesBetweenThoseThatSuppressEachOtherOnlyInPart() {
    int[] x = {builder.input(), builder.input()};
    int a = builder.reserve();
    int b = builder.reserve();
    // with both, each leaves 0.5 of the other, which then leaves more than that: they never rest
    builder.define(
        a,
        new Neuron(
            0,
            Rectifier.RELU,
            new Occurrence.Once(),
            List.of(
                Synapse.of(x[0], 4).limitedTo(Float.POSITIVE_INFINITY),
                Synapse.of(b, -2).limitedTo(Float.POSITIVE_INFINITY).fromLastRound())));
    builder.define(
        b,
        new Neuron(
            0,
            Rectifier.RELU,
            new Occurrence.Once(),
            List.of(
                Synapse.of(x[1], 3).limitedTo(Float.POSITIVE_INFINITY),
                Synapse.of(a, -2).limitedTo(Float.POSITIVE_INFINITY).fromLastRound())));
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    Interpretation found = run(network, propagation, PATIENT, x);
    assertThat(found.kind()).isEqualTo(Kind.BEST);
    assertThat(Places.of(propagation)).containsEntry(a + "@0-2", 4f).doesNotContainKey(b + "@0-2");
  }

  @Test
  void saysThatThreeThatSuppressEachOtherInACircleContradict() {
    rivalries.add(new int[] {0, 1});
    rivalries.add(new int[] {1, 2});
    rivalries.add(new int[] {2, 0});
    int[] words = mentions(Relation.ANYWHERE, 1, 2, 3);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    Interpretation found = run(network, propagation, PATIENT, words);
    assertThat(found.kind()).isEqualTo(Kind.CONTRADICTION);
    assertThat(found.conflicts()).isEqualTo(3);
    assertThat(propagation.settled()).isFalse();
  }

  @Test
  void saysThatWhatSuppressesItselfContradicts() {
    rivalries.add(new int[] {0, 0});
    int[] words = mentions(Relation.ANYWHERE, 1);
    EventNetwork network = builder.build();
    assertThat(run(network, new EventPropagation(network), PATIENT, words).kind())
        .isEqualTo(Kind.CONTRADICTION);
  }

  @Test
  void keepsWhatItHasFoundWhenTheLimitEndsIt() {
    // a row of rivals: the greedy choice is heavy, and not the heaviest
    float[] values = {4, 5, 4, 4, 5, 4, 4, 5, 4};
    for (int i = 0; i < values.length; i++) {
      if (i % 3 != 0) {
        rivals(i, i - 1);
      }
    }
    int[] words = mentions(Relation.ANYWHERE, values);
    EventNetwork network = builder.build();
    EventPropagation propagation = new EventPropagation(network);
    SearchLimits one = new SearchLimits(Duration.ofMinutes(1), 1);
    assertThat(run(network, propagation, one, words))
        .isEqualTo(new Interpretation(Kind.FOUND, 15, 9, 1));
    assertThat(propagation.settled()).isTrue();
    assertThat(run(network, propagation, PATIENT, words).weight()).isEqualTo(24);
    SearchLimits none = new SearchLimits(Duration.ofNanos(1), 1);
    assertThat(run(network, propagation, none, words).kind()).isEqualTo(Kind.OSCILLATING);
  }

  @Test
  void refusesLimitsThatAllowNothing() {
    assertThatThrownBy(() -> new SearchLimits(Duration.ZERO, 1))
        .hasMessage("time and propagations of a search must be positive, not PT0S and 1");
    assertThatThrownBy(() -> new SearchLimits(Duration.ofMillis(5), 0))
        .hasMessage("time and propagations of a search must be positive, not PT0.005S and 0");
  }
}
