package org.fovea.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.fovea.MalformedDataException;
import org.fovea.data.make.Progress;
import org.fovea.event.Rectifier;
import org.fovea.event.SuspendedNetwork;
import org.fovea.event.SuspendedNetworkBuilder;
import org.fovea.model.tensor.TensorData;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;
import org.fovea.residency.spool.RecordSorter;

/// Builds networks of more names than fit in memory, from tables of names straight onto pages.
///
/// The network is that of a [PatternNetworkBuilder], neuron by neuron, and its pages are the bytes
/// that [PatternStore#suspend] would write, but for what [SuspendedNetworkBuilder] says of phrases
/// in many categories.
///
/// ```java
/// PatternFiles files = new PatternFiles(1_000, false);
/// try (SuspendedPatternBuilder builder =
///     new SuspendedPatternBuilder(Path.of("network"), Tokenization.defaults(), files, 256L << 20)) {
///   builder.read(Path.of("cities.tsv.gz"), _ -> {});
///   builder.store(Progress.NONE);
/// }
/// ```
///
/// Names are sorted by their words, so that those that are the same meet; then by where they came
/// first, which numbers them; then as [SuspendedNetworkBuilder] does.
///
/// **Errors** [java.io.UncheckedIOException] if the disk is full or cannot be written; the network
/// that was there is there as before. **Threads** confined. **Cost** the memory that it is given;
/// beside it all words and categories, 4 bytes a pattern and 8 bytes a page; on disk, until it is
/// closed, some 200 bytes a name.
public final class SuspendedPatternBuilder implements AutoCloseable {

  /// The least memory that names can be sorted in.
  public static final long LEAST_MEMORY = 1 << 20;

  private static final int END = -1;

  private final Path directory;
  private final Path folder;
  private final PatternFiles files;
  private final PatternIntake intake;
  private final long memory;
  private final SpooledPatternTable table;
  private final RecordSorter byWords;
  private final RecordSorter byPlace;
  private final Ints record = new Ints();
  private long lineCount;
  private boolean sorted;
  private int phraseCount;
  private int patternCount;
  private long duplicates;
  private boolean stored;
  private boolean closed;
  private long synapses;

