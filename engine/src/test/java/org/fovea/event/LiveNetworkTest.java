package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class LiveNetworkTest {

  private static Neuron once(float bias, Synapse... synapses) {
    return new Neuron(bias, Rectifier.RELU, new Occurrence.Once(), List.of(synapses));
  }

  @Test
  void computesWhatANetworkBuiltAnewWould() {
    boolean[] removedOnce = new boolean[1];
    Seeds.repeat(
        1_500,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          List<Neuron> neurons = networks.neurons();
          LiveNetwork live = new LiveNetwork(networks.network());
          List<Integer> gone = new ArrayList<>();
          for (int e = 0; e < 4; e++) {
            NetworkEdit edit = live.edit();
            for (int c = random.nextInt(1, 4); c > 0; c--) {
              int id = random.nextInt(networks.inputCount(), neurons.size());
              int change = random.nextInt(4);
              if (change == 0 || gone.contains(id)) {
                int size = neurons.size();
                neurons.add(networks.neuron(size, size));
                assertThat(edit.add(neurons.getLast())).isEqualTo(size);
              } else if (change == 1) {
                edit.remove(id);
                neurons.set(id, Neuron.input());
                gone.add(id);
                removedOnce[0] = true;
              } else {
                Neuron old = neurons.get(id);
                boolean rewire = change == 2 || old.synapses().isEmpty();
                neurons.set(
                    id,
                    rewire
                        ? networks.neuron(id, neurons.size())
                        : old.withBias(old.bias() + 0.5f).withWeight(0, 1.5f));
                edit.replace(id, neurons.get(id));
              }
            }
            EventNetwork edited = edit.commit();
            assertThat(live.current()).isSameAs(edited);
            check(networks, neurons, edited);
          }
          check(networks, neurons, new LiveNetwork(live.current()).current());
        });
    assertThat(removedOnce[0]).isTrue();
  }

  private static void check(
      RandomEventNetworks networks, List<Neuron> neurons, EventNetwork edited) {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    neurons.forEach(builder::add);
    PropagationLimits limits = new PropagationLimits(6, 1e-4f, 1_000_000);
    EventNetwork anew = builder.build();
    PlainPropagation plain = new PlainPropagation(anew, limits);
    EventPropagation fast = new EventPropagation(edited, limits);
    for (int d = 0; d < 4; d++) {
      List<Places.Given> document = networks.document();
      assertThat(Places.of(fast, document))
          .as("%s of %s", document, neurons)
          .isEqualTo(Places.of(plain, document));
      assertThat(fast.rounds()).isEqualTo(plain.rounds());
    }
  }

  @Test
  void movesReadersOfANeuronThatRises() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int y = builder.input();
    int low = builder.add(once(0, Synapse.of(x, 1)));
    int reader = builder.add(once(0, Synapse.of(low, 1)));
    int high = builder.add(once(0, Synapse.of(y, 1)));
    int higher = builder.add(once(0, Synapse.of(high, 1)));
    LiveNetwork live = new LiveNetwork(builder.build());
    NetworkEdit edit = live.edit();
    edit.replace(low, once(0, Synapse.of(higher, 1)));
    EventPropagation propagation = new EventPropagation(edit.commit());
    assertThat(Places.ofWords(propagation, y)).containsEntry(reader + "@0-1", 1f).hasSize(5);
    assertThat(live.current().neuronCount()).isEqualTo(6);
  }

  @Test
  void publishesNothingWhereAnEditIsWrong() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int a = builder.add(once(0, Synapse.of(x, 1)));
    int b = builder.add(once(0, Synapse.of(a, 1)));
    LiveNetwork live = new LiveNetwork(builder.build());
    EventNetwork before = live.current();
    NetworkEdit cycle = live.edit();
    cycle.replace(a, once(0, Synapse.of(b, 1)));
    assertThatThrownBy(cycle::commit)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("neurons form a cycle without a recurrent synapse: 1 reads 2 reads 1");
    NetworkEdit nowhere = live.edit();
    nowhere.remove(9);
    assertThatThrownBy(nowhere::commit).hasMessage("there is no neuron 9");
    assertThatThrownBy(nowhere::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the edit is committed already");
    assertThat(live.current()).isSameAs(before);
    NetworkEdit right = live.edit();
    right.remove(a);
    right.commit();
    NetworkEdit again = live.edit();
    again.replace(a, Neuron.input());
    assertThatThrownBy(again::commit).hasMessage("there is no neuron 1");
    assertThatThrownBy(() -> new EventPropagation(live.current()).add(a, 0, 1, 1))
        .hasMessage("there is no neuron 1");
  }

  @Test
  void buildsAnewWhenTheDeltaHasGrown() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int y = builder.input();
    LiveNetwork live = new LiveNetwork(builder.build());
    int first = -1;
    int segments = 0;
    for (int i = 0; i < 3; i++) {
      NetworkEdit edit = live.edit();
      for (int p = 0; p < LiveNetwork.LEAST_REBUILT / 2; p++) {
        int id = edit.add(Neuron.phrase(x, y));
        first = first < 0 ? id : first;
      }
      if (i == 1) {
        edit.remove(first);
      }
      segments += edit.commit().segmentCount();
    }
    assertThat(segments).isEqualTo(2 + 2 + 1);
    int phrases = 3 * (LiveNetwork.LEAST_REBUILT / 2) - 1;
    assertThat(Places.ofWords(new EventPropagation(live.current()), x, y)).hasSize(2 + phrases);
    assertThat(live.current().contains(first)).isFalse();
  }

  @Test
  void showsEachEditWhollyOrNotAtAll() throws Exception {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int x = builder.input();
    int a = builder.add(once(0, Synapse.of(x, 1)));
    int b = builder.add(once(0, Synapse.of(x, 1)));
    LiveNetwork live = new LiveNetwork(builder.build());
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> reader =
          threads.submit(() -> {
            int documents = 0;
            EventPropagation propagation = new EventPropagation(live.current());
            while (!done.get() || documents < 100) {
              propagation.use(live.current());
              Map<String, Float> places = Places.ofWords(propagation, x);
              assertThat(places.get(a + "@0-1")).isEqualTo(places.get(b + "@0-1"));
              documents++;
            }
            return documents;
          });
      for (int i = 1; i <= 500; i++) {
        NetworkEdit edit = live.edit();
        edit.replace(a, once(0, Synapse.of(x, i)));
        edit.replace(b, once(0, Synapse.of(x, i)));
        edit.commit();
      }
      done.set(true);
      assertThat(reader.get()).isGreaterThanOrEqualTo(100);
    }
  }
}
