package org.fovea.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.MalformedDataException;
import org.fovea.event.EventNetwork;
import org.fovea.event.LiveNetwork;
import org.fovea.event.NetworkEdit;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Relation;
import org.fovea.event.Synapse;

/// Changes that will become visible together.
///
/// **Threads** confined.
final class EditInWork implements Wiring {

  private final NetworkEdit edit;
  private final PatternNetwork before;
  private final Vocabulary words;
  private final Ints laterWords = new Ints();
  private final CategoryTable categories;
  private final HeapPatternTable.Draft entries;
  private final WordReader reader;
  private final PhraseFinder finder;
  private final Map<List<Integer>, Integer> addedPhrases = new HashMap<>();
  private final Map<Integer, List<Integer>> entriesOfNeuron = new HashMap<>();
  private final Map<Integer, Map<Integer, Synapse>> members = new HashMap<>();
  private final Map<String, Integer> rules = new HashMap<>();
  private final Map<Integer, Neuron> defined = new HashMap<>();
  private final BitSet idleWords;
  private final boolean exact;
  private boolean leavesSigns;
  private int removed;

  /// @param exact whether a pattern is removed only by a name with the same signs
  EditInWork(LiveNetwork live, PatternNetwork before, boolean exact) {
    edit = live.edit();
    this.exact = exact;
    this.before = before;
    PatternNetwork.Parts parts = before.parts();
    words = new Vocabulary(parts.words());
    for (int later : parts.laterWords()) {
      laterWords.add(later);
    }
    categories = new CategoryTable(parts.categories());
    entries = new HeapPatternTable.Draft(parts.patterns());
    idleWords = (BitSet) parts.idleWords().clone();
    reader = new WordReader(parts.tokenization());
    finder = new PhraseFinder(before);
    for (int entry = 0; entry < entries.size(); entry++) {
      if (entries.kind(entry) == PatternTable.RULE) {
        rules.put(parts.patterns().name(entry), entry);
      }
    }
  }

  /// Makes one change.
  ///
  /// @return how many things it changed
  int apply(PatternEdit change) {
    try {
      return switch (change) {
        case PatternEdit.Add add -> add(add);
        case PatternEdit.Remove remove -> remove(remove);
        case PatternEdit.AddRules added -> addRules(added);
      };
    } catch (MalformedDataException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new PatternEditException(String.valueOf(e.getMessage()), e);
    }
  }

  private int add(PatternEdit.Add add) {
    int neuron = phrase(add.pattern());
    int category = PatternTable.NONE;
    if (!add.category().isEmpty()) {
      category = category(add.category());
      Synapse synapse = Synapse.of(neuron, add.weight(), Relation.EQUAL);
      Synapse known = members(category).put(neuron, synapse);
      if (synapse.equals(known)) {
        return 0;
      }
      if (known != null) {
        return 1;
      }
    } else if (findEntry(neuron, PatternTable.NONE).isPresent()) {
      return 0;
    }
    addEntry(neuron, category, PatternTable.PHRASE, add.pattern());
    return 1;
  }

  private void addEntry(int neuron, int category, byte kind, String name) {
    int entry = entries.add(neuron, category, kind, name);
    entriesOf(neuron).add(entry);
  }

  private List<Integer> entriesOf(int neuron) {
    return entriesOfNeuron.computeIfAbsent(
        neuron,
        id -> {
          List<Integer> known = new ArrayList<>();
          PatternTable table = before.patterns();
          for (int entry = table.first(id); entry < table.first(id + 1); entry++) {
            known.add(entry);
          }
          return known;
        });
  }

  private Optional<Integer> findEntry(int neuron, int category) {
    return entriesOf(neuron).stream()
        .filter(entry -> entries.category(entry) == category)
        .findFirst();
  }

  /// The neuron of a pattern, new or known.
  private int phrase(String pattern) {
    int count = reader.read(pattern, this::word);
    int[] neurons = Arrays.copyOf(reader.words(), count);
    return findPhrase(neurons)
        .orElseGet(() -> {
          int id = add(Neuron.phrase(neurons));
          addedPhrases.put(boxed(neurons), id);
          return id;
        });
  }

  private Optional<Integer> findPhrase(int[] neurons) {
    Optional<Integer> added = Optional.ofNullable(addedPhrases.get(boxed(neurons)));
    return added.or(() -> finder.find(neurons).filter(neuron -> !entriesOf(neuron).isEmpty()));
  }

  private static List<Integer> boxed(int[] neurons) {
    return Arrays.stream(neurons).boxed().toList();
  }

  private int category(String name) {
    return categories
        .find(name)
        .orElseGet(() -> {
          int number = categories.add(name, reserve());
          members.put(number, new LinkedHashMap<>());
          return number;
        });
  }

  /// The synapses of a category, by the neurons that they read.
  private Map<Integer, Synapse> members(int category) {
    return members.computeIfAbsent(
        category,
        number -> {
          Map<Integer, Synapse> known = new LinkedHashMap<>();
          for (Synapse synapse : before.network().neuron(categories.neuron(number)).synapses()) {
            known.put(synapse.input(), synapse);
          }
          return known;
        });
  }

  private int remove(PatternEdit.Remove remove) {
    int category =
        remove.category().isEmpty()
            ? PatternTable.NONE
            : categories
                .find(remove.category())
                .orElseThrow(() ->
                    new PatternEditException(
                        "there is no category '%s'".formatted(remove.category())));
    List<Integer> found = new ArrayList<>();
    Integer rule = rules.get(remove.pattern());
    if (rule != null) {
      found.add(rule);
    }
    int count = known(remove.pattern());
    if (count > 0) {
      String signs = reader.droppedSigns();
      findPhrase(Arrays.copyOf(reader.words(), count))
          .ifPresent(neuron -> found.addAll(entriesWith(signs, neuron, remove)));
    }
    if (!remove.category().isEmpty()) {
      found.removeIf(entry -> entries.category(entry) != category);
    }
    if (found.isEmpty()) {
      throw new PatternEditException(
          "there is no pattern '%s'%s"
              .formatted(
                  remove.pattern(),
                  remove.category().isEmpty() ? "" : " in '" + remove.category() + "'"));
    }
    found.forEach(this::removeEntry);
    return found.size();
  }

