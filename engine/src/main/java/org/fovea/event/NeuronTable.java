package org.fovea.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.network.page.PageBuffer;

/// Neurons in rows of primitive arrays, ascending by id. Never changes once it is published.
///
/// **Shapes** `ids, biases, shapes, parts [neurons]`, `synapseStart [neurons + 1]`, `symbols,
/// weights, relations [synapses]`, `limits [synapses]`, or empty if all are 1. A *symbol* is the id
/// of an input, or `~id` for its echo of the last round.
///
/// **Cost** 15 bytes per neuron and 9 per synapse, 13 with limits.
final class NeuronTable {

  private static final int KIND_SHIFT = 4;
  static final int INPUT = 0;
  static final int ONCE = 1;
  static final int EACH = 2;
  static final int JOINED = 3;

  final int count;
  final int[] ids;
  final float[] biases;
  final byte[] shapes;
  final short[] parts;
  final int[] synapseStart;
  final int[] symbols;
  final float[] weights;
  final float[] limits;
  final byte[] relations;
  final Relation[] relationKinds;
  private final boolean dense;

  /// Owns all arrays.
  NeuronTable(NeuronRows rows) {
    count = rows.count();
    ids = rows.ids();
    biases = rows.biases();
    shapes = rows.shapes();
    parts = rows.parts();
    synapseStart = rows.synapseStart();
    symbols = rows.symbols();
    weights = rows.weights();
    limits = rows.limits();
    relations = rows.relations();
    relationKinds = rows.relationKinds();
    dense = count == 0 || ids[count - 1] == count - 1;
  }

  private NeuronTable(ArraySource source) {
    ids = source.ints("neurons.ids");
    count = ids.length;
    biases = source.floats("neurons.biases");
    shapes = source.bytes("neurons.shapes");
    int[] stored = source.ints("neurons.parts");
    parts = new short[stored.length];
    for (int row = 0; row < stored.length; row++) {
      parts[row] = (short) stored[row];
    }
    synapseStart = source.ints("neurons.synapse-start");
    symbols = source.ints("neurons.symbols");
    weights = source.floats("neurons.weights");
    int[] bits = source.ints("neurons.limits");
    limits = new float[bits.length];
    for (int s = 0; s < bits.length; s++) {
      limits[s] = Float.intBitsToFloat(bits[s]);
    }
    relations = source.bytes("neurons.relations");
    int[] kinds = source.ints("neurons.relation-kinds");
    relationKinds = new Relation[kinds.length / 2];
    for (int kind = 0; kind < relationKinds.length; kind++) {
      relationKinds[kind] = relation(source, kinds[2 * kind], kinds[2 * kind + 1]);
    }
    dense = count == 0 || ids[count - 1] == count - 1;
    boolean fits =
        biases.length == count
            && shapes.length == count
            && parts.length == count
            && synapseStart.length == count + 1
            && weights.length == symbols.length
            && relations.length == symbols.length
            && (limits.length == 0 || limits.length == symbols.length);
    if (!fits) {
      throw source.malformed("neurons.ids", "arrays of equal lengths expected, others came");
    }
  }

  private NeuronTable(PageArrays page, Relation[] kinds) {
    ids = page.ints();
    count = ids.length;
    biases = page.floats();
    shapes = page.bytes();
    parts = new short[count];
    int[] joined = page.ints();
    for (int i = 0; i < joined.length; i += 2) {
      parts[joined[i]] = (short) joined[i + 1];
    }
    synapseStart = page.ints();
    symbols = page.ints();
    weights = page.floats();
    limits = page.floats();
    relations = page.bytes();
    relationKinds = kinds;
    dense = false;
  }

  /// Neurons on a page, in any order; whoever reads it checks its numbers.
  static NeuronTable read(PageArrays page, Relation[] kinds) {
    return new NeuronTable(page, kinds);
  }

  /// Puts the arrays on a page, without the kinds of relations.
  void write(PageBuffer page) {
    PageArrays.put(page, ids);
    PageArrays.put(page, biases);
    PageArrays.put(page, shapes);
    IntRows joined = new IntRows();
    for (int row = 0; row < count; row++) {
      if (parts[row] > 0) {
        joined.add(row);
        joined.add(parts[row]);
      }
    }
    PageArrays.put(page, joined.values, 0, joined.size);
    PageArrays.put(page, synapseStart);
    PageArrays.put(page, symbols);
    PageArrays.put(page, weights);
    PageArrays.put(page, limits);
    PageArrays.put(page, relations);
  }

  private static Relation relation(ArraySource source, int kind, int distance) {
    try {
      for (Relation.Kind known : Relation.Kind.values()) {
        if (known.code() == kind) {
          return new Relation(known, distance);
        }
      }
    } catch (IllegalArgumentException e) {
      throw source.malformed("neurons.relation-kinds", String.valueOf(e.getMessage()));
    }
    throw source.malformed("neurons.relation-kinds", "a known kind expected, " + kind + " came");
  }

