// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;

/**
 * Reads the component binary format (Binary.md, version 0x0d, layer 1): sections into definitions,
 * nothing resolved. Sections may come in any order and any number, as the format allows; custom
 * sections are skipped.
 */
public final class ComponentDecoder {
  private static final int PREAMBLE_BYTES = 8;
  private static final int[] PREAMBLE = {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00};

  private final PartCount parts = new PartCount();
  private int definitions;

  private ComponentDecoder() {}

  /**
   * Decodes a component.
   *
   * @param bytes the whole binary; not changed and not kept
   * @return the component, or why not
   */
  public static WasmResult<Component> decode(byte[] bytes) {
    return WasmResult.of(() -> {
      if (bytes.length > Limits.COMPONENT_BYTES) {
        throw WasmException.malformed(
            0, "component", bytes.length + " bytes", "at most " + Limits.COMPONENT_BYTES);
      }
      return new ComponentDecoder().component(new ByteReader(bytes), 1);
    });
  }

  /** Whether the bytes begin like a component (and not like a core module). */
  public static boolean looksLikeComponent(byte[] bytes) {
    if (bytes.length < PREAMBLE_BYTES) {
      return false;
    }
    for (int i = 0; i < PREAMBLE_BYTES; i++) {
      if ((bytes[i] & 0xff) != PREAMBLE[i]) {
        return false;
      }
    }
    return true;
  }

  private Component component(ByteReader in, int depth) throws WasmException {
    int start = in.offset();
    if (depth > Limits.COMPONENT_DEPTH) {
      throw WasmException.malformed(
          start, "nesting of components", "deeper", "" + Limits.COMPONENT_DEPTH);
    }
    for (int i = 0; i < PREAMBLE_BYTES; i++) {
      int at = in.offset();
      int b = in.u8("preamble");
      if (b != PREAMBLE[i]) {
        throw WasmException.malformed(at, "preamble", Shown.hex(b), Shown.hex(PREAMBLE[i]));
      }
    }
    List<Definition> out = new ArrayList<>();
    while (!in.atEnd()) {
      section(in, depth, out);
    }
    return new Component(start, out);
  }

  private void section(ByteReader in, int depth, List<Definition> out) throws WasmException {
    int start = in.offset();
    int id = in.u8("section");
    int length = in.index("section length");
    int bodyStart = in.offset();
    ByteReader body = in.sub(length, "section");
    switch (id) {
      case 0 -> {
        body.name("custom section name", Limits.NAME_BYTES);
        return;
      }
      case 1 -> {
        tally(bodyStart, 1);
        parts.module(bodyStart);
        out.add(new Definition.CoreModule(bodyStart, bodyStart + length));
        body.skip(length, "core module");
      }
      case 4 -> {
        tally(bodyStart, 1);
        out.add(new Definition.Nested(bodyStart, component(body, depth + 1)));
      }
      case 9 -> throw WasmException.unsupported(Feature.START, start);
      case 12 -> throw WasmException.unsupported(Feature.VALUES, start);
      case 2, 3, 5, 6, 7, 8, 10, 11 -> vector(id, body, out);
      default -> throw WasmException.malformed(start, "section", "id " + id, "0 to 11");
    }
    body.expectEnd("section " + id);
  }

  private void vector(int id, ByteReader body, List<Definition> out) throws WasmException {
    int start = body.offset();
    int count = parts.read(body, "section items");
    tally(start, count);
    DefinitionDecoder items = new DefinitionDecoder(body, parts);
    for (int i = 0; i < count; i++) {
      out.add(
          switch (id) {
            case 2 -> items.coreInstance();
            case 3 -> new CoreTypeDecoder(body, parts).definition();
            case 5 -> items.instance();
            case 6 -> items.alias();
            case 7 -> new TypeDecoder(body, parts, 0).type();
            case 8 -> items.canonical();
            case 10 -> items.importDefinition();
            default -> items.exportDefinition();
          });
    }
  }

  private void tally(int offset, int count) throws WasmException {
    definitions += count;
    if (definitions > Limits.DEFINITIONS) {
      throw WasmException.malformed(
          offset, "component", "too many definitions", "" + Limits.DEFINITIONS);
    }
  }
}
