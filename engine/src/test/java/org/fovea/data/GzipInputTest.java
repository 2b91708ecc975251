package org.fovea.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class GzipInputTest {

  private static final int TRAILER_BYTES = 8;

  private static byte[] unpack(byte[] packed) throws IOException {
    return unpack(packed, 1000);
  }

  private static byte[] unpack(byte[] packed, int maximumInflation) throws IOException {
    try (InputStream input =
        new GzipInput(new ByteArrayInputStream(packed), "x.gz", maximumInflation)) {
      return input.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    Seeds.fixed(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// A member with every optional field of the header.
  private static byte[] memberWithAllFields(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length * 2 + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 31, 1, 2, 3, 4, 0, 3});
    out.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
    out.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0, 'w', 'h', 'y', 0, 7, 7});
    out.write(packed, 0, length);
    for (long value : new long[] {crc.getValue(), content.length}) {
      for (int i = 0; i < 4; i++) {
        out.write((int) (value >>> (8 * i)));
      }
    }
    return out.toByteArray();
  }

  private static void refuses(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("x.gz:" + message);
  }

  @Test
  void unpacksWhatWasPacked() throws IOException {
    for (int length : new int[] {0, 1, 1000, 100_000, 1_000_000}) {
      assertThat(unpack(TestContent.gzip(random(length)))).isEqualTo(random(length));
    }
  }

  @Test
  void unpacksByteByByte() throws IOException {
    try (InputStream input =
        new GzipInput(new ByteArrayInputStream(TestContent.gzip(random(100))), "x.gz", 100)) {
      for (byte expected : random(100)) {
        assertThat(input.read()).isEqualTo(expected & 0xff);
      }
      assertThat(input.read()).isEqualTo(-1);
      assertThat(input.read(new byte[0])).isZero();
    }
  }

  @Test
  void unpacksSeveralMembersAndIgnoresZerosBehindThem() throws IOException {
    byte[] packed =
        joined(
            TestContent.gzip(random(70_000)),
            TestContent.gzip(new byte[0]),
            memberWithAllFields(random(50)),
            new byte[40_000]);
    assertThat(unpack(packed)).isEqualTo(joined(random(70_000), random(50)));
  }

  @Test
  void refusesEveryTruncation() {
    byte[] packed = memberWithAllFields(random(300));
    for (int length = 2; length < packed.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(packed, length);
      refuses(
          () -> unpack(cut),
          "offset " + length + ": more packed bytes were expected, the end of the file came");
    }
  }

  @Test
  void refusesATruncatedSecondMember() {
    byte[] member = TestContent.gzip(random(300));
    for (int length = 2; length < member.length; length++) {
      byte[] cut = joined(member, java.util.Arrays.copyOf(member, length));
      refuses(
          () -> unpack(cut),
          "offset "
              + (member.length + length)
              + ": more packed bytes were expected, the end of the file came");
    }
  }

  /// Bits that mean nothing (time, system, filling) may be anything; the content is right or
  /// refused.
  @Test
  void neverTakesDamageForContent() throws IOException {
    byte[] packed = TestContent.gzip(random(200));
    int refused = 0;
    for (int bit = 0; bit < packed.length * 8; bit++) {
      byte[] flipped = packed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertThat(unpack(flipped)).isEqualTo(random(200));
      } catch (MalformedDataException e) {
        assertThat(e.file()).isEqualTo("x.gz");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan((packed.length - 8) * 8);
  }

  @Test
  void saysWhereTheDamageIs() {
    byte[] packed = TestContent.gzip(random(200));
    int trailer = packed.length - TRAILER_BYTES;
    refuses(
        () -> unpack(changed(packed, trailer)),
        "offset "
            + (trailer + 4)
            + ": bytes with the CRC-32 of the gzip member were expected, other bytes came");
    refuses(
        () -> unpack(changed(packed, trailer + 4)),
        "offset "
            + packed.length
            + ": 201 unpacked bytes were expected, as the gzip member says, 200 came");
    refuses(
        () -> unpack(joined(packed, "garbage".getBytes(US_ASCII))),
        "offset " + packed.length + ": a gzip member or the end was expected, other bytes came");
    refuses(
        () -> unpack(joined(packed, new byte[] {0, 0, 0x1f, 'x'})),
        "offset "
            + (packed.length + 3)
            + ": a gzip member or the end was expected, other bytes came");
    refuses(() -> unpack(changed(packed, 2)), "offset 3: gzip method 8 was expected, another came");
    byte[] reserved = packed.clone();
    reserved[3] = 32;
    refuses(() -> unpack(reserved), "offset 4: gzip flags below 32 were expected, 32 came");
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  @Test
  void stopsABombEarly() {
    byte[] bomb = TestContent.gzip(new byte[100_000_000]);
    assertThatThrownBy(() -> unpack(bomb, 100))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("at most 100 unpacked bytes for each packed one were expected, ")
        .hasMessageContaining("raise the limit on inflation if the file can be trusted");
  }

  @Test
  void stopsABombOfManyMembers() {
    byte[] member = TestContent.gzip(new byte[90_000]);
    byte[][] members = new byte[100][];
    java.util.Arrays.fill(members, member);
    assertThatThrownBy(() -> unpack(joined(members), 100))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("at most 100 unpacked bytes");
  }

  @Test
  void takesABombWhenTheLimitIsRaised() throws IOException {
    byte[] bomb = TestContent.gzip(new byte[2_000_000]);
    assertThat(unpack(bomb, 1100)).hasSize(2_000_000);
  }

  @Test
  void givesTheFirstHundredKibibytesFree() throws IOException {
    assertThat(unpack(TestContent.gzip(new byte[100 * 1024]), 100)).hasSize(100 * 1024);
    assertThatThrownBy(() -> unpack(TestContent.gzip(new byte[100 * 1024 + 1]), 100))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void knowsGzipByItsBytesAndNotByItsName() {
    byte[] text = "1 2 3\n1 1:1\n".getBytes(US_ASCII);
    for (String name : new String[] {"plain.gz", "packed.txt"}) {
      byte[] stored = name.startsWith("packed") ? TestContent.gzip(text) : text;
      XcSource source = XcSource.open(new TestContent(name, stored), DataOptions.strict());
      assertThat(TestContent.show(TestContent.readAll(source))).isEqualTo("0|1|1:1.0\n");
    }
  }
}