  /// Nothing yet.
  ///
  /// @param directory of the network; temporary files are in it or in the nearest folder above that
  ///   is there, without names, and are gone when the process ends
  /// @param files reads tables, and says what becomes of malformed lines
  /// @param memory bytes for sorting, at least [#LEAST_MEMORY]
  /// @throws PatternStoreException if something else than a network of patterns is there
  public SuspendedPatternBuilder(
      Path directory, Tokenization tokenization, PatternFiles files, long memory) {
    if (memory < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "at least a megabyte of memory was expected, %s bytes came".formatted(memory));
    }
    PatternStore.generation(directory);
    this.directory = directory;
    this.files = files;
    this.memory = memory;
    folder = nearest(directory.toAbsolutePath());
    intake = new PatternIntake(tokenization);
    byWords = new RecordSorter(folder, memory / 2);
    byPlace = new RecordSorter(folder, memory / 2);
    table = new SpooledPatternTable(folder);
  }

  private static Path nearest(Path directory) {
    Path there = directory;
    while (!Files.isDirectory(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /// Throws if a file has rules, by its name.
  public static void requireNames(Path file) {
    if (PatternFiles.hasRules(file)) {
      throw new PatternStoreException(
          file + ": rules cannot be built onto pages; build without --on-pages, then suspend");
    }
  }

  /// Reads a table.
  ///
  /// @param progress hears how many bytes of the file were read
  /// @throws MalformedDataException with file and line, unless malformed lines are left out
  /// @throws PatternStoreException if the file has rules
  /// @throws IllegalStateException if names were sorted already, or this is closed
  public void read(Path file, LongConsumer progress) {
    requireOpen();
    if (sorted) {
      throw new IllegalStateException("names were sorted already: no more can be read");
    }
    requireNames(file);
    try {
      files.table(file, this::add, progress);
    } catch (MalformedDataException e) {
      sort(Progress.NONE); // something in a line before it may be wrong
      throw e;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the builder is closed");
    }
  }

  private void add(PatternFiles.Line line) {
    int count = intake.read(line.pattern(), line.category(), line.weight());
    int category = intake.category(line.category());
    if (line.number() + intake.words().size() + intake.categories().size() > Integer.MAX_VALUE) {
      throw new PatternStoreException("a network of more than 2^31 lines and words is too large");
    }
    record.size = 0;
    for (int word = 0; word < count; word++) {
      record.add(intake.wordNumbers()[word]);
    }
    record.add(END);
    record.add((int) line.number());
    record.add(category);
    record.add(Float.floatToIntBits(line.weight()));
    PackedName.append(line.pattern().getBytes(StandardCharsets.UTF_8), record);
    byWords.add(record.values, record.size);
    lineCount++;
  }

  /// Number of names that were read, with those that are the same.
  public long lineCount() {
    return lineCount;
  }

  /// Finds the names that are the same; nothing can be read any more.
  ///
  /// @param progress hears how many names were sorted
  /// @throws MalformedDataException with file and line, if a name is there again with another
  ///   weight, unless malformed lines are left out
  public void sort(Progress progress) {
    requireOpen();
    if (sorted) {
      return;
    }
    sorted = true;
    DistinctPatterns distinct = new DistinctPatterns(intake, files);
    RecordSorter.Cursor line = byWords.cursor();
    for (long done = 1; line.next(); done++) {
      if (distinct.isNew(line)) {
        add(line, distinct);
      }
      tell(progress, "names sorted", done, lineCount);
    }
    byWords.close();
    phraseCount = distinct.phraseCount();
    duplicates = distinct.duplicateCount();
    distinct.requireSound();
  }

  /// Adds an entry: where its phrase came first, where it came, category, weight, number of words
  /// if it is the first of its phrase and otherwise 0, these words, name.
  private void add(RecordSorter.Cursor line, DistinctPatterns distinct) {
    int words = distinct.wordCount();
    int number = line.get(words + 1);
    boolean isFirst = number == distinct.phraseNumber();
    record.size = 0;
    record.add(distinct.phraseNumber());
    for (int i = 1; i <= 3; i++) {
      record.add(line.get(words + i));
    }
    record.add(isFirst ? words : 0);
    for (int i = 0; isFirst && i < words; i++) {
      record.add(line.get(i));
    }
    for (int i = words + 4; i < line.length(); i++) {
      record.add(line.get(i));
    }
    byPlace.add(record.values, record.size);
    patternCount++;
    synapses += (isFirst ? words : 0) + (line.get(words + 2) == PatternTable.NONE ? 0 : 1);
  }

  private static void tell(Progress progress, String stage, long done, long total) {
    if (done % (1 << 14) == 0 || done == total) {
      progress.advanced(stage, done, total);
    }
  }

  /// Number of patterns, counted once for each of their categories, after [#sort].
  public int patternCount() {
    return patternCount;
  }

  /// How many times a pattern came that was there already, after [#sort].
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

  long synapseCount() {
    return synapses;
  }

  PatternIntake intake() {
    return intake;
  }

  /// Puts the network in the place of one that may be there; once.
  ///
  /// @param progress hears how far it has come
  /// @throws java.io.UncheckedIOException if it cannot be written; what was there is as before
  public BuiltNetwork store(Progress progress) {
    requireOpen();
    if (stored) {
      throw new IllegalStateException("the network is stored already: a builder makes one");
    }
    sort(progress);
    stored = true;
    return PatternStore.create(directory, this, progress);
  }

  /// Writes the neurons.
  void write(Path pages, Progress progress) {
    long most = Math.max(LEAST_MEMORY, memory / 4 * 3);
    int words = intake.words().size();
    try (SuspendedNetworkBuilder network =
        new SuspendedNetworkBuilder(folder, most, words, Rectifier.RELU)) {
      try (RecordSorter members = new RecordSorter(folder, memory / 4)) {
        number(network, members, progress);
        for (RecordSorter.Cursor member = members.cursor(); member.next(); ) {
          network.member(member.get(1), member.get(2), Float.intBitsToFloat(member.get(3)));
        }
      }
      try (PageFileWriter writer = PageFileWriter.create(pages, SuspendedNetwork.FORMAT)) {
        network.write(PageSink.of(writer), SuspendedNetwork.PAGE_BYTES, progress);
      }
    }
  }

  /// Gives phrases their ids, and collects what is in categories, to be sorted by where it came.
  private void number(SuspendedNetworkBuilder network, RecordSorter members, Progress progress) {
    RecordSorter.Cursor entry = byPlace.cursor();
    int phrase = 0;
    int[] member = new int[4];
    for (long done = 1; entry.next(); done++) {
      int words = entry.get(4);
      int category = entry.get(2);
      if (words > 0) {
        int[] phraseWords = new int[words];
        for (int i = 0; i < words; i++) {
          phraseWords[i] = entry.get(5 + i);
        }
        phrase = network.phrase(phraseWords);
      }
      if (category != PatternTable.NONE) {
        member[0] = entry.get(1);
        member[1] = category;
        member[2] = phrase;
        member[3] = entry.get(3);
        members.add(member, 4);
      }
      table.add(words > 0, category, entry, 5 + words);
      tell(progress, "patterns numbered", done, patternCount);
    }
    byPlace.close();
  }

  /// What `model.json` says.
  NetworkFacts facts(long generation) {
    CategoryTable categories = intake.categories();
    int firstCategory = intake.words().size() + phraseCount;
    for (int category = 0; category < categories.size(); category++) {
      categories.setNeuron(category, firstCategory + category);
    }
    return new NetworkFacts(
        generation,
        intake.tokenization(),
        intake.words().size(),
        table.entryCount(),
        categories.size(),
        firstCategory + categories.size());
  }

  /// The table of patterns, as it is to be written.
  List<TensorData> tensors(NetworkFacts facts, Progress progress) {
    return table.tensors(facts, progress);
  }

  /// Removes the temporary files.
  @Override
  public void close() {
    closed = true;
    try (table;
        byPlace) {
      byWords.close();
    }
  }
}
