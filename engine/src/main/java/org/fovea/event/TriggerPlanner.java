package org.fovea.event;

import java.util.Arrays;

/// Decides for each neuron what must be present before it is updated.
///
/// * *Joined* neurons: their parts, in their order.
/// * *Mandatory* inputs, without which the rest never suffices: all of them must be present.
/// * If they do not suffice themselves: one of a set of *keys*, chosen such that all inputs outside
///   of it together do not suffice. Of all such sets, one whose members are rare: common inputs are
///   left out first, as long as the proof holds. A key that does not suffice is paired with keys of
///   what is still missing, as long as that needs no more than two nodes per synapse.
/// * *Wide* neurons without a mandatory input, such as categories of thousands of patterns:
///   nothing; each input carries an edge to its synapse, and only the inputs that are active are
///   added up.
///
/// Conditions are about presence in the document; where inputs must lie is seen when the neuron is
/// updated. The rules follow from [Necessity].
///
/// **Source** the author of AIKA (boolean logic from weights); the rule of the heaviest element.
/// **Differs** exact sets instead of one element, chosen by frequency, for neurons of any kind.
final class TriggerPlanner {

  /// Neurons without a mandatory input and with more synapses than this are wide.
  static final int MOST_NARROW = 16;

  private static final int MOST_MANDATORY = 16;
  private static final int MOST_WEIGHED = 128;

  private final NeuronTable table;
  private final NeuronFrequencies frequencies;
  private final LatticeBuilder lattice = new LatticeBuilder();
  private final IntRows edges = new IntRows();
  private final IntRows always = new IntRows();
  private final Necessity need = new Necessity();
  private int[] path = new int[16];
  private int row;
  private int start;

  TriggerPlanner(NeuronTable table, NeuronFrequencies frequencies) {
    this.table = table;
    this.frequencies = frequencies;
  }

  /// Plans all neurons.
  Segment plan(int[] levels, float[] known) {
    for (int next = 0; next < table.count; next++) {
      if (table.kind(next) != NeuronTable.INPUT) {
        plan(next);
      }
    }
    Lattice built = lattice.build();
    Roots roots = Roots.of(table, lattice, built, edges);
    int highest = 0;
    for (int level : levels) {
      highest = Math.max(highest, level);
    }
    return new Segment(table, levels, highest + 1, built, roots, always.toArray(), known);
  }

  private void plan(int next) {
    row = next;
    start = table.synapseStart[row];
    need.load(table, row);
    if (!need.canFire()) {
      return;
    }
    if (table.kind(row) == NeuronTable.JOINED) {
      joined();
    } else if (table.biases[row] > 0) {
      fromPositiveBias();
    } else {
      weighed();
    }
  }

  private void joined() {
    int first = table.symbols[start];
    int node = lattice.root(LatticeBuilder.JOINED, first, frequencies.level(first));
    for (int part = 1; part < table.partCount(row); part++) {
      int symbol = table.symbols[start + part];
      int relation = table.relations[start + part] & 0xff;
      node = lattice.child(node, relation, symbol, frequencies.level(symbol));
    }
    lattice.terminal(node, row);
  }

  /// A neuron that is active unless it is inhibited.
  private void fromPositiveBias() {
    if (table.kind(row) == NeuronTable.ONCE) {
      always.add(row);
      return;
    }
    for (int i = 0; i < need.count(); i++) {
      if (need.isPositive(i) && table.relation(start + i).anchors()) {
        path[0] = i;
        addPath(1);
      }
    }
  }

  private void weighed() {
    int[] mandatory = mandatory();
    if (mandatory.length == 0 && need.count() > MOST_NARROW && readsOnePlace()) {
      for (int i = 0; i < need.count(); i++) {
        edges.add(row);
        edges.add(start + i);
      }
      return;
    }
    int length = Math.min(mandatory.length, MOST_MANDATORY);
    if (path.length < length + 2) {
      path = new int[2 * length];
    }
    System.arraycopy(mandatory, 0, path, 0, length);
    need.switchAllOff(true);
    for (int i : mandatory) {
      need.switchOff(i, false);
    }
    boolean suffices = need.canFire();
    if (length > 0 && (suffices || mandatory.length > length || need.count() > MOST_WEIGHED)) {
      addPath(length);
      return;
    }
    int[] keys = keys(mandatory);
    for (int[] pair : pairs(mandatory, keys)) {
      System.arraycopy(pair, 0, path, length, pair.length);
      addPath(length + pair.length);
    }
  }

