package org.fovea.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.data.DataOptions;
import org.fovea.data.Names;
import org.fovea.model.files.FileContent;
import org.fovea.model.files.ModelContents;
import org.fovea.model.files.ModelDirectory;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.model.tensor.Tensors;
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
public record ModelInfo(
    NetworkSpec network,
    TrainSpec training,
    Provenance data,
    Names names,
    Map<String, Number> measures) {

  static final String NETWORK = "network";
  static final String TRAINING = "training";
  static final String DATA = "data";
  static final String MEASURES = "measures";
  static final String NAMES_FILE = "names.txt";
  static final String LABELS_FILE = "labels.safetensors";
  static final String FREQUENCIES = "labels.frequencies";

  public ModelInfo {
    measures = new LinkedHashMap<>(measures);
  }

  /// What a model was trained on.
  ///
  /// @param name name of the data
  /// @param digest SHA-256 of its content
  /// @param examples number of training examples
  /// @param labelFrequencies training examples that have each label; owned
  public record Provenance(String name, String digest, long examples, long[] labelFrequencies) {}

  /// The same with other measures.
  public ModelInfo withMeasures(Map<String, Number> measures) {
    return new ModelInfo(network, training, data, names, measures);
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
    NetworkSpec network = SpecJson.read(directory.section(NETWORK), NetworkSpec.class);
    TrainSpec training = SpecJson.read(directory.section(TRAINING), TrainSpec.class);
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
    return new ModelInfo(
        network,
        training,
        new Provenance(
            data.path("name").asString(""),
            data.path("digest").asString(""),
            data.path("examples").asLong(0),
            frequencies),
        names,
        measures);
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
    long[] frequencies = data.labelFrequencies();
    contents.tensors(
        LABELS_FILE, List.of(Tensors.longs(FREQUENCIES, frequencies, frequencies.length)));
    if (!names.labels().isEmpty() || !names.features().isEmpty()) {
      contents.file(NAMES_FILE, FileContent.text(lines(names)));
    }
    return contents;
  }
}
