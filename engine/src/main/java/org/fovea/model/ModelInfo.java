package org.fovea.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.fovea.MalformedDataException;
import org.fovea.data.DataOptions;
import org.fovea.data.Names;
import org.fovea.data.TableSchema;
import org.fovea.model.files.FileContent;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecFormatException;
import org.fovea.model.json.SpecJson;
import org.fovea.model.tensor.Tensors;
import org.fovea.spec.Calibration;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model directory tells besides its parameters.
///
/// @param network what the network looks like
/// @param training how it was trained
/// @param data what it was trained on
/// @param names names of labels and features; may be none
/// @param measures what was measured on validation data, by name
/// @param calibration how scores become probabilities, if that was fitted
public record ModelInfo(
    NetworkSpec network,
    TrainSpec training,
    Provenance data,
    Names names,
    Map<String, Number> measures,
    Optional<Calibration> calibration) {

  static final String NETWORK = "network";
  static final String TRAINING = "training";
  static final String DATA = "data";
  static final String MEASURES = "measures";
  static final String CALIBRATION = "calibration";
  static final String NAMES_FILE = "names.txt";
  static final String LABELS_FILE = "labels.safetensors";
  static final String FEATURE_ENTRIES = "feature-entries";
  private static final Pattern CLASS =
      Pattern.compile(
          "[+-]?([0-9]{1,512}([.][0-9]{0,512})?|[.][0-9]{1,512})([eE][+-]?[0-9]{1,9})?");

  private static final String PATTERNS = "patternFormat";

  static final String FREQUENCIES = "labels.frequencies";

  public ModelInfo {
    measures = new LinkedHashMap<>(measures);
  }

  /// Of a model whose probabilities nobody has fitted.
  public ModelInfo(
      NetworkSpec network,
      TrainSpec training,
      Provenance data,
      Names names,
      Map<String, Number> measures) {
    this(network, training, data, names, measures, Optional.empty());
  }

  /// What a model was trained on.
  ///
  /// @param name name of the data
  /// @param digest SHA-256 of its content
  /// @param examples number of training examples
  /// @param labelFrequencies training examples that have each label; owned
  /// @param featureEntries features of all training examples together, if the model tells
  /// @param reading how it was read
  public record Provenance(
      String name,
      String digest,
      long examples,
      long[] labelFrequencies,
      OptionalLong featureEntries,
      DataReading reading) {

    /// Features of an average training example, if they are known.
    public OptionalDouble featuresPerExample() {
      return featureEntries.isPresent() && examples > 0
          ? OptionalDouble.of((double) featureEntries.getAsLong() / examples)
          : OptionalDouble.empty();
    }

    /// The same after a model had been trained on other data: examples and frequencies of both
    /// count.
    public Provenance after(Provenance earlier) {
      long[] sums = labelFrequencies.clone();
      for (int label = 0; label < earlier.labelFrequencies.length; label++) {
        sums[label] += earlier.labelFrequencies[label];
      }
      return new Provenance(
          "%s after %s".formatted(name, earlier.name),
          digest,
          examples + earlier.examples,
          sums,
          featureEntries.isPresent() && earlier.featureEntries.isPresent()
              ? OptionalLong.of(featureEntries.getAsLong() + earlier.featureEntries.getAsLong())
              : OptionalLong.empty(),
          reading);
    }

    /// Number of training examples of each label, at most [Integer#MAX_VALUE].
    public int[] labelCounts() {
      int[] counts = new int[labelFrequencies.length];
      for (int label = 0; label < counts.length; label++) {
        counts[label] = Math.clamp(labelFrequencies[label], 0, Integer.MAX_VALUE);
      }
      return counts;
    }
  }

  /// The columns of the table that the model was trained on, if it was one.
  public Optional<TableSchema> table() {
    return data.reading().table();
  }

  /// What labels are in libsvm text like that which the model was trained on, in the order of their
  /// ids; empty if they are ids.
  public Optional<List<String>> classes() {
    return data.reading().format() == DataReading.Format.LIBSVM_CLASSES
        ? Optional.of(names.labels())
        : Optional.empty();
  }

  /// The same with other measures.
  public ModelInfo withMeasures(Map<String, Number> measures) {
    return new ModelInfo(network, training, data, names, measures, calibration);
  }

  /// The same for a network that has changed.
  public ModelInfo withNetwork(NetworkSpec changed) {
    return new ModelInfo(changed, training, data, names, measures, calibration);
  }

  /// The same with probabilities fitted.
  public ModelInfo withCalibration(Calibration fitted) {
    return new ModelInfo(network, training, data, names, measures, Optional.of(fitted));
  }

  private static String lines(Names names) {
    StringBuilder text = new StringBuilder();
    names.labels().forEach(name -> text.append("L ").append(name).append('\n'));
    names.features().forEach(name -> text.append("F ").append(name).append('\n'));
    return text.toString();
  }

  /// Reads what a model directory tells.
  ///
  /// @throws org.fovea.FoveaException if a section is missing or does not fit
  public static ModelInfo read(ModelDirectory directory) {
    if (directory.findSection(NETWORK).isEmpty() && directory.findSection(PATTERNS).isPresent()) {
      throw malformed(directory, "a trained model was expected, a network of patterns came");
    }
    NetworkSpec network = spec(directory, NETWORK, NetworkSpec.class);
    TrainSpec training = spec(directory, TRAINING, TrainSpec.class);
    JsonNode data = directory.section(DATA);
    long[] frequencies =
        directory
            .tensors(LABELS_FILE)
            .source(FREQUENCIES)
            .requireShape(network.output().labels())
            .allLongs();
    Map<String, Number> measures = new LinkedHashMap<>();
    directory
        .section(MEASURES)
        .properties()
        .forEach(entry -> measures.put(entry.getKey(), entry.getValue().numberValue()));
    Names names =
        directory.files().contains(NAMES_FILE)
            ? Names.read(directory.path(NAMES_FILE), DataOptions.strict())
            : Names.none();
    DataReading reading = reading(directory, data, network, names);
    checkClasses(directory, reading, network, names);
    return new ModelInfo(
        network,
        training,
        new Provenance(
            data.path("name").asString(""),
            data.path("digest").asString(""),
            data.path("examples").asLong(0),
            frequencies,
            featureEntries(directory, data),
            reading),
        names,
        measures,
        directory.findSection(CALIBRATION, Calibration.class));
  }

  private static OptionalLong featureEntries(ModelDirectory directory, JsonNode data) {
    JsonNode count = data.path(FEATURE_ENTRIES);
    if (count.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!count.isIntegralNumber() || !count.canConvertToLong() || count.asLong() < 0) {
      throw malformed(
          directory,
          "data." + FEATURE_ENTRIES + ": a count was expected, " + count + " came",
          new IllegalArgumentException(count.toString()));
    }
    return OptionalLong.of(count.asLong());
  }

  private static <T> T spec(ModelDirectory directory, String section, Class<T> type) {
    try {
      return SpecJson.read(directory.section(section), type);
    } catch (SpecFormatException e) {
      String dot = e.keyPath().isEmpty() ? ": " : ".";
      throw malformed(directory, section + dot + e.getMessage(), e);
    }
  }

  /// Labels that are classes are read by their names, which must be the numbers that they are.
  private static void checkClasses(
      ModelDirectory directory, DataReading reading, NetworkSpec network, Names names) {
    boolean fits =
        reading.format() != DataReading.Format.LIBSVM_CLASSES
            || (names.labels().size() == network.output().labels()
                && names.labels().stream().allMatch(CLASS.asMatchPredicate()));
    if (!fits) {
      throw malformed(directory, "data: the classes do not fit the network");
    }
  }

  /// A table is read by names of the model, so all that it needs must be there.
  private static DataReading reading(
      ModelDirectory directory, JsonNode data, NetworkSpec network, Names names) {
    try {
      DataReading reading = DataReading.read(data);
      return reading.format() == DataReading.Format.CSV
          ? reading.withTable(TableSection.read(data, reading, network, names))
          : reading;
    } catch (IllegalArgumentException e) {
      throw malformed(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static MalformedDataException malformed(
      ModelDirectory directory, String reason, Throwable cause) {
    return malformed(directory, reason).because(cause);
  }

  private static MalformedDataException malformed(ModelDirectory directory, String reason) {
    String file = directory.directory().resolve("model.json").toString();
    return new MalformedDataException(file, 0, reason);
  }

  /// Sections and files for a model directory.
  public ModelContents contents() {
    ModelContents contents = new ModelContents();
    contents.section(NETWORK, SpecJson.write(network, NetworkSpec.class));
    contents.section(TRAINING, SpecJson.write(training, TrainSpec.class));
    ObjectNode provenance = Json.object();
    provenance.put("name", data.name());
    provenance.put("digest", data.digest());
    provenance.put("examples", data.examples());
    data.featureEntries().ifPresent(count -> provenance.put(FEATURE_ENTRIES, count));
    data.reading().write(provenance);
    contents.section(DATA, provenance);
    ObjectNode measured = Json.object();
    measures.forEach((name, value) -> {
      if (value instanceof Long count) {
        measured.put(name, count);
      } else {
        measured.put(name, value.doubleValue());
      }
    });
    contents.section(MEASURES, measured);
    calibration.ifPresent(
        fitted -> contents.section(CALIBRATION, SpecJson.write(fitted, Calibration.class)));
    long[] frequencies = data.labelFrequencies();
    contents.tensors(
        LABELS_FILE, List.of(Tensors.longs(FREQUENCIES, frequencies, frequencies.length)));
    if (!names.labels().isEmpty() || !names.features().isEmpty()) {
      contents.file(NAMES_FILE, FileContent.text(lines(names)));
    }
    return contents;
  }
}
