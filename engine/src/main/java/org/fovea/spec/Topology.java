package org.fovea.spec;

/// Which connections a sparse layer starts with: drawn at random, each place at most once, unless
/// they are given.
///
/// A layer of `n` inputs and `m` neurons has `n * m` places. What would have more connections than
/// places has all of them.
public sealed interface Topology {

  /// Every place is connected: a dense layer in the form of a sparse one.
  record Full() implements Topology {}

  /// A share of the places.
  record Uniform(double density) implements Topology {
    public Uniform {
      Require.share("density", density);
    }
  }

  /// `epsilon * (n + m)` connections (Erdős and Rényi; Mocanu and others, Nature Communications
  /// 2018, arXiv:1707.04780): wide layers are sparser.
  record ErdosRenyi(double epsilon) implements Topology {
    public ErdosRenyi {
      Require.positive("epsilon", epsilon);
    }

    /// An epsilon of 20.
    public static ErdosRenyi defaults() {
      return new ErdosRenyi(20);
    }
  }

  /// The epsilon of [ErdosRenyi] for which the whole network has this share of its places: layers
  /// that would have more connections than places become dense, the others share what is left (Evci
  /// and others, *RigL*, ICML 2020, arXiv:1911.11134). All layers that say so are solved together;
  /// all other layers count with the connections they have.
  record Overall(double density) implements Topology {
    public Overall {
      Require.share("density", density);
    }
  }

  /// The same number of connections into every neuron.
  record FanIn(int count) implements Topology {
    public FanIn {
      Require.positive("count", count);
    }
  }

  /// Those of a text file: one connection a line, input and neuron, counted from 0; empty lines and
  /// lines that begin with `#` are passed over.
  record Edges(String file) implements Topology {
    public Edges {
      Require.that(!file.isBlank(), "an edge list needs the name of its file");
    }
  }
}
