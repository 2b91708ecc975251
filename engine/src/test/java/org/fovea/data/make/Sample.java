package org.fovea.data.make;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A class whose class file [ClassFactsTest] reads.
final class Sample implements Closeable {

  enum Colour {
    RED,
    GREEN
  }

  private final List<String> pendingNames = new ArrayList<>();
  private int visitCount;

  @Deprecated
  static int parseXmlFile(String fileName, int[] sizes) throws IOException {
    if (fileName.isEmpty()) {
      throw new IOException("no such file here");
    }
    return sizes.length;
  }

  String describe(Object thing) {
    if (thing instanceof Integer) {
      visitCount++;
    }
    return ((String) thing).trim();
  }

  Function<String, String> lowering() {
    String prefix = pendingNames.get(0);
    return name -> prefix.concat(name.toLowerCase(Locale.ROOT));
  }

  Function<Object, String> printing() {
    return String::valueOf;
  }

  int quiet() {
    return visitCount;
  }

  @Override
  public void close() throws IOException {
    pendingNames.clear();
  }
}
