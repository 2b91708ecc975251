package org.fovea.spec;

/// How the connections of a sparse layer change while it trains: some go, as many come, in the same
/// layer unless they are redistributed.
public sealed interface Evolution {

  /// What is done, spelled out.
  Rules rules();

  /// Published ways, by name.
  enum Preset implements Evolution {
    /// Nothing ever moves.
    STATIC,

    /// Sparse evolutionary training: after each epoch but the last, 30 % of the positive and of the
    /// negative weights, those nearest to zero, move to random places (Mocanu and others, Nature
    /// Communications 2018, arXiv:1707.04780). New ones start at zero, as in the authors' code for
    /// images; where they are drawn anew, the network forgets a part at each move.
    SET,

    /// The same, but at every step with a small probability, as the library Synapses does.
    CONTINUOUS,

    /// Every 100 steps of the first three quarters of a run, the weights nearest to zero move to
    /// the places with the largest gradients (Evci and others, ICML 2020, arXiv:1911.11134).
    /// **Differs** the step is taken before connections move; there it is left out.
    RIGL,

    /// Rarely and much, so that each new weight is trained before it is judged, at random (Liu and
    /// others, *In-Time Over-Parameterization*, ICML 2021, arXiv:2102.02887).
    SET_ITOP,

    /// The same by gradients.
    RIGL_ITOP,

    /// Sparse momentum: after each epoch half of the weights, falling to none, those nearest to
    /// zero, move to where momentum is large, from layers where it is small on average to layers
    /// where it is large (Dettmers and Zettlemoyer, arXiv:1907.04840).
    SPARSE_MOMENTUM;

    @Override
    public Rules rules() {
      Amount some = new Amount.Constant(0.3);
      Amount much = new Amount.Cosine(0.5, 0.005);
      Drop smallest = new Drop.Magnitude();
      Grow anywhere = new Grow.Anywhere();
      return switch (this) {
        case STATIC -> new Rules(new When.Never(), some, smallest, anywhere);
        case SET -> new Rules(new When.Epochs(1), some, new Drop.SignSeparate(), anywhere);
        case CONTINUOUS ->
            new Rules(new When.AtRandom(0.2), some, new Drop.SignSeparate(), anywhere);
        case RIGL ->
            new Rules(
                new When.Steps(100, 0.75),
                new Amount.Cosine(0.3, 0),
                smallest,
                new Grow.Gradient());
        case SET_ITOP -> new Rules(new When.Steps(1500, 1), much, smallest, anywhere);
        case RIGL_ITOP -> new Rules(new When.Steps(4000, 1), much, smallest, new Grow.Gradient());
        case SPARSE_MOMENTUM ->
            new Rules(
                new When.Epochs(1),
                new Amount.Cosine(0.5, 0),
                smallest,
                Grow.Momentum.defaults(),
                Fresh.ZERO,
                Redistribution.MOMENTUM);
      };
    }
  }

  /// The parts of an evolution.
  ///
  /// @param when the layer evolves
  /// @param amount share of the connections that move at a time
  /// @param drop which ones go
  /// @param grow where as many come
  /// @param fresh the weights of new connections
  /// @param redistribution whether layers share what went
  record Rules(
      When when, Amount amount, Drop drop, Grow grow, Fresh fresh, Redistribution redistribution)
      implements Evolution {
    public Rules {
      Require.that(
          redistribution == Redistribution.NONE || !(grow instanceof Grow.ByNeuron),
          "connections that grow by neuron stay in their layer: redistribution must be none");
    }

    /// Layers keep their numbers of connections.
    public Rules(When when, Amount amount, Drop drop, Grow grow, Fresh fresh) {
      this(when, amount, drop, grow, fresh, Redistribution.NONE);
    }

    /// Layers keep their numbers of connections, and new ones start at zero.
    public Rules(When when, Amount amount, Drop drop, Grow grow) {
      this(when, amount, drop, grow, Fresh.ZERO);
    }

    /// Those of [Preset#SET].
    public static Rules defaults() {
      return Preset.SET.rules();
    }

    @Override
    public Rules rules() {
      return this;
    }
  }

  /// When a layer evolves; never after the last step of a run.
  sealed interface When {

    /// Never.
    record Never() implements When {}

    /// After every so many epochs.
    record Epochs(int count) implements When {
      public Epochs {
        Require.positive("count", count);
      }
    }

    /// After every so many steps, until a share of the run is done.
    record Steps(int count, double until) implements When {
      public Steps {
        Require.positive("count", count);
        Require.share("until", until);
      }
    }

    /// After each step with this probability, divided by the number of sparse layers.
    record AtRandom(double probability) implements When {
      public AtRandom {
        Require.share("probability", probability);
      }
    }
  }

  /// Share of the connections that move at a time.
  sealed interface Amount {

