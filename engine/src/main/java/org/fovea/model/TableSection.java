package org.fovea.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.fovea.data.Names;
import org.fovea.data.NumberFit;
import org.fovea.data.TableColumn;
import org.fovea.data.TableSchema;
import org.fovea.data.TimeFormat;
import org.fovea.spec.NetworkSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The columns of a table in the section `data` of `model.json`.
///
/// A column of numbers that are taken as they are is its mean, under the name of its feature; every
/// other column is an object. Models of the first version have no columns: all are numbers, whose
/// means nobody knows.
final class TableSection {

  private static final String COLUMNS = "columns";
  private static final String CLASSES = "classes";
  private static final String DECIMAL = "decimal-comma";
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String MISSING = "missing";
  private static final String VALUES = "values";
  private static final String FORMAT = "format";
  private static final String PARTS = "parts";
  private static final String OFFSET = "offset";
  private static final String SCALE = "scale";
  private static final String MEAN = "mean";

  private TableSection() {}

  /// Adds the columns, and the classes if they are not in one line each, as names are.
  static void write(ObjectNode section, TableSchema schema) {
    if (schema.decimalComma()) {
      section.put(DECIMAL, true);
    }
    ArrayNode columns = section.putArray(COLUMNS);
    schema.columns().forEach(column -> write(columns, column));
    boolean plain = schema.classes().stream().allMatch(TableSection::isOneLine);
    if (!plain) {
      ArrayNode classes = section.putArray(CLASSES);
      schema.classes().forEach(classes::add);
    }
  }

  private static boolean isOneLine(String text) {
    return TableSchema.oneLine(text).equals(text);
  }

  private static void write(ArrayNode columns, TableColumn column) {
    switch (column) {
      case TableColumn.Numeric(String name, NumberFit fit, boolean flagged)
          when fit.isPlain() && !flagged && fit.mean().isPresent() && isOneLine(name) ->
          columns.add(fit.mean().getAsDouble());
      case TableColumn.Numeric(String name, NumberFit fit, boolean flagged) ->
          write(object(columns, "numbers", name, flagged), fit);
      case TableColumn.Category(String name, List<String> values, boolean flagged) -> {
        ArrayNode texts = object(columns, "texts", name, flagged).putArray(VALUES);
        values.forEach(texts::add);
      }
      case TableColumn.Moment(
              String name,
              TimeFormat format,
              List<NumberFit> parts,
              boolean flagged) -> {
        ObjectNode object = object(columns, "moments", name, flagged);
        object.put(FORMAT, format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        ArrayNode fits = object.putArray(PARTS);
        parts.forEach(part -> write(fits.addObject(), part));
      }
      case TableColumn.Weight(String name) -> object(columns, "weight", name, false);
      case TableColumn.LeftOut(String name) -> object(columns, "left-out", name, false);
    }
  }

  private static ObjectNode object(ArrayNode columns, String kind, String name, boolean flagged) {
    ObjectNode object = columns.addObject();
    object.put(KIND, kind).put(NAME, name);
    if (flagged) {
      object.put(MISSING, true);
    }
    return object;
  }

  private static void write(ObjectNode object, NumberFit fit) {
    object.put(OFFSET, fit.offset()).put(SCALE, fit.scale());
    fit.mean().ifPresent(mean -> object.put(MEAN, mean));
  }

  /// What the section tells.
  ///
  /// @throws IllegalArgumentException naming the key, if it tells something else, or if columns and
  ///   classes do not fit the network
  static TableSchema read(JsonNode data, DataReading reading, NetworkSpec network, Names names) {
    int features = network.input().features();
    boolean named = reading.labelName().isPresent();
    if (!data.has(COLUMNS)) {
      List<String> called = named ? names.features() : List.of();
      require(reading.labelColumn() <= features && (!named || called.size() == features));
      requireClasses(names.labels(), network);
      return TableSchema.plain(
          reading.labelColumn(), reading.labelName(), features, called, names.labels());
    }
    List<TableColumn> columns = new ArrayList<>();
    int feature = 0;
    for (JsonNode node : data.path(COLUMNS)) {
      String called =
          named && feature < names.features().size() ? names.features().get(feature) : "";
      TableColumn column = column(node, called);
      columns.add(column);
      feature = Math.addExact(feature, column.featureCount());
    }
    List<String> classes = data.has(CLASSES) ? texts(data.path(CLASSES)) : names.labels();
    requireClasses(classes, network);
    require(feature == features && reading.labelColumn() <= columns.size());
    boolean comma = data.path(DECIMAL).asBoolean(false);
    return new TableSchema(reading.labelColumn(), reading.labelName(), columns, classes, comma);
  }

  private static void requireClasses(List<String> classes, NetworkSpec network) {
    require(classes.size() == network.output().labels());
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(
          "data: the columns and classes of a table do not fit the network");
    }
  }

  private static TableColumn column(JsonNode node, String called) {
    if (node.isNumber()) {
      NumberFit fit = new NumberFit(0, 1, OptionalDouble.of(node.doubleValue()));
      return new TableColumn.Numeric(called, fit, false);
    }
    String name = node.path(NAME).asString("");
    boolean flagged = node.path(MISSING).asBoolean(false);
    return switch (node.path(KIND).asString("")) {
      case "numbers" -> new TableColumn.Numeric(name, fit(node), flagged);
      case "texts" -> new TableColumn.Category(name, texts(node.path(VALUES)), flagged);
      case "weight" -> new TableColumn.Weight(name);
      case "left-out" -> new TableColumn.LeftOut(name);
      case "moments" -> {
        List<NumberFit> parts = new ArrayList<>();
        node.path(PARTS).forEach(part -> parts.add(fit(part)));
        yield new TableColumn.Moment(name, format(node.path(FORMAT)), parts, flagged);
      }
      default ->
          throw new IllegalArgumentException(
              "data.columns: numbers, texts, moments, weight or left-out was expected");
    };
  }

  private static TimeFormat format(JsonNode node) {
    String name = node.asString("");
    for (TimeFormat format : TimeFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "data.columns.format: year-first, day-first, month-first or time was expected");
  }

  private static NumberFit fit(JsonNode node) {
    OptionalDouble mean =
        node.has(MEAN) ? OptionalDouble.of(node.path(MEAN).asDouble(0)) : OptionalDouble.empty();
    return new NumberFit(node.path(OFFSET).asDouble(0), node.path(SCALE).asDouble(0), mean);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
