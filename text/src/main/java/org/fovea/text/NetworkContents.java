package org.fovea.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.MalformedDataException;
import org.fovea.event.ArraySink;
import org.fovea.event.ArraySource;
import org.fovea.event.EventNetwork;
import org.fovea.event.Neurons;
import org.fovea.event.StoredNetwork;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.Tensors;
import org.fovea.residency.MappedStore;

/// A network of patterns as the contents of a model directory: two sections of `model.json` and one
/// file of tensors.
///
/// How neurons themselves are stored is up to [StoredNetwork]; those of a network that was built
/// onto pages are there and nowhere else.
final class NetworkContents {

  static final String FACTS = "patterns";

  private static final String FORMAT = "patternFormat";
  private static final int IN_TENSORS = 1;
  private static final int ON_PAGES = 2;

  /// Words are read alike, wherever the neurons are.
  private static final int ALIKE = 3;

  private static final String PAGES = "pages";
  private static final String FILE = "patterns.safetensors";

  private NetworkContents() {}

  /// The version of the format, in a section of its own that every later version keeps.
  ///
  /// @param version 3; where letters count as they are written 1, or 2 if the neurons are on pages
  ///   only
  public record Format(int version) {}

  /// The pages that have the neurons of a network, in a section of its own; not there if the
  /// tensors have them.
  ///
  /// @param bytes length of the file of pages
  /// @param checksum CRC-32C of its directory, as an unsigned number
  public record Pages(long bytes, long checksum) {

    static Pages of(MappedStore.Identity file) {
      return new Pages(file.bytes(), Integer.toUnsignedLong(file.checksum()));
    }
  }

  /// What is to be written of a network in memory.
  static ModelContents of(PatternNetwork network, long generation) {
    PatternNetwork.Parts parts = network.parts();
    if (!(parts.patterns() instanceof HeapPatternTable patterns)) {
      throw new IllegalArgumentException("a network in memory was expected");
    }
    NetworkFacts facts =
        new NetworkFacts(
            generation,
            parts.tokenization(),
            parts.words().size(),
            parts.patterns().entryCount(),
            parts.categories().size(),
            parts.neurons().neuronCount());
    List<TensorData> tensors = new ArrayList<>();
    StoredNetwork.write(network.network(), new Sink(tensors));
    tensors.add(Tensors.ints("patterns.starts", patterns.starts()));
    tensors.add(Tensors.ints("patterns.categories", patterns.categories()));
    tensors.add(Tensors.bytes("patterns.kinds", patterns.kinds()));
    tensors.add(Tensors.ints("patterns.name-starts", patterns.nameStarts()));
    tensors.add(Tensors.bytes("patterns.names", patterns.names()));
    addWords(tensors, parts.words(), parts.laterWords(), parts.categories());
    return new ModelContents()
        .section(FORMAT, format(facts, IN_TENSORS), Format.class)
        .section(FACTS, facts, NetworkFacts.class)
        .tensors(FILE, tensors);
  }

  /// What is to be written of a network that was built onto pages.
  ///
  /// @param tensors the table of its patterns
  static ModelContents of(
      NetworkFacts facts, Pages pages, PatternIntake intake, List<TensorData> tensors) {
    List<TensorData> all = new ArrayList<>(tensors);
    addWords(all, intake.words(), new int[0], intake.categories());
    return new ModelContents()
        .section(FORMAT, format(facts, ON_PAGES), Format.class)
        .section(FACTS, facts, NetworkFacts.class)
        .section(PAGES, pages, Pages.class)
        .tensors(FILE, all);
  }

  private static Format format(NetworkFacts facts, int asWritten) {
    return new Format(facts.tokenization().alike() ? ALIKE : asWritten);
  }

  private static void addWords(
      List<TensorData> tensors, Vocabulary words, int[] laterWords, CategoryTable categories) {
    tensors.add(WordTensor.of(words));
    tensors.add(Tensors.ints("later-words", laterWords));
    String names = String.join("\n", categories.names());
    tensors.add(Tensors.bytes("categories.names", names.getBytes(StandardCharsets.UTF_8)));
    tensors.add(Tensors.ints("categories.neurons", categories.neurons()));
  }

  /// What a directory says about its network.
  ///
  /// @throws PatternStoreException if it holds something else, or a newer format
  static NetworkFacts facts(ModelDirectory directory) {
    Format format =
        directory
            .findSection(FORMAT, Format.class)
            .orElseThrow(() ->
                new PatternStoreException(
                    directory.directory()
                        + ": it holds a trained model, not a network of patterns"));
    if (format.version() < IN_TENSORS || format.version() > ALIKE) {
      throw new PatternStoreException(
          "%s: its format is %s, and this Fovea knows %s: a newer Fovea has written it"
              .formatted(directory.directory(), format.version(), ALIKE));
    }
    if (format.version() == ON_PAGES && pages(directory).isEmpty()) {
      throw missing(directory, PAGES);
    }
    NetworkFacts facts =
        directory
            .findSection(FACTS, NetworkFacts.class)
            .orElseThrow(() -> missing(directory, FACTS));
    return format.version() == ALIKE ? facts : facts.asWritten();
  }

  private static MalformedDataException missing(ModelDirectory directory, String section) {
    return new MalformedDataException(
        directory.directory().resolve("model.json").toString(),
        0,
        "the section %s is missing".formatted(section));
  }

