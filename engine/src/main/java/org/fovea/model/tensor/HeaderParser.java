package org.fovea.model.tensor;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.fovea.MalformedDataException;
import org.jspecify.annotations.Nullable;
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

  /// What is wrong with the header, before its place is known in bytes.
  private static final class Refused extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final long characters;

    Refused(String reason, long characters) {
      super(reason);
      this.characters = characters;
    }
  }

  private static final int MESSAGE_LIMIT = 200;

  /// The parser for bytes takes more than UTF-8, so the text is checked and then read as
  /// characters.
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

  private final HeaderLimits limits;
  private final long dataBegin;
  private final long dataLength;
  private final JsonParser parser;
  private final SequencedMap<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();

  /// What messages are about: a tensor, the metadata, or the header as a whole.
  private String subject = "";

  private HeaderParser(HeaderLimits limits, long dataBegin, long dataLength, JsonParser parser) {
    this.limits = limits;
    this.dataBegin = dataBegin;
    this.dataLength = dataLength;
    this.parser = parser;
  }

  /// Parses and checks a header that stands behind the first 8 bytes of a file.
  static Header parse(String file, HeaderLimits limits, byte[] json, long fileLength) {
    if (json.length == 0 || json[0] != '{') {
      throw new MalformedDataException(file, Long.BYTES, "the header does not begin with {");
    }
    int malformed = Utf8.firstMalformed(json);
    if (malformed >= 0) {
      throw new MalformedDataException(file, Long.BYTES + malformed, "the header is not UTF-8");
    }
    long dataBegin = (long) Long.BYTES + json.length;
    Reader text = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      HeaderParser header = new HeaderParser(limits, dataBegin, fileLength - dataBegin, parser);
      header.parseAll();
      return new Header(
          header.inOrder(file), Collections.unmodifiableSequencedMap(header.metadata));
    } catch (Refused e) {
      throw placed(file, json, e.characters, String.valueOf(e.getMessage()), e);
    } catch (JacksonException e) {
      long characters = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      throw placed(file, json, characters, "the header is not sound JSON: " + oneLine(e), e);
    }
  }

  private static MalformedDataException placed(
      String file, byte[] json, long characters, String reason, Exception cause) {
    MalformedDataException malformed =
        new MalformedDataException(file, Long.BYTES + Utf8.offset(json, characters), reason);
    malformed.initCause(cause);
    return malformed;
  }

  private void parseAll() {
    parser.nextToken();
    boolean described = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.equals(Safetensors.METADATA)) {
        require(!described, "the key __metadata__ comes twice");
        described = true;
        parseMetadata();
      } else {
        parseTensor(name);
      }
      subject = "";
    }
    require(parser.nextToken() == null, "the header goes on behind its last brace");
  }

  private void parseMetadata() {
    subject = Safetensors.METADATA;
    expect(JsonToken.START_OBJECT, "expected an object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      expect(JsonToken.VALUE_STRING, "expected a text");
      require(metadata.put(key, parser.getString()) == null, "a key comes twice");
    }
  }

  private void parseTensor(String name) {
    String problem = limits.problem(name);
    require(problem.isEmpty(), problem);
    require(tensors.size() < limits.tensors(), "there are too many tensors");
    subject = name;
    require(!tensors.containsKey(name), "it comes twice");
    expect(JsonToken.START_OBJECT, "expected an object");
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      switch (key) {
        case "dtype" -> {
          require(type == null, "dtype comes twice");
          type = type();
        }
        case "shape" -> {
          require(shape == null, "shape comes twice");
          shape = numbers(Shapes.MAX_RANK, "shape has too many dimensions");
        }
        case "data_offsets" -> {
          require(offsets == null, "data_offsets comes twice");
          offsets = numbers(2, "data_offsets has more than two numbers");
          require(offsets.length == 2, "data_offsets has less than two numbers");
        }
        default -> throw at("it has an unknown key");
      }
    }
    tensors.put(name, info(name, type, shape, offsets));
  }

  private ElementType type() {
    expect(JsonToken.VALUE_STRING, "dtype is not a text");
    return ElementType.of(parser.getString())
        .orElseThrow(() -> at("dtype is not one of F32, F16, BF16, I64, I32, U8"));
  }

  private long[] numbers(int limit, String tooMany) {
    expect(JsonToken.START_ARRAY, "expected a list of numbers");
    long[] numbers = new long[Math.min(limit, 4)];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(count < limit, tooMany);
      require(
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "expected a list of whole numbers");
      long number = parser.getLongValue();
      require(number >= 0, "a number is negative");
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = number;
    }
    return Arrays.copyOf(numbers, count);
  }

  private TensorInfo info(
      String name, @Nullable ElementType type, long @Nullable [] shape, long @Nullable [] offsets) {
    if (type == null || shape == null || offsets == null) {
      throw at("it lacks dtype, shape or data_offsets");
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(Shapes.elements(name, shape), type.bytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      Refused large = at("the shape " + Shapes.text(shape) + " is too large");
      large.initCause(e);
      throw large;
    }
    require(offsets[0] <= offsets[1], "it ends before it begins");
    if (offsets[1] - offsets[0] != bytes) {
      throw at(
          "the shape %s takes %s bytes, but data_offsets span %s"
              .formatted(Shapes.text(shape), bytes, offsets[1] - offsets[0]));
    }
    if (offsets[1] > dataLength) {
      throw at(
          "it ends at byte %s of the data, but the file has only %s"
              .formatted(offsets[1], dataLength));
    }
    return new TensorInfo(name, type, shape, dataBegin + offsets[0], dataBegin + offsets[1]);
  }

  /// The tensors by place, once it is certain that they cover the file without overlap or hole.
  private SequencedMap<String, TensorInfo> inOrder(String file) {
    List<TensorInfo> ordered = new ArrayList<>(tensors.values());
    ordered.sort(
        Comparator.comparingLong(TensorInfo::begin)
            .thenComparingLong(TensorInfo::end)
            .thenComparing(TensorInfo::name));
    long end = dataBegin;
    for (TensorInfo info : ordered) {
      if (info.begin() < end) {
        throw new MalformedDataException(
            file, info.begin(), "tensor " + info.name() + " overlaps the one before it");
      }
      if (info.begin() > end) {
        throw new MalformedDataException(
            file, end, "no tensor covers the bytes before tensor " + info.name());
      }
      end = info.end();
    }
    if (end != dataBegin + dataLength) {
      throw new MalformedDataException(
          file, end, "%s bytes behind the last tensor".formatted(dataBegin + dataLength - end));
    }
    tensors.clear();
    ordered.forEach(info -> tensors.put(info.name(), info));
    return Collections.unmodifiableSequencedMap(tensors);
  }

  private void expect(JsonToken token, String reason) {
    require(parser.nextToken() == token, reason);
  }

  private void require(boolean condition, String reason) {
    if (!condition) {
      throw at(reason);
    }
  }

  private Refused at(String reason) {
    String about =
        subject.isEmpty() || subject.equals(Safetensors.METADATA) ? subject : "tensor " + subject;
    return new Refused(
        about.isEmpty() ? reason : about + ": " + reason,
        parser.currentTokenLocation().getCharOffset());
  }

  private static String oneLine(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return line.length() <= MESSAGE_LIMIT ? line : line.substring(0, MESSAGE_LIMIT) + "...";
  }
}
