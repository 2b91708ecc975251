/// How good predictions are: the measures of extreme classification, and accuracy and F1.
///
/// **What** precision, recall and nDCG at k, their propensity-scored forms, accuracy, and micro and
/// macro F1, summed up one example at a time and printed under the names that people write.
///
/// **Why** figures are only comparable when everybody computes them alike, so these follow the
/// evaluation scripts of the extreme classification repository, ties and empty rows are defined
/// rather than left to the sort, and the sums do not depend on the order of the examples.
///
/// **Source** Jain, Prabhu, Varma, *Extreme Multi-label Loss Functions for Recommendation, Tagging,
/// Ranking and Other Missing Label Applications*, KDD 2016, for the propensities; Järvelin,
/// Kekäläinen, *Cumulated gain-based evaluation of IR techniques*, TOIS 2002, for nDCG.
///
/// **Threads** every accumulator is confined to one thread; each thread has its own, and they are
/// merged afterwards, in any order, with the same result.
///
/// **Where to start** [org.fovea.training.metric.MeasureSpec] says what to measure,
/// [org.fovea.training.metric.MeasureAccumulator] measures it, [org.fovea.network.TopK] makes the
/// ranking that it wants.
@NullMarked
package org.fovea.training.metric;

import org.jspecify.annotations.NullMarked;
