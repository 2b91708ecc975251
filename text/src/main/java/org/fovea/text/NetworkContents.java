package org.fovea.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/// A network of patterns as the contents of a model directory: two sections of `model.json` and one
/// file of tensors.
///
/// How neurons themselves are stored is up to [StoredNetwork].
final class NetworkContents {

  static final String FACTS = "patterns";

  private static final String FORMAT = "patternFormat";
  private static final int VERSION = 1;
  private static final String FILE = "patterns.safetensors";

  private NetworkContents() {}

  /// The version of the format, in a section of its own that every later version keeps.
  ///
  /// @param version 1 today
  public record Format(int version) {}

  /// What is to be written.
  static ModelContents of(PatternNetwork network, long generation) {
    PatternNetwork.Parts parts = network.parts();
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
    tensors.add(Tensors.bytes("words", parts.words().toBytes()));
    tensors.add(Tensors.ints("later-words", parts.laterWords()));
    PatternTable patterns = parts.patterns();
    tensors.add(Tensors.ints("patterns.starts", patterns.starts));
    tensors.add(Tensors.ints("patterns.categories", patterns.categories));
    tensors.add(Tensors.bytes("patterns.kinds", patterns.kinds));
    tensors.add(Tensors.ints("patterns.name-starts", patterns.nameStarts));
    tensors.add(Tensors.bytes("patterns.names", patterns.names));
    String names = String.join("\n", parts.categories().names());
    tensors.add(Tensors.bytes("categories.names", names.getBytes(StandardCharsets.UTF_8)));
    tensors.add(Tensors.ints("categories.neurons", parts.categories().neurons()));
    return new ModelContents()
        .section(FORMAT, new Format(VERSION), Format.class)
        .section(FACTS, facts, NetworkFacts.class)
        .tensors(FILE, tensors);
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
    if (format.version() != VERSION) {
      throw new PatternStoreException(
          "%s: its format is %d, and this Fovea knows %d: a newer Fovea has written it"
              .formatted(directory.directory(), format.version(), VERSION));
    }
    return directory
        .findSection(FACTS, NetworkFacts.class)
        .orElseThrow(() ->
            new MalformedDataException(
                directory.directory().resolve("model.json").toString(),
                0,
                "the section patterns is missing"));
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
    Vocabulary words = Vocabulary.ofBytes(source.bytes("words"));
    int[] laterWords = source.ints("later-words");
    source.that(words.size() == facts.words(), "words");
    source.that(laterWords.length <= words.size(), "later-words");
    int firstWords = words.size() - laterWords.length;
    for (int word = 0; word < words.size(); word++) {
      int id = word < firstWords ? word : laterWords[word - firstWords];
      source.that(id >= 0 && isInput(network, id), "later-words");
    }
    CategoryTable categories = categories(source, network);
    PatternTable patterns = patterns(source, network, categories);
    return new PatternNetwork(
        new PatternNetwork.Parts(
            facts.tokenization(), words, laterWords, network, patterns, categories));
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

  private static PatternTable patterns(Source source, Neurons network, CategoryTable categories) {
    PatternTable patterns =
        new PatternTable(
            source.ints("patterns.starts"),
            source.ints("patterns.categories"),
            source.bytes("patterns.kinds"),
            source.ints("patterns.name-starts"),
            source.bytes("patterns.names"));
    int count = patterns.entryCount();
    source.that(patterns.starts.length == network.idBound() + 1, "patterns.starts");
    source.ascending(patterns.starts, count, "patterns.starts");
    source.that(patterns.kinds.length == count, "patterns.kinds");
    source.that(patterns.nameStarts.length == count + 1, "patterns.name-starts");
    source.ascending(patterns.nameStarts, patterns.names.length, "patterns.name-starts");
    for (int entry = 0; entry < count; entry++) {
      int category = patterns.categories[entry];
      source.that(category >= PatternTable.NONE, "patterns.categories");
      source.that(category < categories.size(), "patterns.categories");
    }
    boolean inMemory = network instanceof EventNetwork;
    for (int id = 0; inMemory && id < network.idBound(); id++) {
      boolean named = patterns.first(id) < patterns.first(id + 1);
      source.that(!named || network.contains(id), "patterns.starts");
    }
    return patterns;
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

    void ascending(int[] values, int last, String name) {
      int before = 0;
      for (int value : values) {
        that(value >= before, name);
        before = value;
      }
      that(values[0] == 0 && before == last, name);
    }
  }
}
