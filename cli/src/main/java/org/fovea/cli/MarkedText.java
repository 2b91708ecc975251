package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.fovea.text.Annotator;

/// A text with its matches, cut where one begins or ends, so that they may lie over each other.
///
/// @param annotator has read the text
/// @param number of a category
record MarkedText(Annotator annotator, ToIntFunction<String> number) {

  /// More lines under one piece of text cannot be told apart.
  private static final int MOST_LINES = 5;

  /// A match.
  private record Mark(int begin, int end, int category, String says) {}

  /// Appends the text as HTML.
  void append(String text, StringBuilder page) {
    List<Mark> marks = marks();
    TreeSet<Integer> borders = new TreeSet<>();
    borders.add(0);
    borders.add(text.length());
    for (Mark mark : marks) {
      borders.add(mark.begin());
      borders.add(mark.end());
    }
    int next = 0;
    int from = 0;
    List<Mark> open = new ArrayList<>();
    for (int border : borders) {
      if (border > from) {
        piece(text.substring(from, border), open, page);
        from = border;
      }
      int at = border;
      open.removeIf(mark -> mark.end() <= at);
      while (next < marks.size() && marks.get(next).begin() <= border) {
        open.add(marks.get(next++));
      }
    }
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      String category = annotator.category(match);
      String value = annotator.value(match) == 1 ? "" : " (" + annotator.value(match) + ")";
      marks.add(
          new Mark(
              (int) annotator.begin(match),
              (int) annotator.end(match),
              number.applyAsInt(category),
              annotator.pattern(match) + (category.isEmpty() ? "" : " · " + category) + value));
    }
    return marks;
  }

  private static void piece(String text, List<Mark> open, StringBuilder page) {
    if (open.isEmpty()) {
      page.append(AnnotatedPage.escaped(text));
      return;
    }
    List<String> says = open.stream().map(Mark::says).toList();
    page.append("<mark title=\"").append(AnnotatedPage.escaped(says.getFirst()));
    says.stream().skip(1).forEach(line -> page.append("&#10;").append(AnnotatedPage.escaped(line)));
    page.append("\">");
    List<Integer> categories = open.stream().map(Mark::category).distinct().toList();
    int lines = Math.min(categories.size(), MOST_LINES);
    for (int line = 0; line < lines; line++) {
      page.append("<u class=\"c").append(categories.get(line)).append("\">");
    }
    page.append(AnnotatedPage.escaped(text)).append("</u>".repeat(lines)).append("</mark>");
  }
}
