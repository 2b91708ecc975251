/// Which neurons take part: those drawn at random and, in `lsh`, those that share hash buckets with
/// the input.
///
/// A wide layer computes and trains only a small active set of its neurons. [SampledSelector] draws
/// it at random, uniformly or by label frequency; the package `lsh` looks it up in hash tables.
/// Both always keep the required neurons (the true labels) that the set already holds, and both
/// write the correction that makes a softmax over the set stand for the softmax over all.
///
/// **Source** Bengio and Senécal, *Adaptive importance sampling to accelerate training of a neural
/// probabilistic language model*, IEEE TNN 2008; Jean and others, *On using very large target
/// vocabulary for neural machine translation*, ACL 2015, arXiv:1412.2007; Yang and others, *Mixed
/// negative sampling for learning two-tower neural networks in recommendations*, WWW 2020.
///
/// **Threads** a selector serves several workers at once, each with its own scratch.
///
/// Start reading at [Selectors], which makes a selector from its spec.
@NullMarked
package org.fovea.selection;

import org.jspecify.annotations.NullMarked;
