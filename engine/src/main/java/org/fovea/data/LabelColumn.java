package org.fovea.data;

import java.util.ArrayList;
import java.util.List;

/// Which column of a table has the classes, and why.
///
/// @param column its position, counted from 0
/// @param reason why it was chosen, and what else competed
/// @param named whether somebody asked for it or its name says so
record LabelColumn(int column, String reason, boolean named) {

  /// Whole numbers of which there are no more are classes rather than measurements.
  private static final int FEW = 100;

  private static final int SHOWN = 3;

  /// By its name, if it has one that says so: of several the most specific.
  static List<LabelColumn> byName(CsvHead head) {
    List<Integer> found = new ArrayList<>();
    for (String name : CsvHead.LABELS) {
      for (int column = 0; head.hasHeader() && column < head.first().size(); column++) {
        if (head.first().get(column).equalsIgnoreCase(name)) {
          found.add(column);
        }
      }
    }
    if (found.isEmpty()) {
      return List.of();
    }
    int first = found.getFirst();
    String reason = "by its name";
    if (found.size() > 1) {
      List<String> others = found.stream().skip(1).map(head::column).toList();
      boolean same = head.first().get(found.get(1)).equalsIgnoreCase(head.first().get(first));
      reason +=
          "; %s competed, but %s"
              .formatted(
                  String.join(", ", others),
                  same ? "it comes first" : head.column(first) + " is more specific");
    }
    return List.of(new LabelColumn(first, reason, true));
  }

  /// By what the rows hold: texts that come again, or the last column, or the first where that has
  /// whole numbers and the last has not.
  static LabelColumn byContent(CsvHead head, TableSurvey survey) {
    int last = head.first().size() - 1;
    List<Integer> texts = new ArrayList<>();
    List<Integer> repeating = new ArrayList<>();
    for (int column = 0; column <= last; column++) {
      if (isText(survey.column(column))) {
        texts.add(column);
        if (repeats(survey, column)) {
          repeating.add(column);
        }
      }
    }
    if (texts.isEmpty()) {
      boolean isFirst = isWhole(survey, 0) && !isWhole(survey, last);
      return isFirst
          ? new LabelColumn(0, "the first has whole numbers, the last has not", false)
          : new LabelColumn(last, "the last one", false);
    }
    int only = texts.getFirst();
    if (texts.size() == 1) {
      if (only != last && !repeats(survey, only) && looksLikeClasses(survey, last)) {
        String reason =
            "the last one; %s is the only one with text, which hardly comes again"
                .formatted(head.column(only));
        return new LabelColumn(last, reason, false);
      }
      return new LabelColumn(only, only == last ? "the last one" : "the only one with text", false);
    }
    return amongTexts(head, survey, texts, repeating);
  }

  private static LabelColumn amongTexts(
      CsvHead head, TableSurvey survey, List<Integer> texts, List<Integer> repeating) {
    int last = head.first().size() - 1;
    String have = " of %s with text".formatted(texts.size());
    int chosen = last;
    String reason = "the last one";
    if (texts.contains(last) || looksLikeClasses(survey, last)) {
      have = "";
    } else if (repeating.size() == 1) {
      chosen = repeating.getFirst();
      reason = "the only one" + have + " that comes again";
      have = "";
    } else if (!repeating.isEmpty()) {
      chosen = repeating.contains(0) ? 0 : repeating.getLast();
      reason = chosen == 0 ? "the first" : "the last";
    }
    final int column = chosen;
    List<String> others =
        texts.stream().filter(text -> text != column).limit(SHOWN).map(head::column).toList();
    return new LabelColumn(
        chosen,
        "%s%s; %s%s competed: --label NAME decides"
            .formatted(
                reason, have, String.join(", ", others), texts.size() > SHOWN + 1 ? ", ..." : ""),
        false);
  }

  private static boolean isText(ColumnSurvey column) {
    boolean moments = false;
    for (TimeFormat format : TimeFormat.values()) {
      moments |= 2 * column.momentCount(format) > column.presentCount();
    }
    return column.textCount() > 0 && 2 * column.textCount() > column.presentCount() && !moments;
  }

  private static boolean isWhole(TableSurvey survey, int column) {
    return survey.column(column).numbers().isWhole();
  }

  /// Whether a text comes twice on average.
  private static boolean repeats(TableSurvey survey, int column) {
    ColumnSurvey values = survey.column(column);
    return values.texts().count() < ColumnSurvey.MOST_TEXTS
        && 2L * values.texts().count() <= values.presentCount();
  }

  private static boolean looksLikeClasses(TableSurvey survey, int column) {
    return isWhole(survey, column)
        && survey.column(column).keepsTexts()
        && survey.column(column).texts().count() <= FEW
        && repeats(survey, column);
  }
}
