package org.fovea.text;

import java.util.List;
import org.fovea.event.LiveNetwork;

/// Edits a network of patterns while texts are read: every edit makes a new network, and what reads
/// texts goes over to it when it likes.
///
/// What removed patterns leave behind, words and neurons that nothing uses, goes when it has become
/// much: when as many patterns were removed as there are, and 10,000 at least.
///
/// **Threads** one at a time may edit; [#current] is safe. **Cost** of an edit: a copy of the
/// tables of words and names, and of the categories that get patterns; so many changes at a time
/// cost little more than one.
public final class PatternEditor {

  private static final int LEAST_COMPACTED = 10_000;

  private LiveNetwork live;
  private volatile PatternNetwork current;
  private long removed;

  /// An editor that begins with a network, which does not change itself.
  public PatternEditor(PatternNetwork network) {
    live = new LiveNetwork(network.network());
    current =
        live.current().equals(network.network()) ? network : with(network, network.patterns());
  }

  private PatternNetwork with(PatternNetwork network, PatternTable patterns) {
    PatternNetwork.Parts parts = network.parts();
    return new PatternNetwork(
        new PatternNetwork.Parts(
            parts.tokenization(),
            parts.words(),
            parts.laterWords(),
            live.current(),
            patterns,
            parts.categories(),
            parts.idleWords()));
  }

  /// The network with all edits so far.
  public PatternNetwork current() {
    return current;
  }

  /// Makes all changes or, if one of them is not allowed, none.
  ///
  /// @return how many of them changed something: patterns that are there already do not
  /// @throws PatternEditException if a pattern has no words, or what is to be removed is not there
  /// @throws org.fovea.MalformedDataException if rules are malformed
  public int apply(List<PatternEdit> edits) {
    return apply(edits, true);
  }

  /// Makes changes that were made before, when signs of removed patterns may not have counted.
  int repeat(List<PatternEdit> edits) {
    return apply(edits, false);
  }

  private synchronized int apply(List<PatternEdit> edits, boolean exact) {
    EditInWork work = new EditInWork(live, current, exact);
    int changed = 0;
    for (PatternEdit edit : edits) {
      changed += work.apply(edit);
    }
    if (changed > 0) {
      current = work.commit();
      removed += work.removedCount();
      if (removed >= Math.max(LEAST_COMPACTED, current.patternCount())) {
        compact();
      }
    }
    return changed;
  }

  /// Lets go of what nothing uses, and gives the others new ids.
  synchronized PatternNetwork compact() {
    removed = 0;
    PatternNetwork compacted = Compaction.of(current);
    live = new LiveNetwork(compacted.network());
    current = compacted;
    return compacted;
  }
}
