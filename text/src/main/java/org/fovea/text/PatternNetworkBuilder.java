package org.fovea.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fovea.event.EventNetworkBuilder;
import org.fovea.event.Neuron;
import org.fovea.event.Occurrence;
import org.fovea.event.Rectifier;
import org.fovea.event.Relation;
import org.fovea.event.Synapse;

/// Collects names and rules and makes a network of them.
///
/// ```java
/// PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
/// builder.add("New York", "city", 1);
/// PatternNetwork network = builder.build();
/// ```
///
/// Neurons: words first, then patterns, then categories, then rules with what they are made of.
///
/// **Threads** confined. **Cost** while it collects, some 60 bytes a pattern; while it builds, the
/// network as objects besides.
public final class PatternNetworkBuilder {

  private final PatternIntake intake;
  private final Vocabulary words;
  private final PhraseTable phrases = new PhraseTable();
  private final CategoryTable categories;
  private final HeapPatternTable.Draft entries = new HeapPatternTable.Draft();
  private final Ints weights = new Ints();
  private final Ints nextOfPhrase = new Ints();
  private final Ints headOfPhrase = new Ints();
  private final List<Rule> rules = new ArrayList<>();
  private long duplicates;
  private boolean built;

  /// Nothing yet.
  public PatternNetworkBuilder(Tokenization tokenization) {
    intake = new PatternIntake(tokenization);
    words = intake.words();
    categories = intake.categories();
  }

  /// Adds a name or a phrase.
  ///
  /// The same words in the same category are one pattern, however they are spelled; the first
  /// spelling is its name.
  ///
  /// @param pattern with at least one letter or digit
  /// @param category empty for none
  /// @param weight positive and finite; without a category it must be 1
  /// @return whether the pattern is new in its category
  /// @throws IllegalArgumentException if the pattern has no words or too many, the weight is no
  ///   such number, or the pattern is in the category with another weight
  public boolean add(String pattern, String category, float weight) {
    requireOpen();
    int count = intake.read(pattern, category, weight);
    int phrase = phrases.add(intake.wordNumbers(), count);
    if (phrase == headOfPhrase.size) {
      headOfPhrase.add(PatternTable.NONE);
    }
    int number = intake.category(category);
    int known = headOfPhrase.values[phrase];
    for (; known != PatternTable.NONE; known = nextOfPhrase.values[known]) {
      if (entries.category(known) == number) {
        float before = Float.intBitsToFloat(weights.values[known]);
        if (before != weight) {
          throw PatternIntake.otherWeight(pattern, category, before, weight);
        }
        duplicates++;
        return false;
      }
    }
    int entry = entries.add(phrase, number, PatternTable.PHRASE, pattern);
    weights.add(Float.floatToIntBits(weight));
    nextOfPhrase.add(headOfPhrase.values[phrase]);
    headOfPhrase.values[phrase] = entry;
    return true;
  }

  /// Adds rules; they may refer to each other and to all categories, in any order.
  ///
  /// @param text of a file of rules
  /// @param file what messages call it
  /// @return how many there were
  /// @throws org.fovea.MalformedDataException with line and column if it is malformed
  public int addRules(String text, String file) {
    requireOpen();
    List<Rule> parsed = new RuleParser(text, file).rules();
    for (Rule rule : parsed) {
      RulePhrases.of(rule.expression()).forEach(intake::read);
      intake.category(rule.category());
    }
    rules.addAll(parsed);
    return parsed.size();
  }

  /// How many times a pattern came that was there already.
  public long duplicateCount() {
    return duplicates;
  }

  /// How many patterns, duplicates included, have signs that belong to no word, as `Yahoo!`: they
  /// are found without them too.
  public long droppedSignsCount() {
    return intake.droppedSignsCount();
  }

  /// The first of them; empty if there is none.
  public String firstDroppedSigns() {
    return intake.firstDroppedSigns();
  }

  /// Number of patterns so far, counted once for each of their categories.
  public int patternCount() {
    return entries.size() + rules.size();
  }

  private void requireOpen() {
    if (built) {
      throw new IllegalStateException("the network is built already: a builder makes one");
    }
  }