  /// The entries of a pattern whose names have the signs that were given; others are not meant.
  private List<Integer> entriesWith(String signs, int neuron, PatternEdit.Remove remove) {
    List<Integer> all = entriesOf(neuron);
    if (!exact) {
      return all;
    }
    List<Integer> meant =
        all.stream()
            .filter(entry -> signsOf(entries.name(entry)).equals(signs))
            .collect(Collectors.toList());
    if (meant.isEmpty() && !all.isEmpty()) {
      throw new PatternEditException(
          "there is no pattern '%s'; '%s' has the same words and other signs"
              .formatted(remove.pattern(), entries.name(all.getFirst())));
    }
    return meant;
  }

  private String signsOf(String name) {
    reader.read(name, (_, _) -> 0);
    return reader.droppedSigns();
  }

  /// How many words a pattern has; 0 if one of them is not known or there are none.
  private int known(String pattern) {
    boolean[] unknown = {false};
    try {
      int count =
          reader.read(
              pattern,
              (letters, length) -> {
                int word = words.find(letters, length);
                unknown[0] |= word < 0;
                return word < 0 ? word : neuron(word);
              });
      return unknown[0] ? 0 : count;
    } catch (IllegalArgumentException e) {
      throw new PatternEditException(String.valueOf(e.getMessage()), e);
    }
  }

  private void removeEntry(int entry) {
    int neuron = entries.neuron(entry);
    int category = entries.category(entry);
    entriesOf(neuron).remove(Integer.valueOf(entry));
    entries.remove(entry);
    removed++;
    rules.values().removeIf(other -> other == entry);
    if (category != PatternTable.NONE) {
      members(category).remove(neuron);
    }
    if (entriesOf(neuron).isEmpty()) {
      leavesSigns |= before.knowsSigns();
      addedPhrases.values().removeIf(other -> other == neuron);
      edit.remove(neuron);
    }
  }

  private int addRules(PatternEdit.AddRules added) {
    List<Rule> parsed = new RuleParser(added.text(), added.file()).rules();
    RuleNames names = new RuleNames();
    rules.forEach((name, entry) -> {
      int neuron = entries.neuron(entry);
      boolean located = !(neuron(neuron, before.network()).occurrence() instanceof Occurrence.Once);
      names.addRule(name, new RuleNames.Known(neuron, located));
    });
    names.addFresh(parsed);
    for (Rule rule : parsed) {
      if (!rule.category().isEmpty()) {
        category(rule.category());
      }
    }
    for (int category = 0; category < categories.size(); category++) {
      names.addCategory(
          categories.name(category), new RuleNames.Known(categories.neuron(category), true));
    }
    names.requireNoCircles();
    int[] ids = new int[parsed.size()];
    for (int r = 0; r < ids.length; r++) {
      ids[r] = reserve();
    }
    for (int r = 0; r < ids.length; r++) {
      Rule rule = parsed.get(r);
      names.addRule(rule.name(), new RuleNames.Known(ids[r], names.isLocated(rule)));
    }
    RuleCompiler compiler = new RuleCompiler(this, names, reader);
    for (int r = 0; r < ids.length; r++) {
      Rule rule = parsed.get(r);
      define(ids[r], compiler.compile(rule));
      int category = PatternTable.NONE;
      if (!rule.category().isEmpty()) {
        category = category(rule.category());
        members(category).put(ids[r], Synapse.of(ids[r], rule.weight(), Relation.EQUAL));
      }
      rules.put(rule.name(), entries.size());
      addEntry(ids[r], category, PatternTable.RULE, rule.name());
    }
    return ids.length;
  }

  private Neuron neuron(int id, EventNetwork network) {
    return Optional.ofNullable(defined.get(id)).orElseGet(() -> network.neuron(id));
  }

  @Override
  public int reserve() {
    return edit.add(Neuron.input());
  }

  @Override
  public void define(int id, Neuron neuron) {
    defined.put(id, neuron);
    edit.replace(id, neuron);
  }

  /// Neuron of a word, new or known.
  @Override
  public int word(char[] letters, int length) {
    int known = words.size();
    int word = words.add(letters, length);
    if (word == known) {
      laterWords.add(reserve());
    }
    idleWords.clear(word);
    return neuron(word);
  }

  private int neuron(int word) {
    int base = words.size() - laterWords.size;
    return word < base ? word : laterWords.values[word - base];
  }

  /// How many patterns were removed.
  int removedCount() {
    return removed;
  }

  /// Publishes all changes.
  PatternNetwork commit() {
    members.forEach((category, synapses) ->
        edit.replace(
            categories.neuron(category),
            synapses.isEmpty()
                ? Neuron.input()
                : PatternNetworkBuilder.category(List.copyOf(synapses.values()))));
    EventNetwork network;
    try {
      network = edit.commit();
    } catch (IllegalArgumentException e) {
      throw new PatternEditException(String.valueOf(e.getMessage()), e);
    }
    PatternNetwork after =
        new PatternNetwork(
            new PatternNetwork.Parts(
                before.tokenization(),
                words,
                laterWords.toArray(),
                network,
                entries.table(network.idBound()),
                categories,
                idleWords));
    return leavesSigns ? Compaction.withIdleWords(after) : after;
  }
}
