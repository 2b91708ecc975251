package org.fovea.bench.run;

import java.nio.file.Path;
import java.util.List;

/// A group of measurements that answer one question.
public interface Suite {

  /// What it is called on the command line.
  String name();

  /// The question, as a heading.
  String title();

  /// The measurements, in the order in which they are to be done.
  List<Cell> cells(Settings settings);

  /// Does one measurement; called in a process of its own.
  ///
  /// @throws SkippedException if it cannot be done here
  void measure(Work work) throws Exception;

  /// Tables and what is to be read from them, in Markdown, of the cells measured so far.
  String render(List<Row> rows);

  /// Draws pictures of the cells measured so far.
  ///
  /// @param folder where they go
  default void draw(List<Row> rows, Path folder) {}
}
