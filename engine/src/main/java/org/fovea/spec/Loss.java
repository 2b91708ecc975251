package org.fovea.spec;

/// What training minimises.
public sealed interface Loss {

  /// Cross-entropy of a softmax over the active labels with a target that gives every true label of
  /// the example the same share.
  record Softmax() implements Loss {}

  /// Mean, over the true labels, of the cross-entropy of a softmax in which that label meets only
  /// labels that are not true: the true labels of an example do not compete with each other.
  record DecoupledSoftmax() implements Loss {}

  /// Sum of independent logistic losses, one per active label: any number of labels may be true.
  record Logistic() implements Loss {}

  /// Half the sum of the squared differences between the logistic of each label's score and 1 for a
  /// true label, 0 for another. All labels are active.
  record Squared() implements Loss {}

  /// Half the sum of the squared differences between the scores and the values of the example's
  /// features, which are there as a label each: an autoencoder, which needs no labels. With input
  /// dropout it restores what was left out (Vincent and others, *Extracting and Composing Robust
  /// Features with Denoising Autoencoders*, ICML 2008). The output layer must be sparse.
  record Reconstruction() implements Loss {}
}
