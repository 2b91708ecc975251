package org.fovea.residency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.network.page.PageFormat;

/// The pages of a file that [PageFileWriter] wrote, mapped into memory: for serving.
///
/// The file may be longer than 2 GiB. Opening verifies header and directory and touches no page;
/// each page is verified whenever it is read. A page that was read is a copy, so that what was
/// verified is what is used, even if the file changes underneath.
///
/// **Threads** safe. **Cost** opening reads 24 bytes a page; a read is a copy and a checksum of the
/// page. Nothing is kept in the heap.
public final class MappedStore implements NeuronStore {

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long CHECK_BYTES = 1 << 24;
  private static final long TOUCH_BYTES = 512;

  private final String name;
  private final Arena arena;
  private final MemorySegment file;
  private final PageFileHeader header;
  private final PageFormat format;
  private final long firstPage;
  private final boolean consecutive;

  private MappedStore(String name, Arena arena, MemorySegment file, PageFileHeader header) {
    this.name = name;
    this.arena = arena;
    this.file = file;
    this.header = header;
    requireSoundDirectory();
    this.format = readFormat();
    this.firstPage = header.pages() == 0 ? 0 : pageAt(0);
    this.consecutive =
        header.pages() > 0 && pageAt(header.pages() - 1) - firstPage == header.pages() - 1;
  }

  /// Opens a page file.
  ///
  /// @param format what the caller can read
  /// @throws NeuronStoreException if it is no page file, its metadata are damaged, or it holds
  ///   something else or is of a newer version
  public static MappedStore open(Path path, PageFormat format) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      PageFileHeader header = readHeader(path, channel);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, header.length(), arena);
        MappedStore store = new MappedStore(path.toString(), arena, file, header);
        format.requireReadable(path.toString(), store.format());
        return store;
      } catch (IOException | RuntimeException e) {
        arena.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new NeuronStoreException(path + ": there is no such page file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static PageFileHeader readHeader(Path path, FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PageFileHeader.BYTES);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes, bytes.position());
    }
    if (bytes.hasRemaining()) {
      throw new NeuronStoreException(path + ": this is no page file of Fovea");
    }
    return PageFileHeader.decoded(path.toString(), bytes, channel.size());
  }

  private void requireSoundDirectory() {
    CRC32C checksum = new CRC32C();
    try {
      for (long at = header.directory(); at < header.length(); at += CHECK_BYTES) {
        long length = Math.min(CHECK_BYTES, header.length() - at);
        checksum.update(file.asSlice(at, length).asByteBuffer());
      }
    } catch (InternalError e) {
      throw shortened(e);
    }
    if ((int) checksum.getValue() != header.directoryChecksum()) {
      throw new NeuronStoreException(name + ": the metadata of the page file are damaged");
    }
    for (long place = 0; place < header.pages(); place++) {
      boolean within =
          lengthAt(place) >= 0
              && lengthAt(place) <= MAX_PAGE_BYTES
              && offsetAt(place) >= PageFileHeader.BYTES
              && offsetAt(place) <= header.directory() - lengthAt(place);
      if (!within || (place > 0 && pageAt(place - 1) >= pageAt(place))) {
        throw new NeuronStoreException(
            name + ": the directory of the page file contradicts itself");
      }
    }
  }

  private NeuronStoreException shortened(InternalError cause) {
    return new NeuronStoreException(name + ": the page file became shorter", cause);
  }

  private PageFormat readFormat() {
    byte[] text = tail(entriesEnd(), header.nameLength());
    try {
      return new PageFormat(new String(text, StandardCharsets.US_ASCII), header.contentVersion());
    } catch (IllegalArgumentException e) {
      throw new NeuronStoreException(name + ": the page file holds pages of no known kind", e);
    }
  }

  private long entriesEnd() {
    return header.directory() + header.pages() * PageFileHeader.ENTRY_BYTES;
  }

  private byte[] tail(long from, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, from, bytes, 0, length);
    return bytes;
  }

  private long pageAt(long place) {
    return file.get(LONG, header.directory() + 8 * place);
  }

  private long offsetAt(long place) {
    return file.get(LONG, header.directory() + 8 * (header.pages() + place));
  }

  private int lengthAt(long place) {
    return file.get(INT, header.directory() + 16 * header.pages() + 4 * place);
  }

  private int checksumAt(long place) {
    return file.get(INT, header.directory() + 20 * header.pages() + 4 * place);
  }

  /// Where the directory has a page; negative if it has not.
  private long placeOf(long page) {
    if (consecutive) {
      long place = page - firstPage;
      return place >= 0 && place < header.pages() ? place : -1;
    }
    long low = 0;
    long high = header.pages() - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long found = pageAt(middle);
      if (found == page) {
        return middle;
      }
      if (found < page) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageFormat format() {
    return format;
  }

  private void requireOpen() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(name + ": the store is closed");
    }
  }

  @Override
  public byte[] metadata() {
    requireOpen();
    return tail(entriesEnd() + header.nameLength(), header.metadataLength());
  }

  @Override
  public boolean read(long page, PageBuffer target) {
    requireOpen();
    target.resize(0);
    try {
      long place = placeOf(page);
      if (place < 0) {
        return false;
      }
      int length = lengthAt(place);
      if (length < 0 || length > MAX_PAGE_BYTES) {
        throw new DamagedPageException(name, page, "its length is wrong");
      }
      target.resize(length);
      byte[] bytes = target.bytes();
      MemorySegment.copy(file, ValueLayout.JAVA_BYTE, offsetAt(place), bytes, 0, length);
      if (PageChecksum.of(page, bytes, 0, length) != checksumAt(place)) {
        target.resize(0);
        throw new DamagedPageException(name, page, "its checksum does not fit");
      }
      return true;
    } catch (InternalError e) {
      // how the virtual machine tells that a mapped file has lost its end
      throw new DamagedPageException(name, page, "the file became shorter").because(e);
    } catch (IndexOutOfBoundsException e) {
      throw new DamagedPageException(name, page, "its place is wrong").because(e);
    }
  }

  @Override
  public int touch(long page) {
    requireOpen();
    int some = 0;
    try {
      long place = placeOf(page);
      if (place >= 0) {
        long end = offsetAt(place) + Math.min(lengthAt(place), MAX_PAGE_BYTES);
        for (long at = offsetAt(place); at < end; at += TOUCH_BYTES) {
          some += file.get(ValueLayout.JAVA_BYTE, at);
        }
      }
    } catch (InternalError | IndexOutOfBoundsException _) {
      // told when the page is read
    }
    return some;
  }

  @Override
  public void forEachPage(LongConsumer action) {
    requireOpen();
    for (long place = 0; place < header.pages(); place++) {
      action.accept(pageAt(place));
    }
  }

  /// What tells a page file from others, whatever their names are.
  ///
  /// @param bytes length of the file
  /// @param checksum CRC-32C of its directory, which has the checksums of all pages
  public record Identity(long bytes, int checksum) {}

  /// What tells this file from others.
  public Identity identity() {
    return new Identity(header.length(), header.directoryChecksum());
  }

  /// Number of pages.
  public long pageCount() {
    return header.pages();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
