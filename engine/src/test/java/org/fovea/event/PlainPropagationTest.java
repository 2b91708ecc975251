package org.fovea.event;

class PlainPropagationTest implements SemanticsContract {

  @Override
  public Propagation propagation(EventNetwork network) {
    return new PlainPropagation(network);
  }
}