  /// Makes the network; the builder is used up, whether that succeeds or not.
  ///
  /// @throws IllegalStateException as [#add] and [#addRules], if the network is built already
  /// @throws org.fovea.MalformedDataException naming the rule that is wrong
  public PatternNetwork build() {
    requireOpen();
    built = true;
    EventNetworkBuilder builder = new EventNetworkBuilder();
    int firstPhrase = words.size();
    int firstCategory = Math.addExact(firstPhrase, phrases.size());
    int firstRule = Math.addExact(firstCategory, categories.size());
    for (int id = 0; id < Math.addExact(firstRule, rules.size()); id++) {
      builder.reserve();
    }
    SortedMap<Integer, Neuron> compiled = compile(builder, firstCategory, firstRule);
    for (int word = 0; word < firstPhrase; word++) {
      builder.define(word, Neuron.input());
    }
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      builder.define(firstPhrase + phrase, Neuron.phrase(phrases.phrase(phrase)));
    }
    HeapPatternTable.Draft named = new HeapPatternTable.Draft();
    HeapPatternTable byPhrase = entries.table(phrases.size());
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      for (int entry = byPhrase.first(phrase); entry < byPhrase.first(phrase + 1); entry++) {
        named.add(
            firstPhrase + phrase,
            byPhrase.category(entry),
            PatternTable.PHRASE,
            byPhrase.name(entry));
      }
    }
    List<List<Synapse>> members = members(firstPhrase, firstRule);
    for (int category = 0; category < categories.size(); category++) {
      int id = firstCategory + category;
      categories.setNeuron(category, id);
      builder.define(id, category(members.get(category)));
      members.set(category, List.of());
    }
    compiled.forEach(builder::define);
    for (int r = 0; r < rules.size(); r++) {
      Rule rule = rules.get(r);
      int category = categories.find(rule.category()).orElse(PatternTable.NONE);
      named.add(firstRule + r, category, PatternTable.RULE, rule.name());
    }
    var network = builder.build();
    return new PatternNetwork(
        new PatternNetwork.Parts(
            intake.tokenization(),
            words,
            new int[0],
            network,
            named.table(network.idBound()),
            categories));
  }

  /// A category: active wherever a pattern of it is.
  static Neuron category(List<Synapse> members) {
    return new Neuron(0, Rectifier.RELU, new Occurrence.Each(), members);
  }

  private List<List<Synapse>> members(int firstPhrase, int firstRule) {
    List<List<Synapse>> members = new ArrayList<>();
    for (int category = 0; category < categories.size(); category++) {
      members.add(new ArrayList<>());
    }
    for (int entry = 0; entry < entries.size(); entry++) {
      if (entries.category(entry) != PatternTable.NONE) {
        float weight = Float.intBitsToFloat(weights.values[entry]);
        int neuron = firstPhrase + entries.neuron(entry);
        members.get(entries.category(entry)).add(Synapse.of(neuron, weight, Relation.EQUAL));
      }
    }
    for (int r = 0; r < rules.size(); r++) {
      Rule rule = rules.get(r);
      if (!rule.category().isEmpty()) {
        members
            .get(intake.category(rule.category()))
            .add(Synapse.of(firstRule + r, rule.weight(), Relation.EQUAL));
      }
    }
    return members;
  }

  private SortedMap<Integer, Neuron> compile(
      EventNetworkBuilder builder, int firstCategory, int firstRule) {
    RuleNames names = new RuleNames();
    names.addFresh(rules);
    for (int category = 0; category < categories.size(); category++) {
      names.addCategory(
          categories.name(category), new RuleNames.Known(firstCategory + category, true));
    }
    names.requireNoCircles();
    for (int r = 0; r < rules.size(); r++) {
      names.addRule(
          rules.get(r).name(), new RuleNames.Known(firstRule + r, names.isLocated(rules.get(r))));
    }
    SortedMap<Integer, Neuron> compiled = new TreeMap<>();
    RuleCompiler compiler =
        new RuleCompiler(new Collected(builder, words, compiled), names, intake.reader());
    for (int r = 0; r < rules.size(); r++) {
      compiled.put(firstRule + r, compiler.compile(rules.get(r)));
    }
    return compiled;
  }

  /// Neurons that are defined later, in the order of their ids.
  private record Collected(
      EventNetworkBuilder builder, Vocabulary words, Map<Integer, Neuron> neurons)
      implements Wiring {

    @Override
    public int reserve() {
      return builder.reserve();
    }

    @Override
    public void define(int id, Neuron neuron) {
      neurons.put(id, neuron);
    }

    @Override
    public int word(char[] letters, int length) {
      return words.find(letters, length);
    }
  }
}