  private boolean readsOnePlace() {
    int relation = table.relations[start];
    for (int i = 1; i < need.count(); i++) {
      if (table.relations[start + i] != relation) {
        return false;
      }
    }
    Relation.Kind kind = table.relation(start).kind();
    return kind == Relation.Kind.ANYWHERE || kind == Relation.Kind.EQUAL;
  }

  /// Synapses without which the neuron cannot be active, rare ones first.
  private int[] mandatory() {
    double total = need.total();
    double size = need.size();
    int[] found = new int[need.count()];
    int length = 0;
    for (int i = 0; i < need.count(); i++) {
      if (need.isPositive(i) && need.maybeMandatory(i, total, size)) {
        found[length++] = i;
      }
    }
    int[] rare = frequencies.rareFirst(start, Arrays.copyOf(found, length));
    int proved = 0;
    for (int i = 0; i < rare.length && proved <= MOST_MANDATORY; i++) {
      if (!need.canFireWithout(rare[i])) {
        rare[proved++] = rare[i];
      }
    }
    return Arrays.copyOf(rare, proved);
  }

  /// Rare positive synapses of which the neuron needs one besides the mandatory ones, which are all
  /// that is switched on before and after.
  private int[] keys(int[] mandatory) {
    boolean[] excluded = new boolean[need.count()];
    for (int i : mandatory) {
      excluded[i] = true;
    }
    return missing(excluded);
  }

  /// Positive synapses that are not excluded, of which at least one is needed besides what is on;
  /// common ones are left out first.
  private int[] missing(boolean[] excluded) {
    int[] open = new int[need.count()];
    int length = 0;
    for (int i = 0; i < need.count(); i++) {
      if (!excluded[i] && need.isPositive(i)) {
        open[length++] = i;
      }
    }
    open = Arrays.copyOf(open, length);
    if (length > MOST_WEIGHED) {
      return open;
    }
    boolean[] left = new boolean[need.count()];
    for (int i : frequencies.dispensableFirst(start, open, need)) {
      need.switchOff(i, false);
      left[i] = !need.canFire();
      need.switchOff(i, !left[i]);
    }
    int kept = 0;
    for (int i : open) {
      if (left[i]) {
        need.switchOff(i, true);
      } else {
        open[kept++] = i;
      }
    }
    return frequencies.rareFirst(start, Arrays.copyOf(open, kept));
  }

  /// Each key alone if it suffices, else with each of the keys of what is still missing. A set that
  /// contains several keys is found by the first of them, so later ones need not count on it.
  private int[][] pairs(int[] mandatory, int[] keys) {
    int budget = 2 * need.count();
    int[][] pairs = new int[budget + keys.length][];
    int count = 0;
    boolean[] excluded = new boolean[need.count()];
    for (int i : mandatory) {
      excluded[i] = true;
    }
    for (int k = 0; k < keys.length; k++) {
      int key = keys[k];
      need.switchOff(key, false);
      excluded[key] = true;
      if (need.canFire() || keys.length > MOST_WEIGHED) {
        pairs[count++] = new int[] {key};
      } else {
        int[] second = missing(excluded);
        if (count + second.length + keys.length - k > budget) {
          pairs[count++] = new int[] {key};
        } else {
          for (int other : second) {
            pairs[count++] = new int[] {key, other};
          }
        }
      }
      need.switchOff(key, true);
    }
    return Arrays.copyOf(pairs, count);
  }

  /// Adds a node for the synapses of the path and hangs the neuron there.
  private void addPath(int length) {
    int[] ordered = frequencies.rareFirst(start, Arrays.copyOf(path, length));
    int node = -1;
    for (int i = 0; i < length; i++) {
      int symbol = table.symbols[start + ordered[i]];
      int level = frequencies.level(symbol);
      if (i == 0) {
        node = lattice.root(LatticeBuilder.PRESENT, symbol, level);
      } else if (symbol != table.symbols[start + ordered[i - 1]]) {
        node = lattice.child(node, 0, symbol, level);
      }
    }
    lattice.terminal(node, row);
  }
}
