package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class EventPropagationTest implements SemanticsContract {

  private static final int NETWORKS = 4_000;
  private static final int DOCUMENTS = 8;

  @Override
  public Propagation propagation(EventNetwork network) {
    return new EventPropagation(network);
  }

  @Test
  void equalsThePlainQueueOnRandomNetworks() {
    long[] updates = new long[2];
    long[] active = new long[1];
    Seeds.repeat(
        NETWORKS,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          PropagationLimits limits = new PropagationLimits(6, 1e-4f, 1_000_000);
          PlainPropagation plain = new PlainPropagation(network, limits);
          EventPropagation fast = new EventPropagation(network, limits);
          for (int d = 0; d < DOCUMENTS; d++) {
            List<Places.Given> document = networks.document();
            Map<String, Float> expected = Places.of(plain, document);
            assertThat(Places.of(fast, document))
                .as("%s of %s", document, networks.neurons())
                .isEqualTo(expected);
            assertThat(fast.rounds()).isEqualTo(plain.rounds());
            assertThat(fast.settled()).isEqualTo(plain.settled());
            updates[0] += plain.updates();
            updates[1] += fast.updates();
            active[0] += expected.size() - document.size();
          }
        });
    assertThat(active[0]).isGreaterThan(NETWORKS);
    assertThat(updates[1]).isLessThan(updates[0]);
  }

  @Test
  void withholdsFromRecurrentSynapsesWhatThePlainQueueWithholds() {
    int[] changed = new int[1];
    Seeds.repeat(
        NETWORKS / 4,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          PropagationLimits limits = new PropagationLimits(6, 1e-4f, 1_000_000);
          PlainPropagation plain = new PlainPropagation(network, limits);
          EventPropagation fast = new EventPropagation(network, limits);
          List<Places.Given> document = networks.document();
          Map<String, Float> before = Places.of(plain, document);
          Places.of(fast, document);
          int count = fast.count();
          for (int i = 0; i < count; i++) {
            if (random.nextBoolean()) {
              plain.withhold(fast.neuron(i), fast.begin(i), fast.end(i));
              fast.withhold(fast.neuron(i), fast.begin(i), fast.end(i));
            }
          }
          plain.run();
          fast.run();
          Map<String, Float> after = Places.of(plain);
          assertThat(Places.of(fast)).isEqualTo(after);
          changed[0] += after.equals(before) ? 0 : 1;
          plain.release();
          fast.release();
          plain.run();
          fast.run();
          assertThat(Places.of(plain)).isEqualTo(before);
          assertThat(Places.of(fast)).isEqualTo(before);
        });
    assertThat(changed[0]).isGreaterThan(NETWORKS / 100);
  }

  /// Pitfall P4: no sub-patterns but the prefixes of one order.
  @Test
  void needsNodesLinearInTheLengthOfAPattern() {
    for (int length : new int[] {5, 10, 100, 1_000}) {
      EventNetworkBuilder phrases = new EventNetworkBuilder();
      EventNetworkBuilder counts = new EventNetworkBuilder();
      int[] words = new int[length];
      for (int i = 0; i < length; i++) {
        words[i] = phrases.input();
        counts.input();
      }
      phrases.add(Neuron.phrase(words));
      counts.add(Neuron.atLeast(length / 2 + 1, words));
      assertThat(phrases.build().latticeNodeCount()).isEqualTo(length);
      assertThat(counts.build().latticeNodeCount()).isLessThanOrEqualTo(3 * length);
    }
  }

  @Test
  void sharesWhatPatternsHaveInCommon() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] w = new int[5];
    for (int i = 0; i < w.length; i++) {
      w[i] = builder.input();
    }
    builder.add(Neuron.phrase(w[0], w[1], w[2]));
    builder.add(Neuron.phrase(w[0], w[1], w[3]));
    builder.add(Neuron.phrase(w[0], w[1]));
    assertThat(builder.build().latticeNodeCount()).isEqualTo(4);
  }

  /// With A and C active, ABC is never updated; pitfall P5: nor is what one weak input cannot
  /// reach.
  @Test
  void leavesNeuronsAloneThatCannotBecomeActive() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int[] x = new int[6];
    for (int i = 0; i < x.length; i++) {
      x[i] = builder.input();
    }
    builder.add(Neuron.atLeast(3, x[0], x[1], x[2]));
    builder.add(Neuron.atLeast(2, x[3], x[4], x[5]));
    builder.add(
        new Neuron(
            -0.5f,
            Rectifier.RELU,
            new Occurrence.Once(),
            List.of(Synapse.of(x[3], 1), Synapse.of(x[0], 0.3f), Synapse.of(x[2], 0.3f))));
    EventPropagation propagation = new EventPropagation(builder.build());
    Places.ofWords(propagation, x[0], x[4]);
    assertThat(propagation.updates()).isZero();
    Places.ofWords(propagation, x[0], x[2]);
    assertThat(propagation.updates()).isEqualTo(1);
    Places.ofWords(propagation, x[3], x[4]);
    assertThat(propagation.updates()).isEqualTo(2);
  }

  @Test
  void choosesRareTriggers() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int the = builder.input();
    int rare = builder.input();
    builder.frequency(the, 1);
    builder.frequency(rare, 0.001);
    for (int i = 0; i < 1_000; i++) {
      builder.add(Neuron.atLeast(2, the, rare, builder.input()));
    }
    EventPropagation propagation = new EventPropagation(builder.build());
    Places.ofWords(propagation, the);
    assertThat(propagation.updates()).isZero();
    assertThat(propagation.states()).isLessThanOrEqualTo(1);
  }

  /// Pitfall P6: an unordered conjunction is one activation, not a product of occurrences.
  @Test
  void staysSmallWhereWordsRepeat() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int a = builder.input();
    int b = builder.input();
    int both = builder.add(Neuron.atLeast(2, a, b));
    EventPropagation propagation = new EventPropagation(builder.build());
    int[] words = new int[2_000];
    for (int i = 0; i < words.length; i++) {
      words[i] = i % 2 == 0 ? a : b;
    }
    assertThat(Places.ofWords(propagation, words)).hasSize(2_001).containsKey(both + "@0-2000");
    assertThat(propagation.updates()).isEqualTo(1);
  }

  @Test
  void stopsWithASentenceWhereADocumentHasTooManyPartialMatches() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int a = builder.input();
    Synapse later = Synapse.of(a, 1, Relation.followsWithin(1_000));
    builder.add(
        new Neuron(
            -2, Rectifier.RELU, new Occurrence.Joined(3), List.of(Synapse.of(a, 1), later, later)));
    EventPropagation propagation =
        new EventPropagation(builder.build(), new PropagationLimits(1, 0, 10_000));
    assertThatThrownBy(() -> Places.ofWords(propagation, new int[500]))
        .isInstanceOf(PropagationLimitException.class)
        .hasMessage("the document has more than 10000 partial matches");
    assertThat(Places.ofWords(propagation, a, a)).hasSize(2);
  }

  @Test
  void allocatesNoObjectPerDocumentOnceArraysFit() {
    Seeds.repeat(
        20,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventPropagation propagation = new EventPropagation(networks.network());
          List<List<Places.Given>> documents = new ArrayList<>();
          for (int d = 0; d < 20; d++) {
            documents.add(networks.document());
          }
          for (int pass = 0; pass < 30; pass++) {
            run(propagation, documents);
          }
          com.sun.management.ThreadMXBean threads =
              (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
          long least = Long.MAX_VALUE;
          for (int pass = 0; pass < 5; pass++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(propagation, documents);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
          }
          // Whatever the thread allocates besides, it is less than one object per document.
          assertThat(least).isLessThan(16L * documents.size());
        });
  }

  private static void run(EventPropagation propagation, List<List<Places.Given>> documents) {
    for (int d = 0; d < documents.size(); d++) {
      List<Places.Given> document = documents.get(d);
      propagation.clear();
      for (int i = 0; i < document.size(); i++) {
        Places.Given given = document.get(i);
        propagation.add(given.neuron(), given.begin(), given.end(), given.value());
      }
      propagation.run();
    }
  }

  @Test
  void answersTheSameFromManyThreads() throws Exception {
    List<EventNetwork> shared = new ArrayList<>();
    List<List<Places.Given>> documents = new ArrayList<>();
    List<Map<String, Float>> expected = new ArrayList<>();
    Seeds.once(random -> {
      RandomEventNetworks networks = new RandomEventNetworks(random);
      shared.add(networks.network());
      PlainPropagation plain = new PlainPropagation(shared.getFirst());
      for (int d = 0; d < 200; d++) {
        documents.add(networks.document());
        expected.add(Places.of(plain, documents.getLast()));
      }
    });
    Callable<Boolean> reader =
        () -> {
          EventPropagation propagation = new EventPropagation(shared.getFirst());
          for (int d = 0; d < documents.size(); d++) {
            if (!Places.of(propagation, documents.get(d)).equals(expected.get(d))) {
              return false;
            }
          }
          return true;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> same : threads.invokeAll(List.of(reader, reader, reader, reader))) {
        assertThat(same.get()).isTrue();
      }
    }
  }
}
