package org.fovea.kernel;

import static org.fovea.kernel.Simd.FLOATS;
import static org.fovea.kernel.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Tiles like [VectorTiles], for the rows that six does not divide: every even number of rows from
/// four is a sum of sixes and fours.
final class VectorNarrowTiles {

  private VectorNarrowTiles() {}

  /// 16 sums.
  static void add4x4(
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
  }

  /// Eight sums, for 16 registers.
  static void add4x2(
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
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c01 = FloatVector.fromArray(FLOATS, cs, c0 + LANES);
    FloatVector c10 = FloatVector.fromArray(FLOATS, cs, c1);
    FloatVector c11 = FloatVector.fromArray(FLOATS, cs, c1 + LANES);
    FloatVector c20 = FloatVector.fromArray(FLOATS, cs, c2);
    FloatVector c21 = FloatVector.fromArray(FLOATS, cs, c2 + LANES);
    FloatVector c30 = FloatVector.fromArray(FLOATS, cs, c3);
    FloatVector c31 = FloatVector.fromArray(FLOATS, cs, c3 + LANES);
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
  }

  /// The last 16 columns at 512 bits.
  static void add4x1(
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
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c10 = FloatVector.fromArray(FLOATS, cs, c1);
    FloatVector c20 = FloatVector.fromArray(FLOATS, cs, c2);
    FloatVector c30 = FloatVector.fromArray(FLOATS, cs, c3);
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
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
    c10.intoArray(cs, c1);
    c20.intoArray(cs, c2);
    c30.intoArray(cs, c3);
  }

  /// One row.
  static void add1x4(
      Block a, boolean transposed, Block b, Block c, int i, int j, int from, int to) {
    final float[] as = a.data();
    final float[] bs = b.data();
    final float[] cs = c.data();
    final int rowStep = transposed ? 1 : a.stride();
    final int stepA = transposed ? a.stride() : 1;
    final int stepB = b.stride();
    final int c0 = c.offset(i) + j;
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    FloatVector c01 = FloatVector.fromArray(FLOATS, cs, c0 + LANES);
    FloatVector c02 = FloatVector.fromArray(FLOATS, cs, c0 + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(FLOATS, cs, c0 + 3 * LANES);
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
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
    c01.intoArray(cs, c0 + LANES);
    c02.intoArray(cs, c0 + 2 * LANES);
    c03.intoArray(cs, c0 + 3 * LANES);
  }

  /// The corner.
  static void add1x1(
      Block a, boolean transposed, Block b, Block c, int i, int j, int from, int to) {
    final float[] as = a.data();
    final float[] bs = b.data();
    final float[] cs = c.data();
    final int rowStep = transposed ? 1 : a.stride();
    final int stepA = transposed ? a.stride() : 1;
    final int stepB = b.stride();
    final int c0 = c.offset(i) + j;
    FloatVector c00 = FloatVector.fromArray(FLOATS, cs, c0);
    int atA = i * rowStep + from * stepA;
    int atB = b.offset(from) + j;
    for (int l = from; l < to; l++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, bs, atB);
      FloatVector a0 = FloatVector.broadcast(FLOATS, as[atA]);
      c00 = a0.fma(b0, c00);
      atA += stepA;
      atB += stepB;
    }
    c00.intoArray(cs, c0);
  }
}
