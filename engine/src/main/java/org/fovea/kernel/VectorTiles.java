package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// The innermost part of a matrix product: a tile of `c` that stays in registers while it gathers
/// the terms `[from, to)` of its sums.
///
/// `addRxV` adds to the tile of `R` rows and `V` vectors whose first element is `c[i, j]`: `c[i, j]
/// += sum_l a[i, l] * b[l, j]`, or with `a[l, i]` when `transposed`. Each element is one chain of
/// fused multiply-adds in ascending `l`, whatever the tile: so the bits of a product depend neither
/// on the rows that a thread was given nor on the vector width.
///
/// These methods call `fma` themselves and not through [Simd]: C2 counts nodes, and from the
/// 18,000th on it inlines only what the JDK itself forces; one call more in [#add6x4] would box
/// every vector and run 25 times slower. [KernelChoice] sees to it that the processor has the
/// instruction.
final class VectorTiles {

  private VectorTiles() {}

  /// 24 sums: as many as 32 registers hold, six for each vector that is loaded.
  static void add6x4(
      Block a, boolean transposed, Block b, Block c, int i, int j, int from, int to) {
    final float[] as = a.data();
    final float[] bs = b.data();
    final float[] cs = c.data();
    final int rowStep = transposed ? 1 : a.stride();
    final int stepA = transposed ? a.stride() : 1;
    final int stepB = b.stride();
    final int c0 = c.offset(i) + j;
    final int c1 = c.offset(i + 1) + j;
    final int c2 = c.offset(i + 2) + j;
    final int c3 = c.offset(i + 3) + j;
    final int c4 = c.offset(i + 4) + j;
    final int c5 = c.offset(i + 5) + j;
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c01 = FloatVector.fromArray(FLOATS, cs, c0 + LANES);
    FloatVector c02 = FloatVector.fromArray(FLOATS, cs, c0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(FLOATS, cs, c0 + 3 * LANES);
    FloatVector c10 = FloatVector.fromArray(FLOATS, cs, c1);
    FloatVector c11 = FloatVector.fromArray(FLOATS, cs, c1 + LANES);
    FloatVector c12 = FloatVector.fromArray(FLOATS, cs, c1 + 2 * LANES);
    FloatVector c13 = FloatVector.fromArray(FLOATS, cs, c1 + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(FLOATS, cs, c2);
    FloatVector c21 = FloatVector.fromArray(FLOATS, cs, c2 + LANES);
    FloatVector c22 = FloatVector.fromArray(FLOATS, cs, c2 + 2 * LANES);
    FloatVector c23 = FloatVector.fromArray(FLOATS, cs, c2 + 3 * LANES);
    FloatVector c30 = FloatVector.fromArray(FLOATS, cs, c3);
    FloatVector c31 = FloatVector.fromArray(FLOATS, cs, c3 + LANES);
    FloatVector c32 = FloatVector.fromArray(FLOATS, cs, c3 + 2 * LANES);
    FloatVector c33 = FloatVector.fromArray(FLOATS, cs, c3 + 3 * LANES);
    FloatVector c40 = FloatVector.fromArray(FLOATS, cs, c4);
    FloatVector c41 = FloatVector.fromArray(FLOATS, cs, c4 + LANES);
    FloatVector c42 = FloatVector.fromArray(FLOATS, cs, c4 + 2 * LANES);
    FloatVector c43 = FloatVector.fromArray(FLOATS, cs, c4 + 3 * LANES);
    FloatVector c50 = FloatVector.fromArray(FLOATS, cs, c5);
    FloatVector c51 = FloatVector.fromArray(FLOATS, cs, c5 + LANES);
    FloatVector c52 = FloatVector.fromArray(FLOATS, cs, c5 + 2 * LANES);
    FloatVector c53 = FloatVector.fromArray(FLOATS, cs, c5 + 3 * LANES);
    int atA = i * rowStep + from * stepA;
    int atB = b.offset(from) + j;
    for (int l = from; l < to; l++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, bs, atB);
      FloatVector b1 = FloatVector.fromArray(FLOATS, bs, atB + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, bs, atB + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, bs, atB + 3 * LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, as[atA]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, as[atA + rowStep]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, as[atA + 2 * rowStep]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, as[atA + 3 * rowStep]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(FLOATS, as[atA + 4 * rowStep]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = FloatVector.broadcast(FLOATS, as[atA + 5 * rowStep]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
    c01.intoArray(cs, c0 + LANES);
    c02.intoArray(cs, c0 + 2 * LANES);
    c03.intoArray(cs, c0 + 3 * LANES);
    c10.intoArray(cs, c1);
    c11.intoArray(cs, c1 + LANES);
    c12.intoArray(cs, c1 + 2 * LANES);
    c13.intoArray(cs, c1 + 3 * LANES);
    c20.intoArray(cs, c2);
    c21.intoArray(cs, c2 + LANES);
    c22.intoArray(cs, c2 + 2 * LANES);
    c23.intoArray(cs, c2 + 3 * LANES);
    c30.intoArray(cs, c3);
    c31.intoArray(cs, c3 + LANES);
    c32.intoArray(cs, c3 + 2 * LANES);
    c33.intoArray(cs, c3 + 3 * LANES);
    c40.intoArray(cs, c4);
    c41.intoArray(cs, c4 + LANES);
    c42.intoArray(cs, c4 + 2 * LANES);
    c43.intoArray(cs, c4 + 3 * LANES);
    c50.intoArray(cs, c5);
    c51.intoArray(cs, c5 + LANES);
    c52.intoArray(cs, c5 + 2 * LANES);
    c53.intoArray(cs, c5 + 3 * LANES);
  }

  /// 12 sums: as many as 16 registers hold.
  static void add6x2(
      Block a, boolean transposed, Block b, Block c, int i, int j, int from, int to) {
    final float[] as = a.data();
    final float[] bs = b.data();
    final float[] cs = c.data();
    final int rowStep = transposed ? 1 : a.stride();
    final int stepA = transposed ? a.stride() : 1;
    final int stepB = b.stride();
    final int c0 = c.offset(i) + j;
    final int c1 = c.offset(i + 1) + j;
    final int c2 = c.offset(i + 2) + j;
    final int c3 = c.offset(i + 3) + j;
    final int c4 = c.offset(i + 4) + j;
    final int c5 = c.offset(i + 5) + j;
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c01 = FloatVector.fromArray(FLOATS, cs, c0 + LANES);
    FloatVector c10 = FloatVector.fromArray(FLOATS, cs, c1);
    FloatVector c11 = FloatVector.fromArray(FLOATS, cs, c1 + LANES);
    FloatVector c20 = FloatVector.fromArray(FLOATS, cs, c2);
    FloatVector c21 = FloatVector.fromArray(FLOATS, cs, c2 + LANES);
    FloatVector c30 = FloatVector.fromArray(FLOATS, cs, c3);
    FloatVector c31 = FloatVector.fromArray(FLOATS, cs, c3 + LANES);
    FloatVector c40 = FloatVector.fromArray(FLOATS, cs, c4);
    FloatVector c41 = FloatVector.fromArray(FLOATS, cs, c4 + LANES);
    FloatVector c50 = FloatVector.fromArray(FLOATS, cs, c5);
    FloatVector c51 = FloatVector.fromArray(FLOATS, cs, c5 + LANES);
    int atA = i * rowStep + from * stepA;
    int atB = b.offset(from) + j;
    for (int l = from; l < to; l++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, bs, atB);
      FloatVector b1 = FloatVector.fromArray(FLOATS, bs, atB + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, as[atA]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, as[atA + rowStep]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, as[atA + 2 * rowStep]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, as[atA + 3 * rowStep]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOATS, as[atA + 4 * rowStep]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, as[atA + 5 * rowStep]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
    c01.intoArray(cs, c0 + LANES);
    c10.intoArray(cs, c1);
    c11.intoArray(cs, c1 + LANES);
    c20.intoArray(cs, c2);
    c21.intoArray(cs, c2 + LANES);
    c30.intoArray(cs, c3);
    c31.intoArray(cs, c3 + LANES);
    c40.intoArray(cs, c4);
    c41.intoArray(cs, c4 + LANES);
    c50.intoArray(cs, c5);
    c51.intoArray(cs, c5 + LANES);
  }

  /// The last 16 columns at 512 bits.
  static void add6x1(
      Block a, boolean transposed, Block b, Block c, int i, int j, int from, int to) {
    final float[] as = a.data();
    final float[] bs = b.data();
    final float[] cs = c.data();
    final int rowStep = transposed ? 1 : a.stride();
    final int stepA = transposed ? a.stride() : 1;
    final int stepB = b.stride();
    final int c0 = c.offset(i) + j;
    final int c1 = c.offset(i + 1) + j;
    final int c2 = c.offset(i + 2) + j;
    final int c3 = c.offset(i + 3) + j;
    final int c4 = c.offset(i + 4) + j;
    final int c5 = c.offset(i + 5) + j;
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c10 = FloatVector.fromArray(FLOATS, cs, c1);
    FloatVector c20 = FloatVector.fromArray(FLOATS, cs, c2);
    FloatVector c30 = FloatVector.fromArray(FLOATS, cs, c3);
    FloatVector c40 = FloatVector.fromArray(FLOATS, cs, c4);
    FloatVector c50 = FloatVector.fromArray(FLOATS, cs, c5);
    int atA = i * rowStep + from * stepA;
    int atB = b.offset(from) + j;
    for (int l = from; l < to; l++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, bs, atB);
      FloatVector a0 = FloatVector.broadcast(FLOATS, as[atA]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, as[atA + rowStep]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, as[atA + 2 * rowStep]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, as[atA + 3 * rowStep]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, as[atA + 4 * rowStep]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, as[atA + 5 * rowStep]);
      c50 = a5.fma(b0, c50);
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
    c10.intoArray(cs, c1);
    c20.intoArray(cs, c2);
    c30.intoArray(cs, c3);
    c40.intoArray(cs, c4);
    c50.intoArray(cs, c5);
  }
}
