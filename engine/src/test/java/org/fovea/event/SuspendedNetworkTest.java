package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.residency.HeapStore;
import org.fovea.residency.PageSink;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SuspendedNetworkTest implements SemanticsContract {

  private static final int NETWORKS = 2_000;
  private static final int DOCUMENTS = 8;

  private static HeapStore stored(EventNetwork network, int pageBytes) {
    HeapStore store = new HeapStore("pages", SuspendedNetwork.FORMAT);
    SuspendedNetwork.write(network, PageSink.of(store), pageBytes);
    return store;
  }

  private static int pageBytes(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> 1;
      case 1 -> random.nextInt(1, 200);
      case 2 -> random.nextInt(200, 1_000);
      default -> 100_000;
    };
  }

  private static long budget(SplittableRandom random) {
    return random.nextBoolean() ? random.nextInt(4_000) : 1 << 20;
  }

  @Override
  public Propagation propagation(EventNetwork network) {
    return new SuspendedPropagation(SuspendedNetwork.open(stored(network, 1), 0, 0));
  }

  @Test
  void equalsTheNetworkInMemoryAndThePlainQueueOnRandomNetworks() {
    long[] counts = new long[3];
    Seeds.repeat(
        NETWORKS,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          PropagationLimits limits = new PropagationLimits(6, 1e-4f, 1_000_000);
          EventPropagation memory = new EventPropagation(network, limits);
          PlainPropagation plain = new PlainPropagation(network, limits);
          try (SuspendedNetwork suspended =
              SuspendedNetwork.open(
                  stored(network, pageBytes(random)), budget(random), random.nextInt(4))) {
            SuspendedPropagation paged = new SuspendedPropagation(suspended, limits);
            for (int d = 0; d < DOCUMENTS; d++) {
              List<Places.Given> document = networks.document();
              Map<String, Float> expected = Places.of(memory, document);
              assertThat(Places.of(paged, document))
                  .as("%s of %s", document, networks.neurons())
                  .isEqualTo(expected)
                  .isEqualTo(Places.of(plain, document));
              assertThat(paged.rounds()).isEqualTo(memory.rounds());
              assertThat(paged.settled()).isEqualTo(memory.settled());
              assertThat(paged.lostPages()).isZero();
              counts[0] += expected.size() - document.size();
              counts[1] += suspended.pageCount() > 1 ? 1 : 0;
              counts[2] += suspended.trunk().nodeCount() > 0 ? 1 : 0;
            }
          }
        });
    for (long count : counts) {
      assertThat(count).isGreaterThan(NETWORKS);
    }
  }

  @Test
  void findsPhrasesWhereverTheTrunkIsCut() {
    Seeds.repeat(
        40,
        random -> {
          EventNetworkBuilder builder = new EventNetworkBuilder();
          int words = 12;
          for (int word = 0; word < words; word++) {
            builder.input();
          }
          int[] phrases = new int[1_500];
          for (int p = 0; p < phrases.length; p++) {
            int[] phrase = new int[random.nextInt(1, 7)];
            for (int i = 0; i < phrase.length; i++) {
              phrase[i] = Math.min(random.nextInt(words), random.nextInt(words));
            }
            boolean ordered = random.nextInt(3) > 0;
            phrases[p] =
                builder.add(
                    ordered ? Neuron.phrase(phrase) : Neuron.atLeast(phrase.length, phrase));
          }
          for (int first = 0; first < phrases.length; first += 300) {
            int from = first;
            builder.add(
                Neuron.category(random.ints(40, from, from + 300).map(i -> phrases[i]).toArray()));
          }
          EventNetwork network = builder.build();
          EventPropagation memory = new EventPropagation(network);
          try (SuspendedNetwork suspended =
              SuspendedNetwork.open(stored(network, random.nextInt(100, 4_000)), 20_000, 2)) {
            SuspendedPropagation paged = new SuspendedPropagation(suspended);
            for (int d = 0; d < 10; d++) {
              int[] document = random.ints(30, 0, words).toArray();
              assertThat(Places.ofWords(paged, document))
                  .isEqualTo(Places.ofWords(memory, document));
            }
            assertThat(suspended.trunk().nodeCount()).isPositive();
            assertThat(suspended.statistics().evictions()).isPositive();
          }
        });
  }

  @Test
  void returnsNeuronsAsTheyWereDescribed() {
    Seeds.repeat(
        500,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          try (SuspendedNetwork suspended =
              SuspendedNetwork.open(stored(network, pageBytes(random)), 0, 0)) {
            assertThat(suspended.neuronCount()).isEqualTo(network.neuronCount());
            assertThat(suspended.synapseCount()).isEqualTo(network.synapseCount());
            assertThat(suspended.levelCount()).isEqualTo(network.levelCount());
            assertThat(suspended.reach()).isEqualTo(network.reach());
            for (int id = 0; id < network.idBound(); id++) {
              assertThat(suspended.neuron(id)).isEqualTo(network.neuron(id));
              assertThat(suspended.isInput(id)).isEqualTo(network.isInput(id));
            }
          }
        });
  }

  /// A damaged page takes the neurons on it and those that depend on them, and nothing else; what
  /// is told is right.
  @Test
  void losesNoMoreThanADamagedPageHas() {
    long[] counts = new long[3];
    Seeds.repeat(
        2_000,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          PropagationLimits limits = new PropagationLimits(6, 1e-4f, 1_000_000);
          EventPropagation memory = new EventPropagation(network, limits);
          HeapStore pages = stored(network, random.nextInt(1, 300));
          try (SuspendedNetwork whole = SuspendedNetwork.open(pages, 0, 0)) {
            int damaged = random.nextInt(Math.max(1, whole.pageCount()));
            BitSet lost = dependents(networks.neurons(), whole, damaged);
            SuspendedNetwork suspended =
                SuspendedNetwork.open(new DamagedStore(pages, damaged), 0, 0);
            SuspendedPropagation paged = new SuspendedPropagation(suspended, limits);
            for (int d = 0; d < DOCUMENTS; d++) {
              List<Places.Given> document = networks.document();
              Map<String, Float> expected = Places.of(memory, document);
              Map<String, Float> told = Places.of(paged, document);
              if (memory.settled() && paged.rounds() == memory.rounds()) {
                assertThat(expected).containsAllEntriesOf(told);
                for (String place : expected.keySet()) {
                  int id = Integer.parseInt(place.substring(0, place.indexOf('@')));
                  assertThat(told.containsKey(place) || lost.get(id))
                      .as("%s with page %d damaged", place, damaged)
                      .isTrue();
                }
              }
              if (told.size() < expected.size()) {
                assertThat(paged.lostPages()).isEqualTo(1);
                counts[0]++;
              }
              counts[1] += paged.lostPages() > 0 && told.size() > document.size() ? 1 : 0;
              counts[2] += paged.untoldCount();
            }
          }
        });
    for (long count : counts) {
      assertThat(count).isGreaterThan(1_000);
    }
  }

  /// Neurons on a page, those that are fed from it, and all that depend on them.
  private static BitSet dependents(List<Neuron> neurons, SuspendedNetwork network, int damaged) {
    BitSet lost = new BitSet();
    var held = network.cache().pin(damaged);
    NeuronTable table = held.value().table;
    for (int row = 0; row < table.count; row++) {
      int id = table.ids[row];
      lost.set(id);
      if (!network.hangs(id)) {
        for (int s = table.synapseStart[row]; s < table.synapseStart[row + 1]; s++) {
          fedWith(table.symbols[s], neurons, lost);
        }
      }
    }
    held.release();
    int before = -1;
    while (lost.cardinality() > before) {
      before = lost.cardinality();
      for (int id = 0; id < neurons.size(); id++) {
        if (neurons.get(id).synapses().stream().anyMatch(s -> lost.get(s.input()))) {
          lost.set(id);
        }
      }
    }
    return lost;
  }

  /// Wide neurons that read a symbol: their edges may be on one page.
  private static void fedWith(int symbol, List<Neuron> neurons, BitSet lost) {
    for (int id = 0; id < neurons.size(); id++) {
      List<Synapse> synapses = neurons.get(id).synapses();
      if (synapses.size() > TriggerPlanner.MOST_NARROW
          && synapses.stream().anyMatch(s -> s.symbol() == symbol)) {
        lost.set(id);
      }
    }
  }

  @Test
  void refusesANetworkWhoseTrunkIsDamaged() {
    EventNetwork network = new RandomEventNetworks(Seeds.fixed(3)).network();
    HeapStore pages = stored(network, 100);
    List<Long> numbers = new ArrayList<>();
    pages.forEachPage(numbers::add);
    DamagedStore store = new DamagedStore(pages, numbers.getLast());
    assertThatThrownBy(() -> SuspendedNetwork.open(store, 0, 0))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessageContaining("what leads to its neurons is damaged");
  }

  @Test
  void keepsToItsBudgetBetweenDocuments() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    for (int word = 0; word < 200; word++) {
      builder.input();
    }
    for (int phrase = 0; phrase < 5_000; phrase++) {
      builder.add(Neuron.phrase(phrase % 200, phrase * 7 % 200, phrase * 31 % 199));
    }
    long budget = 50_000;
    try (SuspendedNetwork suspended =
        SuspendedNetwork.open(stored(builder.build(), 1_000), budget, 0)) {
      SuspendedPropagation paged = new SuspendedPropagation(suspended);
      for (int d = 0; d < 5_000; d++) {
        Places.ofWords(paged, d % 200, d * 7 % 200, d * 31 % 199);
        assertThat(suspended.statistics().bytes()).isLessThan(2 * budget);
      }
      assertThat(suspended.statistics().evictions()).isPositive();
    }
  }
}
