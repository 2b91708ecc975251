package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every propagation computes, on networks small enough to check by hand.
interface SemanticsContract {

  Propagation propagation(EventNetwork network);

  private static int[] inputs(EventNetworkBuilder builder, int count) {
    int[] inputs = new int[count];
    for (int i = 0; i < count; i++) {
      inputs[i] = builder.input();
    }
    return inputs;
  }

  private static Neuron once(float bias, Synapse... synapses) {
    return new Neuron(bias, Rectifier.RELU, new Occurrence.Once(), List.of(synapses));
  }

  @Test
  default void findsPhrasesAndTheirCategories() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] w = inputs(builder, 4);
    int newYork = builder.add(Neuron.phrase(w[0], w[1]));
    int newYorkCity = builder.add(Neuron.phrase(w[0], w[1], w[2]));
    int city = builder.add(Neuron.category(newYork, newYorkCity));
    Propagation propagation = propagation(builder.build());
    Map<String, Float> places =
        Places.ofWords(propagation, w[3], w[0], w[1], w[2], w[1], w[0], w[1]);
    assertThat(places)
        .hasSize(7 + 3 + 3)
        .containsEntry(newYork + "@1-3", 1f)
        .containsEntry(newYork + "@5-7", 1f)
        .containsEntry(newYorkCity + "@1-4", 1f)
        .containsEntry(city + "@1-3", 1f)
        .containsEntry(city + "@5-7", 1f)
        .containsEntry(city + "@1-4", 1f);
    assertThat(Places.ofWords(propagation, w[1], w[0])).hasSize(2);
    assertThat(propagation.settled()).isTrue();
    assertThat(propagation.rounds()).isEqualTo(1);
  }

  /// Pitfall P1: one input suffices alone, two others only together.
  @Test
  default void firesMixedNeuronsWithoutDeclaringAType() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] x = inputs(builder, 3);
    int mixed =
        builder.add(once(-1.8f, Synapse.of(x[0], 2), Synapse.of(x[1], 1), Synapse.of(x[2], 1)));
    Propagation propagation = propagation(builder.build());
    assertThat(Places.ofWords(propagation, x[1])).hasSize(1);
    assertThat(Places.ofWords(propagation, x[1], x[2]).get(mixed + "@0-2"))
        .isEqualTo((float) (2d + -1.8f));
    assertThat(Places.ofWords(propagation, x[0])).containsKey(mixed + "@0-1");
  }

  /// Pitfall P2: a conjunction of any length.
  @Test
  default void findsPhrasesOfAThousandWords() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] words = inputs(builder, 1_000);
    int phrase = builder.add(Neuron.phrase(words));
    int all = builder.add(Neuron.atLeast(1_000, words));
    Propagation propagation = propagation(builder.build());
    assertThat(Places.ofWords(propagation, words))
        .containsEntry(phrase + "@0-1000", 1f)
        .containsKey(all + "@0-1000");
    words[777] = words[778];
    assertThat(Places.ofWords(propagation, words)).hasSize(1_000);
  }

  /// Pitfall P3: every pair of occurrences within the window spans a range of its own.
  @Test
  default void losesNoJoinOfRepeatedParts() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] w = inputs(builder, 3);
    Relation later = Relation.followsWithin(1_000);
    int joined =
        builder.add(
            new Neuron(
                -2,
                Rectifier.RELU,
                new Occurrence.Joined(3),
                List.of(
                    Synapse.of(w[0], 1), Synapse.of(w[1], 1, later), Synapse.of(w[2], 1, later))));
    Propagation propagation = propagation(builder.build());
    for (int n : new int[] {5, 10, 20}) {
      int[] words = new int[3 * n];
      for (int i = 0; i < words.length; i++) {
        words[i] = w[i / n];
      }
      assertThat(Places.ofWords(propagation, words))
          .hasSize(3 * n + n * n)
          .containsEntry(joined + "@0-" + 3 * n, 1f);
    }
  }

  @Test
  default void countsLimitsValuesAndNegativeWeights() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] x = inputs(builder, 2);
    int sum =
        builder.add(
            once(
                -0.5f,
                new Synapse(x[0], 2, Float.POSITIVE_INFINITY, false, Relation.ANYWHERE),
                Synapse.of(x[1], -3).limitedTo(0.5f)));
    Propagation propagation = propagation(builder.build());
    List<Places.Given> document =
        List.of(new Places.Given(x[0], 0, 1, 3), new Places.Given(x[0], 4, 6, 2));
    assertThat(Places.of(propagation, document)).containsEntry(sum + "@0-6", 5.5f);
    List<Places.Given> more = new ArrayList<>(document);
    more.add(new Places.Given(x[1], 1, 2, 7));
    assertThat(Places.of(propagation, more)).containsEntry(sum + "@0-6", 4f);
  }

  @Test
  default void readsContextOfEachRange() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] w = inputs(builder, 3);
    int bank =
        builder.add(
            new Neuron(
                -1.5f,
                Rectifier.CAPPED,
                new Occurrence.Each(),
                List.of(
                    Synapse.of(w[0], 1, Relation.EQUAL),
                    Synapse.of(w[1], 1, Relation.near(2)),
                    Synapse.of(w[2], -1, Relation.PRECEDES))));
    Propagation propagation = propagation(builder.build());
    assertThat(Places.ofWords(propagation, w[0], w[1], w[1], w[1], w[0], w[2], w[0]))
        .containsEntry(bank + "@0-1", 0.5f)
        .containsEntry(bank + "@4-5", 0.5f)
        .hasSize(7 + 2);
  }

  @Test
  default void inhibitsInTheNextRoundAndComesToRest() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] x = inputs(builder, 2);
    int weak = builder.reserve();
    int strong = builder.add(once(0, Synapse.of(x[1], 1)));
    builder.define(weak, once(0, Synapse.of(x[0], 1), Synapse.of(strong, -2).fromLastRound()));
    Propagation propagation = propagation(builder.build());
    assertThat(Places.ofWords(propagation, x[0])).containsKey(weak + "@0-1");
    assertThat(Places.ofWords(propagation, x[0], x[1]))
        .containsOnlyKeys(x[0] + "@0-1", x[1] + "@1-2", strong + "@0-2");
    assertThat(propagation.settled()).isTrue();
    assertThat(propagation.rounds()).isEqualTo(2);
  }

  @Test
  default void guardsAgainstOscillation() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int self = builder.reserve();
    builder.define(self, once(0, Synapse.of(x, 1), Synapse.of(self, -1).fromLastRound()));
    Propagation propagation = propagation(builder.build());
    Places.ofWords(propagation, x);
    assertThat(propagation.settled()).isFalse();
    assertThat(propagation.rounds()).isEqualTo(20);
  }

  @Test
  default void activatesNeuronsOfPositiveBiasInEveryDocument() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int always = builder.add(once(0.25f, Synapse.of(x, -1)));
    int above = builder.add(once(0, Synapse.of(always, 2)));
    Propagation propagation = propagation(builder.build());
    assertThat(Places.ofWords(propagation))
        .containsEntry(always + "@0-1", 0.25f)
        .containsEntry(above + "@0-1", 0.5f);
    assertThat(Places.ofWords(propagation, x)).hasSize(1);
  }

  @Test
  default void refusesWhatIsNotAnInput() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int phrase = builder.add(Neuron.phrase(x));
    Propagation propagation = propagation(builder.build());
    assertThatThrownBy(() -> propagation.add(phrase, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("neuron 1 is not an input: it has synapses or a positive bias");
    assertThatThrownBy(() -> propagation.add(7, 0, 1, 1)).hasMessage("there is no neuron 7");
    assertThatThrownBy(() -> propagation.add(x, 3, 3, 1)).hasMessageContaining("[3, 3)");
    assertThatThrownBy(() -> propagation.add(x, 0, 1, Float.NaN)).hasMessageContaining("NaN");
  }
}
