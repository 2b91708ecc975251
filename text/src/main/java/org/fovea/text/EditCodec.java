package org.fovea.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fovea.MalformedDataException;

/// Edits as bytes: a count, then for each a letter and its fields; texts are UTF-8 behind their
/// length.
final class EditCodec {

  private static final int ADD = 'a';
  private static final int REMOVE = 'r';
  private static final int RULES = 'l';

  private EditCodec() {}

  static byte[] encode(List<PatternEdit> edits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(edits.size());
      for (PatternEdit edit : edits) {
        switch (edit) {
          case PatternEdit.Add(String pattern, String category, float weight) -> {
            out.writeByte(ADD);
            text(pattern, out);
            text(category, out);
            out.writeFloat(weight);
          }
          case PatternEdit.Remove(String pattern, String category) -> {
            out.writeByte(REMOVE);
            text(pattern, out);
            text(category, out);
          }
          case PatternEdit.AddRules(String rules, String file) -> {
            out.writeByte(RULES);
            text(rules, out);
            text(file, out);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// @param file what messages call the log
  /// @throws MalformedDataException if the bytes are no edits
  static List<PatternEdit> decode(byte[] bytes, String file) {
    List<PatternEdit> edits = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int kind = in.readByte();
        String first = text(in);
        String second = text(in);
        edits.add(
            switch (kind) {
              case ADD -> new PatternEdit.Add(first, second, in.readFloat());
              case REMOVE -> new PatternEdit.Remove(first, second);
              case RULES -> new PatternEdit.AddRules(first, second);
              default -> throw new IOException("an edit of kind " + kind);
            });
      }
      if (in.available() > 0) {
        throw new IOException("bytes behind the last edit");
      }
      return edits;
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedDataException(
              file, 0, "edits were expected, something else came: " + e.getMessage())
          .because(e);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of %s bytes".formatted(length));
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
