package org.fovea.network;

import java.util.ArrayList;
import java.util.List;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Selection;

/// One worker's passes over the hidden layers, from the input upward.
final class HiddenPasses {

  private final Signals in;
  private final List<HiddenPass> passes;
  private final Signals top;

  /// @param in the network's input
  /// @param features index of the features of a batch, built by the caller before [#backward]
  HiddenPasses(Network network, Signals in, BatchIndex features, PassContext context) {
    List<HiddenPass> made = new ArrayList<>();
    Signals below = in;
    int next = 0;
    for (int i = 0; i < network.spec().hidden().size(); i++) {
      LayerSpec.Dense spec = (LayerSpec.Dense) network.spec().hidden().get(i);
      HiddenPass pass;
      if (i == 0 && network.inputLayer().isPresent()) {
        pass = new InputPass(network.inputLayer().get(), in, features, context);
      } else {
        NeuronLayer layer = network.hidden().get(next++);
        boolean all = spec.selection() instanceof Selection.All;
        pass =
            all && !below.isSparse()
                ? new DensePass(layer, spec, below, i, context)
                : new SelectedPass(layer, spec, below, i, i == 0, context);
      }
      made.add(pass);
      below = pass.out();
    }
    this.in = in;
    this.passes = List.copyOf(made);
    this.top = passes.isEmpty() ? Signals.dense(0) : below;
  }

  /// What the output layer sees.
  Signals top() {
    return top;
  }

  /// Computes the layers below one, for prediction.
  ///
  /// @return what the layer sees
  Signals forwardBelow(int layer) {
    for (HiddenPass pass : passes.subList(0, layer)) {
      pass.forward(false);
    }
    return layer == 0 ? in : passes.get(layer - 1).out();
  }

  void forward(int examples, boolean training) {
    if (passes.isEmpty()) {
      top.resize(examples, 0);
    }
    for (HiddenPass pass : passes) {
      pass.forward(training);
    }
  }

  void backward() {
    for (int i = passes.size() - 1; i >= 0; i--) {
      passes.get(i).backward();
    }
  }
}
