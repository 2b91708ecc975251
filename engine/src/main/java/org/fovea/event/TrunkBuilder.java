package org.fovea.event;

import java.util.function.IntPredicate;

/// Collects a [Trunk], whose nodes are opened and closed depth first.
///
/// **Threads** confined.
final class TrunkBuilder {

  private final IntTable recordOf = new IntTable(0);
  private final IntRows records = new IntRows();
  private final IntRows nodes = new IntRows();
  private final IntRows steps = new IntRows();
  private final IntRows symbols = new IntRows();
  private final IntRows targets = new IntRows();
  private int branchCount;

  /// A node that is open: what is known of it so far.
  final class Open {

    private final IntRows ways = new IntRows();
    private final IntRows branches = new IntRows();
    private final IntRows firsts = new IntRows();
    private final IntRows childSymbols = new IntRows();
    private final IntRows childTargets = new IntRows();
    private final int terminals = branchCount++;
    private int terminalPage;
    private int terminalPages;

    int terminalBranch() {
      return terminals;
    }

    /// The branch of a step; steps come one after the other.
    int branch(int way) {
      if (ways.size == 0 || ways.get(ways.size - 1) != way) {
        ways.add(way);
        branches.add(branchCount++);
        firsts.add(childSymbols.size);
      }
      return branches.get(branches.size - 1);
    }

    /// Neurons that hang here are on a page: the first, the last, or the one after the last.
    void terminals(int page) {
      terminalPage = terminalPages == 0 ? page : terminalPage;
      terminalPages = page - terminalPage + 1;
    }

    /// Where the next child of the last step is.
    void child(int symbol, int target) {
      boolean first = firsts.get(firsts.size - 1) == childSymbols.size;
      if (first || target < 0 || childTargets.get(childTargets.size - 1) != target) {
        childSymbols.add(symbol);
        childTargets.add(target);
      }
    }

    /// @return target of the node
    int close() {
      nodes.add(terminalPage);
      nodes.add(terminalPages);
      nodes.add(terminals);
      nodes.add(steps.size / 3);
      for (int step = 0; step < ways.size; step++) {
        steps.add(ways.get(step));
        steps.add(branches.get(step));
        steps.add(symbols.size + firsts.get(step));
      }
      for (int child = 0; child < childSymbols.size; child++) {
        symbols.add(childSymbols.get(child));
        targets.add(childTargets.get(child));
      }
      return ~(nodes.size / 4 - 1);
    }
  }

  /// Says where the root of a family is.
  void root(int branch, int symbol, int target) {
    records.set(4 * record(symbol) + (branch == Trunk.JOINED ? 0 : 1), target);
  }

  /// Edges of a symbol are on one more page, the one after the last.
  void edges(int symbol, int page) {
    int at = 4 * record(symbol);
    if (records.get(at + 3) == 0) {
      records.set(at + 2, page);
    }
    records.set(at + 3, records.get(at + 3) + 1);
  }

  private int record(int symbol) {
    int record = recordOf.get(symbol);
    if (record < 0) {
      record = recordOf.size();
      recordOf.put(symbol, record);
      records.add(Trunk.NONE);
      records.add(Trunk.NONE);
      records.add(0);
      records.add(0);
    }
    return record;
  }

  /// Targets of the roots of a symbol, and pages of its edges, as [Trunk] has them; empty if it has
  /// none.
  int[] outlet(int symbol) {
    int record = recordOf.get(symbol);
    int[] outlet = new int[record < 0 ? 0 : 4];
    for (int i = 0; i < outlet.length; i++) {
      outlet[i] = records.get(4 * record + i);
    }
    return outlet;
  }

  /// The trunk with the records of some symbols.
  ///
  /// @param stays which
  Trunk build(IntPredicate stays) {
    IntRows kept = new IntRows();
    IntRows keptRecords = new IntRows();
    int[] known = recordOf.keys();
    for (int record = 0; record < known.length; record++) {
      if (stays.test(known[record])) {
        kept.add(known[record]);
        for (int i = 0; i < 4; i++) {
          keptRecords.add(records.get(4 * record + i));
        }
      }
    }
    for (int last : new int[] {0, 0, 0, steps.size / 3}) {
      nodes.add(last);
    }
    for (int last : new int[] {0, 0, symbols.size}) {
      steps.add(last);
    }
    return new Trunk(
        kept.toArray(),
        keptRecords.toArray(),
        nodes.toArray(),
        steps.toArray(),
        new int[][] {symbols.toArray(), targets.toArray()});
  }
}
