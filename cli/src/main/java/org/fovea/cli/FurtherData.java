package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.data.CsvSource;
import org.fovea.data.DataOptions;
import org.fovea.data.ExampleSource;
import org.fovea.data.Names;
import org.fovea.data.Numbering;
import org.fovea.data.TableSchema;
import org.fovea.data.XcSource;
import org.fovea.model.DataReading;
import org.fovea.model.DataReading.Format;
import org.fovea.model.ModelInfo;

/// Data to go on with: read as a model's training data was, with features and labels that the model
/// does not have after those that it has.
final class FurtherData {

  private final ModelInfo model;
  private final DataSettings settings;

  /// @param settings as the user says, without the model
  FurtherData(ModelInfo model, DataSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /// Opens the training data.
  ///
  /// @param others whose features and labels count as well, unless they are tables
  /// @throws CommandException if they are not the kind of data that the model was trained on
  ExampleSource open(Path file, List<Path> others, Console console) {
    boolean isTable = console.inputs().isTable(file, settings.options());
    Format trained = model.data().reading().format();
    if (trained != Format.UNKNOWN && isTable != model.table().isPresent()) {
      throw another(file, isTable ? "a table" : "something else");
    }
    if (model.table().isPresent()) {
      return table(model.table().get(), file, console);
    }
    DataSettings read = numbered();
    if (model.classes().isPresent()) {
      read = read.withClasses(together(model.classes().get(), file, read, console));
    }
    ExampleSource source = console.inputs().open(file, read.options());
    require(file, source);
    int features = Math.max(model.network().input().features(), source.featureCount());
    int labels = Math.max(model.network().output().labels(), source.labelCount());
    for (Path other : others) {
      ExampleSource more = console.inputs().open(other, read.options());
      features = Math.max(features, more.featureCount());
      labels = Math.max(labels, more.labelCount());
    }
    return read.withCounts(features, labels).open(file, console);
  }

  /// Classes of a model and, after them, those of libsvm text that it does not have; equal numbers
  /// are one class.
  private static List<String> together(
      List<String> known, Path file, DataSettings read, Console console) {
    List<String> all = new ArrayList<>(known);
    if (console.inputs().open(file, read.options()) instanceof XcSource text) {
      for (String found : text.classes().orElse(List.of())) {
        if (all.stream().noneMatch(one -> Float.parseFloat(one) == Float.parseFloat(found))) {
          all.add(found);
        }
      }
    }
    return all;
  }

  /// With the numbering of the model's data, unless the user says otherwise.
  private DataSettings numbered() {
    Numbering trained = model.data().reading().numbering();
    boolean says = settings.options().numbering() != Numbering.AUTO;
    if (says || trained == Numbering.AUTO) {
      return says || model.data().reading().format() != Format.XC
          ? settings
          : settings.withNumbering(Numbering.FROM_ZERO);
    }
    return settings.withNumbering(trained);
  }

  private void require(Path file, ExampleSource source) {
    Format trained = model.data().reading().format();
    Format came = DataReading.of(source).format();
    // text with a header counts features from 0
    boolean alike =
        trained == came
            || (isText(trained)
                && isText(came)
                && model.data().reading().numbering() != Numbering.FROM_ONE);
    if (trained != Format.UNKNOWN && !alike) {
      throw another(file, named(came));
    }
    int features = model.network().input().features();
    if (!(source instanceof XcSource) && source.featureCount() != features) {
      throw new CommandException(
          "%s: images of %s values were expected, which the model was trained on, of %s came"
              .formatted(file, features, source.featureCount()));
    }
  }

  private CommandException another(Path file, String came) {
    return new CommandException(
        "%s: %s was expected, which the model was trained on, %s came"
            .formatted(file, named(model.data().reading().format()), came));
  }

  private static boolean isText(Format format) {
    return format == Format.XC || format == Format.LIBSVM;
  }

  private static String named(Format format) {
    return switch (format) {
      case XC -> "text with a header, whose features are numbered from 0,";
      case LIBSVM -> "libsvm text";
      case LIBSVM_CLASSES -> "libsvm text with classes";
      case IDX, CIFAR -> format.name() + " images";
      case CSV -> "a table";
      case UNKNOWN -> format.name().toLowerCase(Locale.ROOT);
    };
  }

  /// The columns are the model's; classes that it does not have are found first.
  private ExampleSource table(TableSchema known, Path file, Console console) {
    TableSchema schema = known.withClasses(classes(known, file, console));
    return settings.withSchema(schema).open(file, console);
  }

  private List<String> classes(TableSchema known, Path file, Console console) {
    String column = known.labelName().orElse(String.valueOf(known.labelColumn() + 1));
    DataOptions options = settings.options();
    if (options.table().label().isEmpty()) {
      options = settings.withTable(known.hasHeader(), column).options();
    }
    return console.inputs().open(file, options) instanceof CsvSource table
        ? table.schema().classes()
        : List.of();
  }

  /// Names of a model and, after them, of its data.
  ///
  /// @param found names of the data
  /// @throws CommandException if the same is called otherwise
  static Names names(Optional<ModelInfo> model, Names found, Path file) {
    if (model.isEmpty()) {
      return found;
    }
    Names known = model.get().names();
    return new Names(
        together("label", known.labels(), found.labels(), file),
        together("feature", known.features(), found.features(), file));
  }

  private static List<String> together(
      String what, List<String> known, List<String> found, Path file) {
    int common = Math.min(known.size(), found.size());
    for (int i = 0; i < common; i++) {
      if (!known.get(i).equals(found.get(i))) {
        throw new CommandException(
            "%s: %s %s is called '%s', but '%s' in the model that training goes on with"
                .formatted(file, what, i, OneLine.of(found.get(i)), OneLine.of(known.get(i))));
      }
    }
    return found.size() > known.size() ? found : known;
  }
}
