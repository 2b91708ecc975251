package org.fovea.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The triggers of a network in memory, out of its lattice, depth first.
///
/// **Threads** confined. **Cost** 8 bytes an input that is the first of its pattern, and one sort
/// of the children of each step.
final class LatticeTriggers implements TriggerStream {

  private final Segment segment;
  private final WideEdges wide;
  private final long[] order;
  private int root;
  private int[] path = new int[32];
  private Frame[] frames = new Frame[16];
  private int depth;
  private int family;
  private int terminal;

  /// A node on the path: its children in order, and which is next.
  private static final class Frame {
    private int node;
    private long[] children = new long[4];
    private int count;
    private int next;
  }

  /// @param wide edges that neurons take along
  LatticeTriggers(Segment segment, WideEdges wide) {
    this.segment = segment;
    this.wide = wide;
    order = roots(segment);
  }

  /// Symbols that have roots and their families, in order.
  private static long[] roots(Segment segment) {
    int[] symbols = segment.roots().symbols();
    long[] keys = new long[64];
    int count = 0;
    for (int record = 0; record < symbols.length; record++) {
      for (int family = 0; family < 2; family++) {
        int root = segment.roots().records[3 * record + family];
        if (root >= 0) {
          keys = count == keys.length ? Arrays.copyOf(keys, 2 * count) : keys;
          // high levels first, then symbols as unsigned numbers
          long level = (1L << 20) - segment.levelOf(symbols[record]);
          keys[count++] = (level << 33) | ((symbols[record] & 0xffff_ffffL) << 1) | family;
        }
      }
    }
    keys = Arrays.copyOf(keys, count);
    Arrays.sort(keys);
    return keys;
  }

  @Override
  public boolean next() {
    while (true) {
      if (depth == 0) {
        if (root == order.length) {
          root = 0;
          return false;
        }
        int symbol = (int) (order[root] >>> 1);
        boolean present = (order[root] & 1) != 0;
        int record = segment.roots().record(symbol);
        family = present ? Trunk.PRESENT : Trunk.JOINED;
        root++;
        enter(
            present ? segment.roots().presentRoot(record) : segment.roots().joinedRoot(record),
            Lattice.way(0, segment.levelOf(symbol)));
      } else if (terminal < segment.lattice().firstTerminal(top().node + 1) - 1) {
        terminal++;
        return true;
      } else if (top().next < top().count) {
        descend();
      } else {
        depth--;
        terminal = depth == 0 ? 0 : Integer.MAX_VALUE - 1;
      }
    }
  }

  private Frame top() {
    return frames[depth - 1];
  }

  private void descend() {
    Lattice lattice = segment.lattice();
    int child = (int) top().children[top().next++];
    int parent = top().node;
    int step = lattice.firstStep(parent);
    while (child >= lattice.firstChild(step + 1)) {
      step++;
    }
    enter(child, lattice.way(step));
  }

  private void enter(int node, int way) {
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, 2 * depth);
      path = Arrays.copyOf(path, 4 * depth);
    }
    if (frames[depth] == null) {
      frames[depth] = new Frame();
    }
    Frame frame = frames[depth];
    path[2 * depth] = way;
    path[2 * depth + 1] = segment.lattice().symbol(node);
    depth++;
    frame.node = node;
    frame.next = 0;
    collect(frame);
    terminal = segment.lattice().firstTerminal(node) - 1;
  }

  /// Children of all steps, by way, then by symbol as signed numbers.
  private void collect(Frame frame) {
    Lattice lattice = segment.lattice();
    int first = lattice.firstStep(frame.node);
    int end = lattice.firstStep(frame.node + 1);
    frame.count = first == end ? 0 : lattice.firstChild(end) - lattice.firstChild(first);
    if (frame.count > frame.children.length) {
      frame.children = new long[frame.count];
    }
    Integer[] steps = new Integer[end - first];
    Arrays.setAll(steps, step -> first + step);
    Arrays.sort(steps, (a, b) -> Integer.compare(lattice.way(a), lattice.way(b)));
    int at = 0;
    for (int step : steps) {
      int from = at;
      for (int child = lattice.firstChild(step); child < lattice.firstChild(step + 1); child++) {
        frame.children[at++] = LongTable.key(lattice.symbol(child), child);
      }
      Arrays.sort(frame.children, from, at);
    }
  }

  @Override
  public int family() {
    return family;
  }

  @Override
  public int[] path() {
    return path;
  }

  @Override
  public int depth() {
    return depth;
  }

  private int row() {
    return segment.lattice().terminals[terminal];
  }

  @Override
  public int bytes() {
    NeuronTable table = segment.table();
    int row = row();
    return Trigger.bytes(
        table.synapseStart[row + 1] - table.synapseStart[row], wide.count(table.ids[row]));
  }

  @Override
  public Trigger trigger() {
    int row = row();
    int id = segment.table().ids[row];
    List<Trigger.Edge> edges = new ArrayList<>(wide.of(id));
    return new Trigger(id, segment.table().neuron(row), segment.levels()[row], edges);
  }
}
