package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import org.fovea.text.Documents;

/// Keeps the first documents of a text, to show them; never more than a page can hold.
///
/// **Threads** confined.
final class MarkedDocuments {

  /// The most documents that a page shows.
  static final int MOST_DOCUMENTS = 200;

  /// What a document is cut off after, in UTF-16 units.
  static final int LONGEST = 20_000;

  private static final int MOST_LETTERS = 2_000_000;

  private final List<String> texts = new ArrayList<>();
  private final boolean wanted;
  private int letters;

  /// @param wanted whether anything is to be kept at all
  MarkedDocuments(boolean wanted) {
    this.wanted = wanted;
  }

  /// Keeps what there is room for.
  void read(Documents documents) {
    boolean later = documents.isPart() && documents.offset() > 0;
    for (int d = 0; wanted && !later && d < documents.count(); d++) {
      if (texts.size() == MOST_DOCUMENTS || letters > MOST_LETTERS) {
        return;
      }
      int length = Math.min(documents.length(d), LONGEST);
      String text = new String(documents.text(), documents.start(d), length);
      boolean cut = length < documents.length(d);
      if (cut && Character.isHighSurrogate(text.charAt(length - 1))) {
        text = text.substring(0, length - 1);
      }
      texts.add(text);
      letters += length;
    }
  }

  /// The documents that were kept.
  List<String> texts() {
    return texts;
  }
}