  /// A table that was stored; whoever reads it checks its numbers.
  static NeuronTable read(ArraySource source) {
    return new NeuronTable(source);
  }

  /// Gives all arrays.
  void write(ArraySink sink) {
    sink.ints("neurons.ids", ids);
    sink.floats("neurons.biases", biases);
    sink.bytes("neurons.shapes", shapes);
    int[] widened = new int[count];
    for (int row = 0; row < count; row++) {
      widened[row] = parts[row];
    }
    sink.ints("neurons.parts", widened);
    sink.ints("neurons.synapse-start", synapseStart);
    sink.ints("neurons.symbols", symbols);
    sink.floats("neurons.weights", weights);
    int[] bits = new int[limits.length];
    for (int s = 0; s < limits.length; s++) {
      bits[s] = Float.floatToIntBits(limits[s]);
    }
    sink.ints("neurons.limits", bits);
    sink.bytes("neurons.relations", relations);
    int[] kinds = new int[2 * relationKinds.length];
    for (int kind = 0; kind < relationKinds.length; kind++) {
      kinds[2 * kind] = relationKinds[kind].kind().code();
      kinds[2 * kind + 1] = relationKinds[kind].distance();
    }
    sink.ints("neurons.relation-kinds", kinds);
  }

  static byte shape(Neuron neuron) {
    int kind =
        neuron.synapses().isEmpty() && !alwaysActive(neuron)
            ? INPUT
            : switch (neuron.occurrence()) {
              case Occurrence.Once() -> ONCE;
              case Occurrence.Each() -> EACH;
              case Occurrence.Joined _ -> JOINED;
            };
    return (byte) ((kind << KIND_SHIFT) | neuron.rectifier().code());
  }

  private static boolean alwaysActive(Neuron neuron) {
    return neuron.bias() > 0;
  }

  /// Row of a neuron, or -1 if the table has none of that id.
  int row(int id) {
    if (dense) {
      return id >= 0 && id < count ? id : -1;
    }
    int row = Arrays.binarySearch(ids, id);
    return row < 0 ? -1 : row;
  }

  int kind(int row) {
    return shapes[row] >> KIND_SHIFT;
  }

  Rectifier rectifier(int row) {
    return Rectifier.of(shapes[row] & ((1 << KIND_SHIFT) - 1));
  }

  /// Number of synapses that are parts; 0 unless the neuron is joined.
  int partCount(int row) {
    return parts[row];
  }

  float limit(int synapse) {
    return limits.length == 0 ? 1 : limits[synapse];
  }

  Relation relation(int synapse) {
    return relationKinds[relations[synapse] & 0xff];
  }

  /// What a synapse adds for an input's value.
  ///
  /// The product of two floats is exact in a double, so a sum of such terms, in the order of the
  /// synapses, can only grow with each input, rounding included: triggers rest on that.
  double term(int synapse, float value) {
    return (double) weights[synapse] * Math.min(limit(synapse), value);
  }

  /// The most that a synapse can add.
  double most(int synapse) {
    return weights[synapse] > 0 ? term(synapse, Float.MAX_VALUE) : 0;
  }

  /// A synapse, as it was described.
  Synapse synapse(int index) {
    int symbol = symbols[index];
    int input = symbol < 0 ? ~symbol : symbol;
    return new Synapse(input, weights[index], limit(index), symbol < 0, relation(index));
  }

  /// The neuron of a row, as it was described.
  Neuron neuron(int row) {
    List<Synapse> all = new ArrayList<>();
    synapses(row, all);
    return neuron(row, all);
  }

  /// Adds the synapses of a row.
  void synapses(int row, List<Synapse> to) {
    for (int s = synapseStart[row]; s < synapseStart[row + 1]; s++) {
      to.add(synapse(s));
    }
  }

  /// The neuron of a row with given synapses.
  Neuron neuron(int row, List<Synapse> synapses) {
    Occurrence occurrence =
        switch (kind(row)) {
          case EACH -> new Occurrence.Each();
          case JOINED -> new Occurrence.Joined(partCount(row));
          default -> new Occurrence.Once();
        };
    return new Neuron(biases[row], rectifier(row), occurrence, synapses);
  }

  /// Reads what an update of a row begins with, so that the processor fetches it.
  ///
  /// @return some of it, which a caller keeps, or the compiler may leave out the reads
  int touch(int row) {
    int synapse = synapseStart[row];
    int some = ids[row] + Float.floatToRawIntBits(biases[row]) + shapes[row] + parts[row];
    if (synapse < symbols.length) {
      some += symbols[synapse] + relations[synapse];
      some += Float.floatToRawIntBits(weights[synapse]);
    }
    return some;
  }

  /// Bytes of the arrays.
  long bytes() {
    return 15L * count + 4 + 9L * symbols.length + 4L * limits.length;
  }
}
