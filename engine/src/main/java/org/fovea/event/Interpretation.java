package org.fovea.event;

/// What a search for an interpretation came to.
///
/// @param kind how good it is
/// @param weight sum of the values that recurrent synapses may read, withheld ones left out
/// @param conflicts activations that came and went from round to round before the search
/// @param propagations choices that were tried out
public record Interpretation(Kind kind, double weight, int conflicts, int propagations) {

  /// How good an interpretation is.
  public enum Kind {
    /// The rounds came to rest by themselves: there was nothing to choose.
    SETTLED,
    /// The one of the largest weight, unless positive recurrent synapses make others heavier than
    /// the search can foresee, or no choice stands in which only sure suppression counts.
    BEST,
    /// One that was found before the limits ended the search.
    FOUND,
    /// None was found within the limits; activations are those of the last round.
    OSCILLATING,
    /// There is none; activations are those of the last round.
    CONTRADICTION
  }
}