  /// The pages that have the neurons, if nothing else has them.
  static Optional<Pages> pages(ModelDirectory directory) {
    return directory.findSection(PAGES, Pages.class);
  }

  /// Reads the network of a directory.
  ///
  /// @throws MalformedDataException if it is damaged
  static PatternNetwork read(ModelDirectory directory, NetworkFacts facts) {
    return read(directory, facts, StoredNetwork.read(source(directory)));
  }

  private static Source source(ModelDirectory directory) {
    return new Source(directory.tensors(FILE), directory.path(FILE).toString());
  }

  /// Reads the network of a directory, but not its neurons.
  ///
  /// @param network its neurons
  /// @throws MalformedDataException if it is damaged, or has other neurons
  static PatternNetwork read(ModelDirectory directory, NetworkFacts facts, Neurons network) {
    Source source = source(directory);
    Vocabulary words = WordTensor.read(source.file().source(WordTensor.NAME));
    int[] laterWords = source.ints("later-words");
    source.that(words.size() == facts.words(), WordTensor.NAME);
    source.that(laterWords.length <= words.size(), "later-words");
    int firstWords = words.size() - laterWords.length;
    for (int word = 0; word < words.size(); word++) {
      int id = word < firstWords ? word : laterWords[word - firstWords];
      source.that(id >= 0 && isInput(network, id), "later-words");
    }
    CategoryTable categories = categories(source, network);
    PatternTable patterns =
        network instanceof EventNetwork
            ? heap(source)
            : new MappedPatternTable(source.file(), source.path());
    try {
      check(source, patterns, network, categories);
      return new PatternNetwork(
          new PatternNetwork.Parts(
              facts.tokenization(), words, laterWords, network, patterns, categories));
    } catch (RuntimeException | Error e) {
      patterns.close();
      throw e;
    }
  }

  private static boolean isInput(Neurons network, int id) {
    return network.contains(id) && network.isInput(id);
  }

  private static CategoryTable categories(Source source, Neurons network) {
    CategoryTable categories = new CategoryTable();
    String names = new String(source.bytes("categories.names"), StandardCharsets.UTF_8);
    int[] neurons = source.ints("categories.neurons");
    String[] split = names.isEmpty() ? new String[0] : names.split("\n", -1);
    source.that(split.length == neurons.length, "categories.names");
    for (int category = 0; category < split.length; category++) {
      source.that(network.contains(neurons[category]), "categories.neurons");
      source.that(categories.find(split[category]).isEmpty(), "categories.names");
      categories.add(split[category], neurons[category]);
    }
    return categories;
  }

  private static HeapPatternTable heap(Source source) {
    HeapPatternTable patterns =
        new HeapPatternTable(
            source.ints("patterns.starts"),
            source.ints("patterns.categories"),
            source.bytes("patterns.kinds"),
            source.ints("patterns.name-starts"),
            source.bytes("patterns.names"));
    int count = patterns.entryCount();
    source.that(patterns.kinds().length == count, "patterns.kinds");
    source.that(patterns.nameStarts().length == count + 1, "patterns.name-starts");
    return patterns;
  }

  /// Holds a table to what is relied on, in one pass.
  private static void check(
      Source source, PatternTable patterns, Neurons network, CategoryTable categories) {
    int count = patterns.entryCount();
    source.that(patterns.bound() == network.idBound(), "patterns.starts");
    boolean inMemory = network instanceof EventNetwork;
    int before = 0;
    for (int id = 0; id <= network.idBound(); id++) {
      int first = patterns.first(id);
      source.that(id == 0 ? first == 0 : first >= before, "patterns.starts");
      boolean named = first > before;
      source.that(!named || !inMemory || network.contains(id - 1), "patterns.starts");
      before = first;
    }
    source.that(before == count, "patterns.starts");
    long name = 0;
    for (int entry = 0; entry <= count; entry++) {
      long start = patterns.nameStart(entry);
      source.that(entry == 0 ? start == 0 : start >= name, "patterns.name-starts");
      name = start;
    }
    source.that(name == patterns.nameBytes(), "patterns.name-starts");
    for (int entry = 0; entry < count; entry++) {
      int category = patterns.category(entry);
      source.that(category >= PatternTable.NONE, "patterns.categories");
      source.that(category < categories.size(), "patterns.categories");
    }
  }

  private record Sink(List<TensorData> tensors) implements ArraySink {

    @Override
    public void ints(String name, int[] values) {
      tensors.add(Tensors.ints(name, values));
    }

    @Override
    public void floats(String name, float[] values) {
      tensors.add(Tensors.floats(name, values));
    }

    @Override
    public void bytes(String name, byte[] values) {
      tensors.add(Tensors.bytes(name, values));
    }
  }

  private record Source(SafetensorsFile file, String path) implements ArraySource {

    @Override
    public int[] ints(String name) {
      return file.source(name).requireType(ElementType.INT32).allInts();
    }

    @Override
    public float[] floats(String name) {
      return file.source(name).requireType(ElementType.FLOAT32).allFloats();
    }

    @Override
    public byte[] bytes(String name) {
      return file.source(name).requireType(ElementType.UINT8).allBytes();
    }

    @Override
    public RuntimeException malformed(String name, String reason) {
      return new MalformedDataException(path, 0, "tensor %s: %s".formatted(name, reason));
    }

    void that(boolean condition, String name) {
      if (!condition) {
        throw malformed(name, "what fits the network was expected, something else came");
      }
    }
  }
}
