package org.fovea.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.fovea.residency.spool.RecordSorter;

/// The triggers of sorted phrases and categories, in the order of the lattice.
///
/// Narrow categories come first, by phrase, as `[phrase, ~category, count, (phrase, weight) *
/// count]`; then phrases, as `[words, END, ~id, (category, ordinal, weight) * edges]`.
///
/// **Threads** confined.
final class SortedTriggers implements TriggerStream {

  /// What ends the words of a phrase.
  static final int END = -1;

  /// Number of the relation between the words of a phrase.
  static final int FOLLOWS = 1;

  static final int PHRASE_LEVEL = 1;
  static final int CATEGORY_LEVEL = 2;

  private final RecordSorter narrow;
  private final RecordSorter phrases;
  private final Edges edges;
  private final Function<List<Synapse>, Neuron> category;
  private final int firstCategory;
  private final Runnable step;
  private RecordSorter.Cursor cursor;
  private boolean inPhrases;
  private int[] path = new int[32];
  private int depth;

  /// What a phrase feeds.
  @FunctionalInterface
  interface Edges {
    Trigger.Edge edge(int phrase, int category, int ordinal, int weight);
  }

  /// @param category makes the neuron
  /// @param firstCategory id of the first
  /// @param step hears of each phrase
  SortedTriggers(
      RecordSorter narrow,
      RecordSorter phrases,
      Edges edges,
      Function<List<Synapse>, Neuron> category,
      int firstCategory,
      Runnable step) {
    this.narrow = narrow;
    this.phrases = phrases;
    this.edges = edges;
    this.category = category;
    this.firstCategory = firstCategory;
    this.step = step;
    cursor = narrow.cursor();
  }

  @Override
  public boolean next() {
    while (!cursor.next()) {
      inPhrases = !inPhrases;
      cursor = inPhrases ? phrases.cursor() : narrow.cursor();
      if (!inPhrases) {
        return false;
      }
    }
    if (inPhrases) {
      step.run();
      for (depth = 0; cursor.get(depth) != END; depth++) {
        if (2 * depth == path.length) {
          path = Arrays.copyOf(path, 4 * depth);
        }
        path[2 * depth] = depth == 0 ? Lattice.way(0, 0) : Lattice.way(FOLLOWS, 0);
        path[2 * depth + 1] = cursor.get(depth);
      }
    } else {
      depth = 1;
      path[0] = Lattice.way(0, PHRASE_LEVEL);
      path[1] = cursor.get(0);
    }
    return true;
  }

  @Override
  public int family() {
    return inPhrases ? Trunk.JOINED : Trunk.PRESENT;
  }

  @Override
  public int[] path() {
    return path;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int bytes() {
    return inPhrases
        ? Trigger.bytes(depth, (cursor.length() - depth - 2) / 3)
        : Trigger.bytes(cursor.get(2), 0);
  }

  @Override
  public Trigger trigger() {
    return inPhrases ? phrase() : narrowCategory();
  }

  private Trigger phrase() {
    int[] words = new int[depth];
    for (int i = 0; i < depth; i++) {
      words[i] = cursor.get(i);
    }
    int id = ~cursor.get(depth + 1);
    List<Trigger.Edge> fed = new ArrayList<>();
    for (int at = depth + 2; at < cursor.length(); at += 3) {
      fed.add(edges.edge(id, cursor.get(at), cursor.get(at + 1), cursor.get(at + 2)));
    }
    return new Trigger(id, Neuron.phrase(words), PHRASE_LEVEL, fed);
  }

  private Trigger narrowCategory() {
    List<Synapse> synapses = new ArrayList<>();
    for (int i = 0; i < cursor.get(2); i++) {
      float weight = Float.intBitsToFloat(cursor.get(4 + 2 * i));
      synapses.add(Synapse.of(cursor.get(3 + 2 * i), weight, Relation.EQUAL));
    }
    int id = firstCategory + ~cursor.get(1);
    return new Trigger(id, category.apply(synapses), CATEGORY_LEVEL, List.of());
  }
}
