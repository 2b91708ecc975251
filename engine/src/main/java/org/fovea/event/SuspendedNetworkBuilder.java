package org.fovea.event;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.fovea.data.make.Progress;
import org.fovea.residency.PageSink;
import org.fovea.residency.spool.IntSpool;
import org.fovea.residency.spool.RecordSorter;

/// Builds a suspended network of words, phrases and categories in bounded memory: the network is
/// never in memory as a whole.
///
/// Phrases and their categories are sorted in temporary files and then go to pages in the order of
/// the lattice. The pages are those, byte for byte, that [SuspendedNetwork#write] makes of the same
/// network in memory, unless a phrase is in more than 32 categories of more than 16 phrases: then
/// they are in another order.
///
/// ```java
/// try (SuspendedNetworkBuilder builder =
///         new SuspendedNetworkBuilder(folder, 256L << 20, words, Rectifier.RELU);
///     PageFileWriter file = PageFileWriter.create(path, SuspendedNetwork.FORMAT)) {
///   builder.member(city, builder.phrase(big, apple), 1);
///   builder.write(PageSink.of(file), SuspendedNetwork.PAGE_BYTES);
/// }
/// ```
///
/// Neurons have ids in this order: words, which documents activate, phrases ([Neuron#phrase]), and
/// categories, each active at each range of a phrase of it.
///
/// **Errors** [java.io.UncheckedIOException] if the disk is full or cannot be written; what the
/// sink had before is there as before. **Threads** confined. **Cost** the memory that it is given;
/// beside it 4 bytes a neuron, 4 a category, and the trunk, some 8 bytes a page; on disk, until it
/// is closed, some 100 bytes a phrase.
public final class SuspendedNetworkBuilder implements AutoCloseable {

  private final Path folder;
  private final long share;
  private final int wordCount;
  private final Rectifier rectifier;
  private final IntSpool phrases;
  private final CategoryMembers members;
  private int phraseCount;
  private int longest;
  private long synapseCount;
  private boolean written;
  private boolean closed;

  /// Nothing but words.
  ///
  /// @param folder of temporary files, which have no names and are gone when the process ends
  /// @param memory bytes for sorting, at least a megabyte
  /// @param wordCount number of words
  /// @param categories what categories make of the sum of their phrases' weights
  public SuspendedNetworkBuilder(Path folder, long memory, int wordCount, Rectifier categories) {
    if (memory < 1 << 20) {
      throw new IllegalArgumentException(
          "at least a megabyte of memory was expected, %s bytes came".formatted(memory));
    }
    if (wordCount < 0) {
      throw new IllegalArgumentException("there cannot be %s words".formatted(wordCount));
    }
    this.folder = folder;
    this.wordCount = wordCount;
    rectifier = categories;
    share = memory / 4;
    phrases = IntSpool.create(folder);
    members = new CategoryMembers(folder, share);
  }

