package org.fovea.event;

import java.util.Arrays;

/// Takes a network apart into arrays, and puts it together from them without planning it anew.
///
/// What is read is checked in full, so that no array, however it came to be, can lead a propagation
/// out of its bounds or around in circles. Whether the triggers are those of the neurons is not
/// checked: that is what checksums are for.
///
/// **Threads** safe. **Cost** of reading: one pass over the arrays; levels and hash tables are made
/// anew, which takes a fraction of the time of building.
public final class StoredNetwork {

  private static final String BOUND = "bound";

  private StoredNetwork() {}

  /// Gives all arrays of a network.
  ///
  /// @throws IllegalArgumentException if the network was edited and not built anew since
  public static void write(EventNetwork network, ArraySink sink) {
    if (network.segmentCount() > 1) {
      throw new IllegalArgumentException("a network that was edited is built anew to be stored");
    }
    Segment segment = network.segment(0);
    sink.ints(BOUND, new int[] {network.idBound()});
    segment.table().write(sink);
    Lattice lattice = segment.lattice();
    sink.ints("lattice.nodes", lattice.nodes);
    sink.ints("lattice.steps", lattice.steps);
    sink.ints("lattice.terminals", lattice.terminals);
    segment.roots().write(sink);
    sink.ints("always", segment.always());
    float[] known = segment.frequencies().clone();
    for (int id = 0; id < known.length; id++) {
      known[id] = Float.isNaN(known[id]) ? -1 : known[id];
    }
    sink.floats("frequencies", known);
  }

  /// Puts a network together.
  ///
  /// @throws RuntimeException as [ArraySource#malformed] makes it, if the arrays are none of a
  ///   network
  public static EventNetwork read(ArraySource source) {
    int[] bounds = source.ints(BOUND);
    NeuronTable table = NeuronTable.read(source);
    StoredCheck check = new StoredCheck(source, table);
    check.that(bounds.length == 1, BOUND, "one number");
    int bound = bounds[0];
    check.table(bound);
    int[] levels;
    try {
      levels = NeuronLevels.of(table, id -> id < bound ? 0 : NeuronLevels.ABSENT, _ -> 0);
    } catch (IllegalArgumentException e) {
      throw source.malformed("neurons.symbols", String.valueOf(e.getMessage()));
    }
    int levelCount = Arrays.stream(levels).max().orElse(0) + 1;
    Roots roots = Roots.read(source, check);
    int[] nodes = source.ints("lattice.nodes");
    int[] steps = source.ints("lattice.steps");
    int[] terminals = source.ints("lattice.terminals");
    check.lattice(nodes, steps, terminals, levelCount);
    check.roots(roots, nodes.length / 3 - 1);
    check.depths(roots, nodes, steps, terminals);
    Lattice lattice = new Lattice(nodes, steps, terminals, Lattice.hot(nodes, steps));
    int[] always = source.ints("always");
    for (int row : always) {
      check.that(
          row >= 0 && row < table.count && table.kind(row) == NeuronTable.ONCE,
          "always",
          "neurons that occur once");
    }
    float[] known = source.floats("frequencies");
    for (int id = 0; id < known.length; id++) {
      known[id] = known[id] < 0 ? Float.NaN : known[id];
    }
    return EventNetwork.of(
        new Segment(table, levels, levelCount, lattice, roots, always, known), bound);
  }
}