    /// The share at a point of the run.
    ///
    /// @param progress share of the evolving part of the run that is done, in `[0, 1]`
    double at(double progress);

    /// Always the same.
    record Constant(double share) implements Amount {
      public Constant {
        Require.fraction("share", share);
      }

      @Override
      public double at(double progress) {
        return share;
      }
    }

    /// Falls along a half cosine from `share` to `end`.
    record Cosine(double share, double end) implements Amount {
      public Cosine {
        Require.fraction("share", share);
        Require.fraction("end", end);
      }

      @Override
      public double at(double progress) {
        return end + (share - end) * (1 + Math.cos(Math.PI * progress)) / 2;
      }
    }

    /// Falls along a line from `share` to `end`.
    record Linear(double share, double end) implements Amount {
      public Linear {
        Require.fraction("share", share);
        Require.fraction("end", end);
      }

      @Override
      public double at(double progress) {
        return share + (end - share) * progress;
      }
    }
  }

  /// Which connections go. Weights of zero count as positive.
  sealed interface Drop {

    /// Of the positive weights and of the negative ones, the same share of each, those nearest to
    /// zero (SET).
    record SignSeparate() implements Drop {}

    /// Those nearest to zero, whatever their sign.
    record Magnitude() implements Drop {}

    /// All nearer to zero than `limit`, at most the amount: those nearest to zero.
    record Threshold(double limit) implements Drop {
      public Threshold {
        Require.positive("limit", limit);
      }
    }

    /// Those that the gradient of the last batch pushes towards zero most: largest `w * dL/dw`
    /// (Sanh, Wolf and Rush, NeurIPS 2020, arXiv:2005.07683). **Differs** the last batch's gradient
    /// instead of a sum over steps, so that no state is kept.
    record Movement() implements Drop {}
  }

  /// Where new connections come: at places that are empty once the others are gone.
  sealed interface Grow {

    /// Anywhere, each place as likely as another.
    record Anywhere() implements Grow {}

    /// Where the gradient of the last batch is largest, all empty places considered, row by row: no
    /// dense gradient is ever formed, but computed.
    record Gradient() implements Grow {}

    /// Where the gradient of the last batch is largest among `candidates` random empty places for
    /// each connection.
    record SampledGradient(int candidates) implements Grow {
      public SampledGradient {
        Require.that(
            candidates >= 1 && candidates <= 1000,
            "candidates must be 1 to 1000, not %d",
            candidates);
      }

      /// Eight candidates.
      public static SampledGradient defaults() {
        return new SampledGradient(8);
      }
    }

    /// Among `candidates` random empty places for each connection, where the neuron and the input
    /// have connections with large momentum: the product of both means of `|momentum|`.
    ///
    /// After Dettmers and Zettlemoyer, arXiv:1907.04840. **Differs** they keep a dense momentum;
    /// here it is estimated from what neighbours in the row and in the column have. With an
    /// optimizer without momentum, weights take its place.
    record Momentum(int candidates) implements Grow {
      public Momentum {
        Require.that(
            candidates >= 1 && candidates <= 1000,
            "candidates must be 1 to 1000, not %d",
            candidates);
      }

      /// Eight candidates.
      public static Momentum defaults() {
        return new Momentum(8);
      }
    }

    /// Among `candidates` random empty places for each connection, first those that have never been
    /// connected as far as a filter of `bits` bits knows (Liu and others, ICML 2021).
    record NeverTried(int candidates, int bits) implements Grow {
      public NeverTried {
        Require.that(
            candidates >= 1 && candidates <= 1000,
            "candidates must be 1 to 1000, not %d",
            candidates);
        Require.that(bits >= 1024 && bits <= 1 << 30, "bits must be 1024 to 2^30, not %d", bits);
      }

      /// Four candidates, a filter of 8 million bits.
      public static NeverTried defaults() {
        return new NeverTried(4, 1 << 23);
      }
    }

    /// At random inputs of the neurons that lost connections, so that each keeps their number.
    record ByNeuron() implements Grow {}
  }

  /// The weights of new connections.
  enum Fresh {
    /// Zero: nothing changes until they are trained.
    ZERO,
    /// The law of the layer's first weights.
    INITIAL
  }

  /// Which layers get the connections that went: those that evolve after the same step by the same
  /// redistribution share them, in proportion to a mean over the connections of each. Their total
  /// never changes, and none gets more than it has empty places (Dettmers and Zettlemoyer,
  /// arXiv:1907.04840).
  enum Redistribution {
    /// Each layer gets as many as it gave.
    NONE,
    /// By the mean of `|momentum|`; of `|weight|` where the optimizer has no momentum.
    MOMENTUM,
    /// By the mean of `|weight|`.
    WEIGHT
  }
}
