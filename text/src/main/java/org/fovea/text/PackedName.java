package org.fovea.text;

import java.nio.charset.StandardCharsets;
import org.fovea.residency.spool.RecordSorter;

/// A name among the numbers of a record: how many bytes of UTF-8 it has, then four of them in each
/// number.
final class PackedName {

  private static final int LOW = 0xff;

  private PackedName() {}

  /// How many numbers a name of so many bytes takes.
  static int length(int bytes) {
    return 1 + (bytes + 3) / 4;
  }

  static void append(byte[] name, Ints to) {
    to.add(name.length);
    for (int at = 0; at < name.length; at += 4) {
      int four = 0;
      for (int i = at; i < at + 4; i++) {
        four = (four << Byte.SIZE) | (i < name.length ? name[i] & LOW : 0);
      }
      to.add(four);
    }
  }

  /// One of four bytes.
  static byte part(int four, int index) {
    return (byte) (four >>> (Byte.SIZE * (3 - index)));
  }

  /// The name that begins at a number of a record.
  static String read(RecordSorter.Cursor record, int at) {
    byte[] name = new byte[record.get(at)];
    for (int i = 0; i < name.length; i++) {
      name[i] = part(record.get(at + 1 + i / 4), i % 4);
    }
    return new String(name, StandardCharsets.UTF_8);
  }
}
