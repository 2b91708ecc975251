/// How a suite of measurements is run: every cell in a process of its own, one after another, each
/// result kept as soon as it is there.
///
/// A suite is a list of cells. A cell is measured by a fresh JVM, so that no measurement warms up,
/// fills or fragments the next; its result is one line of JSON in the folder of results, and a cell
/// that has its line is not measured again. Tables and pictures are drawn from the lines alone.
///
/// **Threads** confined.
///
/// Start reading at [Suite], then [SuiteRun].
@NullMarked
package org.fovea.bench.run;

import org.jspecify.annotations.NullMarked;
