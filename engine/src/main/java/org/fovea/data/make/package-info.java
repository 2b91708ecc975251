/// Data sets that are made, not downloaded: there is always something real to train on.
///
/// **What** [org.fovea.data.make.JdkCalls] reads the methods of the running JDK and which methods
/// they call; [org.fovea.data.make.WordsInContext] reads words and their neighbours from any text;
/// [org.fovea.data.make.SyntheticExtreme] draws learnable data of any size;
/// [org.fovea.data.make.SyntheticTable] a table of few rows and many columns, some of which tell.
///
/// **Why** extreme classification needs many labels, and the public sets are large downloads. The
/// first two are real, the third measures speed and scale, never quality; the fourth has an answer
/// that is known.
///
/// Each maker but that of tables, which writes CSV, writes `NAME-train.txt.gz` and
/// `NAME-test.txt.gz` in the text form of the extreme classification repository, and
/// `NAME-names.txt.gz`, the names of labels and features. The same options give the same bytes. The
/// files appear complete or not at all.
///
/// **Threads** a maker may be called from any thread; two that write the same files at once are
/// refused. **Where to start** [org.fovea.data.make.JdkCalls].
@NullMarked
package org.fovea.data.make;

import org.jspecify.annotations.NullMarked;
