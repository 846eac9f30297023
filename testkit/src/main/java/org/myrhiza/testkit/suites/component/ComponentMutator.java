// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;

/**
 * Makes mutants of components: bytes changed, put in or taken out, numbers blown up, sections
 * moved, doubled, left out or taken from another component. Most mutants get right section lengths
 * again, so that what is inside them is read.
 */
public final class ComponentMutator {
  private static final int PREAMBLE_BYTES = 8;
  private static final int NESTED = 4;

  /** Numbers that no count or index may be, some needlessly long. */
  private static final int[][] NUMBERS = {
    {0x7f},
    {0x80, 0x00},
    {0x81, 0x80, 0x00},
    {0xff, 0x7f},
    {0xff, 0xff, 0x03},
    {0x90, 0x4e},
    {0xff, 0xff, 0xff, 0xff, 0x07},
    {0x80, 0x80, 0x80, 0x80, 0x08},
    {0xff, 0xff, 0xff, 0xff, 0x0f},
    {0x80, 0x80, 0x80, 0x80, 0x70},
    {0x80, 0x80, 0x80, 0x80, 0x80, 0x01}
  };

  private final Seeded random;
  private final List<byte[]> seeds;

  /**
   * Makes a mutator.
   *
   * @param random decides everything
   * @param seeds real components; not changed
   */
  public ComponentMutator(Seeded random, List<byte[]> seeds) {
    this.random = random;
    this.seeds = List.copyOf(seeds);
  }

  /** One section: all of it but its length. */
  private record Section(int id, Bytes body) {}

  /** Returns a mutant of any seed. */
  public byte[] next() {
    byte[] out = random.pick(seeds);
    int times = random.chance(2, 3) ? 1 : 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      out = random.chance(1, 5) ? bytes(out) : component(out);
    }
    return out;
  }

  private byte[] component(byte[] bytes) {
    List<Section> sections = sections(bytes);
    if (sections.isEmpty()) {
      return bytes(bytes);
    }
    int at = random.nextInt(sections.size());
    Section one = sections.get(at);
    int kind = random.nextInt(12);
    switch (kind) {
      case 0 -> sections.add(random.nextInt(sections.size() + 1), one);
      case 1 -> sections.remove(at);
      case 2 -> sections.set(at, sections.set(random.nextInt(sections.size()), one));
      case 3 -> sections.add(at, section(random.pick(seeds), one));
      case 4 -> sections.set(at, section(random.pick(seeds), one));
      case 5 -> sections.set(at, new Section(random.nextInt(13), one.body()));
      default -> sections.set(at, new Section(one.id(), Bytes.adopt(inside(one))));
    }
    return written(bytes, sections);
  }

  private byte[] inside(Section section) {
    boolean nested = section.id() == NESTED && random.chance(3, 4);
    return nested ? component(section.body().toArray()) : bytes(section.body().toArray());
  }

  private Section section(byte[] other, Section fallback) {
    List<Section> sections = sections(other);
    return sections.isEmpty() ? fallback : random.pick(sections);
  }

  /** The sections of a component; none if it is not made of whole ones. */
  private static List<Section> sections(byte[] bytes) {
    List<Section> out = new ArrayList<>();
    if (bytes.length < PREAMBLE_BYTES) {
      return out;
    }
    ByteReader in = new ByteReader(bytes, PREAMBLE_BYTES, bytes.length);
    try {
      while (!in.atEnd()) {
        int id = in.u8("section");
        out.add(new Section(id, Bytes.adopt(in.bytes(in.index("length"), "section"))));
      }
    } catch (WasmException cut) {
      out.clear();
    }
    return out;
  }

  private static byte[] written(byte[] before, List<Section> sections) {
    ByteWriter out = new ByteWriter().bytes(before, 0, PREAMBLE_BYTES);
    for (Section each : sections) {
      out.section(each.id(), new ByteWriter().bytes(each.body().toArray()));
    }
    return out.toByteArray();
  }

  private byte[] bytes(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    int old = bytes[at] & 0xff;
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> replaced(bytes, at, 0, random.nextInt(0x100));
      case 2 -> replaced(bytes, at, 1);
      case 3 -> replaced(bytes, at, 1, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 4 -> replaced(bytes, at, 1, old | 0x80, 0x00);
      case 5 -> replaced(bytes, at, 1, old * (2 + random.nextInt(9)));
      case 6 -> replaced(bytes, at, 1, old + (random.nextBoolean() ? 1 : -1));
      case 7 -> replaced(bytes, at, 1, bytes[random.nextInt(bytes.length)]);
      default -> replaced(bytes, at, 1, old ^ 1 << random.nextInt(8));
    };
  }

  private static byte[] replaced(byte[] bytes, int at, int count, int... by) {
    ByteWriter out = new ByteWriter().bytes(bytes, 0, at);
    for (int b : by) {
      out.u8(b & 0xff);
    }
    return out.bytes(bytes, at + count, bytes.length).toByteArray();
  }
}
