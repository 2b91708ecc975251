package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class StoredNetworkTest {

  /// What a source throws.
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /// Arrays by name.
  private record Arrays(Map<String, Object> arrays) implements ArraySink, ArraySource {

    @Override
    public void ints(String name, int[] values) {
      arrays.put(name, values.clone());
    }

    @Override
    public void floats(String name, float[] values) {
      arrays.put(name, values.clone());
    }

    @Override
    public void bytes(String name, byte[] values) {
      arrays.put(name, values.clone());
    }

    @Override
    public int[] ints(String name) {
      return ((int[]) Objects.requireNonNull(arrays.get(name))).clone();
    }

    @Override
    public float[] floats(String name) {
      return ((float[]) Objects.requireNonNull(arrays.get(name))).clone();
    }

    @Override
    public byte[] bytes(String name) {
      return ((byte[]) Objects.requireNonNull(arrays.get(name))).clone();
    }

    @Override
    public RuntimeException malformed(String name, String reason) {
      return new Malformed(name + ": " + reason);
    }
  }

  private static Arrays stored(EventNetwork network) {
    Arrays arrays = new Arrays(new LinkedHashMap<>());
    StoredNetwork.write(network, arrays);
    return arrays;
  }

  private static List<String> active(EventNetwork network, List<Places.Given> document) {
    EventPropagation propagation = new EventPropagation(network);
    for (Places.Given given : document) {
      propagation.add(given.neuron(), given.begin(), given.end(), given.value());
    }
    propagation.run();
    List<String> active = new ArrayList<>();
    for (int i = 0; i < propagation.count(); i++) {
      active.add(
          "%d [%d, %d) %s"
              .formatted(
                  propagation.neuron(i),
                  propagation.begin(i),
                  propagation.end(i),
                  propagation.value(i)));
    }
    return active;
  }

  @Test
  void computesWhatTheNetworkThatWasStoredComputes() {
    Seeds.repeat(
        2_000,
        random -> {
          RandomEventNetworks made = new RandomEventNetworks(random);
          EventNetwork network = made.network();
          EventNetwork back = StoredNetwork.read(stored(network));
          assertThat(back.neuronCount()).isEqualTo(network.neuronCount());
          assertThat(back.synapseCount()).isEqualTo(network.synapseCount());
          for (int id = 0; id < network.idBound(); id++) {
            assertThat(back.neuron(id)).isEqualTo(network.neuron(id));
          }
          List<Places.Given> document = made.document();
          assertThat(active(back, document)).isEqualTo(active(network, document));
        });
  }

  @Test
  void refusesOrSurvivesAnyChangeOfItsArrays() {
    Seeds.repeat(
        5_000,
        random -> {
          RandomEventNetworks made = new RandomEventNetworks(random);
          Arrays arrays = stored(made.network());
          int changes = random.nextInt(1, 4);
          for (int i = 0; i < changes; i++) {
            change(arrays.arrays(), random);
          }
          EventNetwork read;
          try {
            read = StoredNetwork.read(arrays);
          } catch (Malformed _) {
            return;
          }
          EventPropagation propagation =
              new EventPropagation(read, new PropagationLimits(3, 1e-4f, 10_000));
          try {
            for (Places.Given given : made.document()) {
              if (read.contains(given.neuron()) && read.isInput(given.neuron())) {
                propagation.add(given.neuron(), given.begin(), given.end(), given.value());
              }
            }
            propagation.run();
          } catch (PropagationLimitException e) {
            assertThat(e).hasMessageContaining("partial matches");
          }
        });
  }

  private static void change(Map<String, Object> arrays, SplittableRandom random) {
    List<String> names = new ArrayList<>(arrays.keySet());
    String name = names.get(random.nextInt(names.size()));
    switch (arrays.get(name)) {
      case int[] ints when ints.length > 0 -> {
        if (random.nextInt(4) == 0) {
          arrays.put(name, java.util.Arrays.copyOf(ints, random.nextInt(ints.length + 3)));
        } else {
          int at = random.nextInt(ints.length);
          ints[at] =
              random.nextBoolean()
                  ? ints[at] + random.nextInt(-2, 3)
                  : ints[at] ^ (1 << random.nextInt(32));
        }
      }
      case byte[] bytes when bytes.length > 0 ->
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case float[] floats when floats.length > 0 ->
          floats[random.nextInt(floats.length)] =
              random.nextInt(3) == 0 ? Float.NaN : random.nextInt(-3, 4);
      case null, default -> {}
    }
  }

  @Test
  void storesNoNetworkThatWasEdited() {
    LiveNetwork live = new LiveNetwork(new RandomEventNetworks(Seeds.fixed(1)).network());
    NetworkEdit edit = live.edit();
    edit.add(Neuron.input());
    EventNetwork edited = edit.commit();
    assertThatThrownBy(() -> stored(edited)).hasMessageContaining("was edited");
  }

  @Test
  void knowsHowFarActivationsReach() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int word = builder.input();
    int three = builder.add(Neuron.phrase(word, word, word));
    builder.add(Neuron.category(three));
    assertThat(builder.build().reach()).isEqualTo(new Reach(3, false));
    List<Synapse> near = List.of(Synapse.of(three, 1), Synapse.of(three, 1, Relation.near(7)));
    builder.add(new Neuron(-1, Rectifier.RELU, new Occurrence.Joined(2), near));
    assertThat(builder.build().reach()).isEqualTo(new Reach(13, false));
    builder.add(Neuron.atLeast(1, word));
    assertThat(builder.build().reach()).isEqualTo(new Reach(13, true));
  }
}
