package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class EventNetworkBuilderTest {

  private static Neuron once(Synapse... synapses) {
    return new Neuron(0, Rectifier.RELU, new Occurrence.Once(), List.of(synapses));
  }

  @Test
  void refusesCyclesWithoutARecurrentSynapse() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int a = builder.reserve();
    int b = builder.reserve();
    int c = builder.add(once(Synapse.of(a, 1)));
    builder.define(a, once(Synapse.of(b, 1)));
    builder.define(b, once(Synapse.of(c, 1)));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("neurons form a cycle without a recurrent synapse: 0 reads 1 reads 2 reads 0");
  }

  @Test
  void refusesSynapsesFromNowhere() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    builder.add(once(Synapse.of(5, 1)));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("neuron 0 has a synapse from neuron 5, which is not there");
  }

  @Test
  void refusesNeuronsDescribedTwiceOrNever() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int a = builder.reserve();
    assertThatThrownBy(builder::build).hasMessage("neuron 0 was reserved and never described");
    builder.define(a, Neuron.input());
    assertThatThrownBy(() -> builder.define(a, Neuron.input()))
        .hasMessage("neuron 0 is described already");
    assertThatThrownBy(() -> builder.define(3, Neuron.input())).hasMessage("id 3 is not reserved");
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatThrownBy(() -> Synapse.of(0, Float.NaN)).hasMessageContaining("weight");
    assertThatThrownBy(() -> Synapse.of(0, 1).limitedTo(0)).hasMessageContaining("limit");
    assertThatThrownBy(
            () -> new Neuron(Float.NaN, Rectifier.RELU, new Occurrence.Once(), List.of()))
        .hasMessageContaining("bias");
    assertThatThrownBy(() -> Neuron.phrase()).hasMessageContaining("parts must be in 1..32767");
    assertThatThrownBy(() -> Neuron.category()).hasMessageContaining("EQUAL or NEAR");
  }

  @Test
  void returnsNeuronsAsTheyWereDescribed() {
    Seeds.repeat(
        200,
        random -> {
          RandomEventNetworks networks = new RandomEventNetworks(random);
          EventNetwork network = networks.network();
          List<Neuron> found = new ArrayList<>();
          for (int id = 0; id < network.idBound(); id++) {
            found.add(network.neuron(id));
          }
          assertThat(found).isEqualTo(networks.neurons());
        });
  }

  @Test
  void survivesChainsOfAHundredThousandNeurons() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int top = builder.reserve();
    int last = top;
    for (int i = 0; i < 100_000; i++) {
      int next = builder.reserve();
      builder.define(last, once(Synapse.of(next, 1)));
      last = next;
    }
    builder.define(last, Neuron.input());
    EventNetwork network = builder.build();
    assertThat(network.levelCount()).isEqualTo(100_001);
    assertThat(network.level(top)).isEqualTo(100_000);
  }

  @Test
  void goesOnAfterItHasPublished() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int late = builder.reserve();
    int word = builder.input();
    builder.define(late, once(Synapse.of(word, 1)));
    EventNetwork first = builder.build();
    int other = builder.reserve();
    int last = builder.add(Neuron.phrase(word, word));
    builder.define(other, once(Synapse.of(last, 1)));
    EventNetwork second = builder.build();
    assertThat(first.neuronCount()).isEqualTo(2);
    assertThat(second.neuronCount()).isEqualTo(4);
    for (int id = 0; id < 2; id++) {
      assertThat(second.neuron(id)).isEqualTo(first.neuron(id));
    }
    assertThat(second.neuron(last)).isEqualTo(Neuron.phrase(word, word));
    assertThat(second.neuron(other)).isEqualTo(once(Synapse.of(last, 1)));
  }
}