  /// Adds a phrase.
  ///
  /// @param words at least one
  /// @return its id
  public int phrase(int... words) {
    requireOpen();
    if (words.length < 1 || words.length > Occurrence.MOST_PARTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a phrase of 1 to %,d words was expected, one of %,d came",
              Occurrence.MOST_PARTS,
              words.length));
    }
    for (int word : words) {
      if (word < 0 || word >= wordCount) {
        throw new IllegalArgumentException("there is no word " + word);
      }
    }
    int id = Math.addExact(wordCount, phraseCount);
    phrases.add(words.length);
    phrases.add(words, 0, words.length);
    phraseCount++;
    longest = Math.max(longest, words.length);
    synapseCount += words.length;
    return id;
  }

  /// Puts a phrase into a category.
  ///
  /// @param category counts up from 0; each must get a phrase
  /// @param phrase id of a phrase that was added
  /// @param weight positive and finite
  public void member(int category, int phrase, float weight) {
    requireOpen();
    if (category < 0) {
      throw new IllegalArgumentException("there is no category " + category);
    }
    if (phrase < wordCount || phrase - wordCount >= phraseCount) {
      throw new IllegalArgumentException("there is no phrase " + phrase);
    }
    if (!(weight > 0) || weight > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a weight that is positive and finite was expected, %s came".formatted(weight));
    }
    members.add(category, phrase, weight);
    synapseCount++;
  }

  private void requireOpen() {
    if (written || closed) {
      throw new IllegalStateException(
          written ? "the network was written already" : "the builder is closed");
    }
  }

  private Neuron category(List<Synapse> synapses) {
    return new Neuron(0, rectifier, new Occurrence.Each(), synapses);
  }

  private int categoryId(int category) {
    return wordCount + phraseCount + category;
  }

  /// Puts the network on pages; nothing can be added any more.
  ///
  /// @param pageBytes length of a page, about; what cannot be divided may be longer
  /// @throws IllegalArgumentException if a category has no phrase, or a neuron does not fit on the
  ///   longest page
  public void write(PageSink sink, int pageBytes) {
    write(sink, pageBytes, Progress.NONE);
  }

  /// Puts the network on pages, and tells how far it has come.
  ///
  /// @param progress hears of phrases, each of which is looked at three times
  /// @throws IllegalArgumentException as [#write(PageSink, int)]
  public void write(PageSink sink, int pageBytes, Progress progress) {
    SuspendedNetwork.requireLength(pageBytes);
    requireOpen();
    written = true;
    for (int category = 0; category < members.categoryCount(); category++) {
      if (members.count(category) == 0) {
        throw new IllegalArgumentException("category %s has no phrase".formatted(category));
      }
    }
    int idBound = Math.addExact(Math.addExact(wordCount, phraseCount), members.categoryCount());
    NetworkPages pages = new NetworkPages(sink, pageBytes, idBound);
    if (longest > 1) {
      pages.kind(Relation.FOLLOWS);
    }
    if (members.categoryCount() > 0) {
      pages.kind(Relation.EQUAL);
    }
    Steps steps = new Steps(progress, 3L * phraseCount);
    try (RecordSorter narrow = new RecordSorter(folder, share);
        RecordSorter joined = new RecordSorter(folder, share)) {
      members.narrow(narrow);
      join(joined, pages, steps);
      pages.triggers(
          new SortedTriggers(
              narrow, joined, this::edge, this::category, categoryId(0), steps::taken));
    }
    int[] always = pages.always(List.of());
    definitions(pages, pageBytes);
    BitSet inputs = new BitSet();
    inputs.set(0, wordCount);
    BitSet hanging = new BitSet();
    hanging.set(wordCount, categoryId(0));
    for (int category = 0; category < members.categoryCount(); category++) {
      hanging.set(categoryId(category), !members.isWide(category));
    }
    EventNetwork like = like();
    NetworkFacts facts =
        new NetworkFacts(
            idBound, like.levelCount(), idBound, synapseCount, always[0], always[1], like.reach());
    pages.end(facts, new NetworkFacts.Marks(inputs, new BitSet()), hanging);
  }

  /// Counts what was done.
  private static final class Steps {

    private static final int TOLD = 1 << 14;

    private final Progress progress;
    private final long total;
    private long done;

    Steps(Progress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    void taken() {
      if (++done % TOLD == 0 || done == total) {
        progress.advanced("phrases laid out", done / 3, total / 3);
      }
    }
  }

  /// A small network that has as many levels and reaches as far.
  private EventNetwork like() {
    EventNetworkBuilder builder = new EventNetworkBuilder();
    if (wordCount > 0) {
      builder.input();
    }
    if (phraseCount > 0) {
      int phrase = builder.add(Neuron.phrase(new int[longest]));
      if (members.categoryCount() > 0) {
        builder.add(category(List.of(Synapse.of(phrase, 1, Relation.EQUAL))));
      }
    }
    return builder.build();
  }

  /// Sorts phrases by their words, later ones first where these are the same, each with what it
  /// feeds; puts what a phrase does not take along.
  private void join(RecordSorter joined, NetworkPages pages, Steps steps) {
    RecordSorter.Cursor member = members.byPhrase();
    boolean isThere = member.next();
    IntSpool.Reader words = phrases.reader(0, phrases.size(), 1 << 16);
    IntRows entry = new IntRows();
    List<Trigger.Edge> edges = new ArrayList<>();
    for (int id = wordCount; words.hasNext(); id++) {
      entry.size = 0;
      for (int left = words.next(); left > 0; left--) {
        entry.add(words.next());
      }
      entry.add(SortedTriggers.END);
      entry.add(~id);
      int end = entry.size;
      edges.clear();
      for (; isThere && member.get(0) == id; isThere = member.next()) {
        if (members.isWide(member.get(1))) {
          if (edges.size() < WideEdges.MOST_TAKEN) {
            for (int i = 1; i < 4; i++) {
              entry.add(member.get(i));
            }
          }
          edges.add(edge(id, member.get(1), member.get(2), member.get(3)));
        }
      }
      if (edges.size() > WideEdges.MOST_TAKEN) {
        pages.edges(id, edges);
        entry.size = end;
      }
      joined.add(entry.values, entry.size);
      steps.taken();
    }
  }

  private Trigger.Edge edge(int phrase, int category, int ordinal, int weight) {
    Synapse synapse = Synapse.of(phrase, Float.intBitsToFloat(weight), Relation.EQUAL);
    return new Trigger.Edge(
        categoryId(category),
        ordinal,
        synapse,
        0,
        NeuronTable.shape(category(List.of(synapse))),
        SortedTriggers.CATEGORY_LEVEL);
  }

  /// Puts wide categories, piece by piece.
  private void definitions(NetworkPages pages, int pageBytes) {
    RecordSorter.Cursor member = members.byCategory();
    int most = NetworkPages.synapsesOfPiece(pageBytes);
    List<Synapse> piece = new ArrayList<>();
    boolean isThere = member.next();
    while (isThere) {
      int category = member.get(0);
      int left = members.count(category);
      for (; left > 0; left--) {
        if (members.isWide(category)) {
          float weight = Float.intBitsToFloat(member.get(3));
          piece.add(Synapse.of(member.get(2), weight, Relation.EQUAL));
        }
        isThere = member.next();
        if (piece.size() == most || (left == 1 && !piece.isEmpty())) {
          pages.piece(categoryId(category), category(piece), piece, SortedTriggers.CATEGORY_LEVEL);
          piece.clear();
        }
      }
    }
  }

  /// Removes the temporary files.
  @Override
  public void close() {
    closed = true;
    try (phrases) {
      members.close();
    }
  }
}
