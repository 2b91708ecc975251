package org.fovea.model.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.fovea.MalformedDataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads a header token by token, so that a hostile one costs no more than its own length.
final class HeaderParser {

  /// What a header says.
  ///
  /// @param tensors by name, in the order of their data
  /// @param metadata texts about the file
  record Header(SequencedMap<String, TensorInfo> tensors, SequencedMap<String, String> metadata) {}

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(3)
                  .maxNumberLength(19)
                  .maxNameLength(1 << 16)
                  .build())
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .build();

  private final String file;
  private final HeaderLimits limits;
  private final long dataBegin;
  private final long fileLength;
  private final JsonParser parser;
  private final Map<String, TensorInfo> tensors = new HashMap<>();
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();

  private HeaderParser(
      String file, HeaderLimits limits, long dataBegin, long fileLength, JsonParser parser) {
    this.file = file;
    this.limits = limits;
    this.dataBegin = dataBegin;
    this.fileLength = fileLength;
    this.parser = parser;
  }

  /// Parses and checks a header that stands behind the first 8 bytes of a file.
  static Header parse(String file, HeaderLimits limits, byte[] json, long fileLength) {
    boolean utf8 = json.length > 1 && json[0] == '{' && json[1] != 0;
    if (!utf8) {
      throw new MalformedDataException(
          file, Long.BYTES, "the header does not begin with { in UTF-8");
    }
    long dataBegin = (long) Long.BYTES + json.length;
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
      HeaderParser header = new HeaderParser(file, limits, dataBegin, fileLength, parser);
      header.parseAll();
      return new Header(header.inOrder(), header.metadata);
    } catch (JacksonException e) {
      long offset = Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getByteOffset());
      throw new MalformedDataException(
          file, Long.BYTES + offset, "the header is not sound JSON: " + oneLine(e));
    }
  }

  private void parseAll() {
    parser.nextToken();
    boolean described = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.equals(Safetensors.METADATA)) {
        require(!described, "the key " + Safetensors.METADATA + " comes twice");
        described = true;
        parseMetadata();
      } else {
        parseTensor(name);
      }
    }
    require(parser.nextToken() == null, "the header goes on behind its last brace");
  }

  private void parseMetadata() {
    expect(JsonToken.START_OBJECT, Safetensors.METADATA);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      expect(JsonToken.VALUE_STRING, "a text of " + Safetensors.METADATA);
      require(
          metadata.put(key, parser.getString()) == null,
          "a key of " + Safetensors.METADATA + " comes twice");
    }
  }

  private void parseTensor(String name) {
    String problem = limits.problem(name);
    require(problem.isEmpty(), problem);
    require(!tensors.containsKey(name), "tensor " + name + " comes twice");
    require(tensors.size() < limits.tensors(), "more than " + limits.tensors() + " tensors");
    expect(JsonToken.START_OBJECT, "tensor " + name);
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      switch (key) {
        case "dtype" -> {
          require(type == null, "dtype of tensor " + name + " comes twice");
          type = type(name);
        }
        case "shape" -> {
          require(shape == null, "shape of tensor " + name + " comes twice");
          shape = numbers("shape of tensor " + name, Shapes.MAX_RANK);
        }
        case "data_offsets" -> {
          require(offsets == null, "data_offsets of tensor " + name + " come twice");
          offsets = numbers("data_offsets of tensor " + name, 2);
          require(offsets.length == 2, "data_offsets of tensor " + name + " are not two numbers");
        }
        default -> throw at("tensor " + name + " has an unknown key");
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw at("tensor " + name + " lacks dtype, shape or data_offsets");
    }
    tensors.put(name, info(name, type, shape, offsets));
  }

  private ElementType type(String name) {
    expect(JsonToken.VALUE_STRING, "dtype of tensor " + name);
    return ElementType.of(parser.getString())
        .orElseThrow(
            () -> at("tensor " + name + " has a dtype other than F32, F16, BF16, I64, I32 and U8"));
  }

  private long[] numbers(String what, int limit) {
    expect(JsonToken.START_ARRAY, what);
    long[] numbers = new long[limit];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(count < limit, what + " has more than " + limit + " numbers");
      require(
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
          what + " has something other than whole numbers");
      long number = parser.getLongValue();
      require(number >= 0, what + " has a negative number");
      numbers[count++] = number;
    }
    return Arrays.copyOf(numbers, count);
  }

  private TensorInfo info(String name, ElementType type, long[] shape, long[] offsets) {
    long bytes;
    try {
      bytes = Math.multiplyExact(Shapes.elements(name, shape), type.bytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      MalformedDataException large =
          at("tensor %s of shape %s is too large".formatted(name, Shapes.text(shape)));
      large.initCause(e);
      throw large;
    }
    require(offsets[0] <= offsets[1], "tensor " + name + " ends before it begins");
    require(
        offsets[1] - offsets[0] == bytes,
        "tensor %s of shape %s takes %d bytes, but its data_offsets span %d"
            .formatted(name, Shapes.text(shape), bytes, offsets[1] - offsets[0]));
    require(
        offsets[1] <= fileLength - dataBegin,
        "tensor %s ends at byte %d of the data, but the file has only %d"
            .formatted(name, offsets[1], fileLength - dataBegin));
    return new TensorInfo(name, type, shape, dataBegin + offsets[0], dataBegin + offsets[1]);
  }

  /// The tensors by place, once it is certain that they cover the file without overlap or hole.
  private SequencedMap<String, TensorInfo> inOrder() {
    List<TensorInfo> ordered = new ArrayList<>(tensors.values());
    ordered.sort(
        Comparator.comparingLong(TensorInfo::begin)
            .thenComparingLong(TensorInfo::end)
            .thenComparing(TensorInfo::name));
    SequencedMap<String, TensorInfo> named = LinkedHashMap.newLinkedHashMap(ordered.size());
    long end = dataBegin;
    for (TensorInfo info : ordered) {
      if (info.begin() != end) {
        throw new MalformedDataException(
            file,
            Math.min(end, info.begin()),
            info.begin() < end
                ? "tensor " + info.name() + " overlaps the one before it"
                : "no tensor covers the bytes before tensor " + info.name());
      }
      end = info.end();
      named.put(info.name(), info);
    }
    if (end != fileLength) {
      throw new MalformedDataException(
          file, end, "%d bytes behind the last tensor".formatted(fileLength - end));
    }
    return Collections.unmodifiableSequencedMap(named);
  }

  private void expect(JsonToken token, String what) {
    JsonToken came = parser.nextToken();
    if (came != token) {
      throw at(what + " is not " + kind(token));
    }
  }

  private void require(boolean condition, String reason) {
    if (!condition) {
      throw at(reason);
    }
  }

  private MalformedDataException at(String reason) {
    long offset = Math.max(0, parser.currentTokenLocation().getByteOffset());
    return new MalformedDataException(file, Long.BYTES + offset, reason);
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      default -> "a text";
    };
  }

  private static String oneLine(JacksonException e) {
    String message = e.getOriginalMessage();
    String line = message.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
