// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wast.WastCommand;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** The trees of {@code apart.wast}, whole and taken apart. */
final class Apart {
  private static final String SCRIPT = "target/wast/own/apart.wast.json";
  private static final int PREAMBLE_BYTES = 8;
  private static final int NESTED = 4;

  private Apart() {}

  /** The tree of that name. */
  static byte[] tree(String name) {
    WastScript script = WastScript.read(Json.parse(VectorFiles.built(SCRIPT)));
    for (WastCommand each : script.commands()) {
      if (each instanceof WastCommand.Definition definition && name.equals(definition.name())) {
        Bytes binary = definition.form().binary();
        if (binary == null) {
          throw new AssertionError(definition.form().parseError());
        }
        return binary.toArray();
      }
    }
    throw new AssertionError("no " + name + " in " + SCRIPT);
  }

  /** The components right inside a component, each as a binary of its own. */
  static List<byte[]> nested(byte[] component) throws WasmException {
    List<byte[]> out = new ArrayList<>();
    ByteReader in = new ByteReader(component);
    in.skip(PREAMBLE_BYTES, "preamble");
    while (!in.atEnd()) {
      int id = in.u8("section");
      int length = in.index("section length");
      int start = in.offset();
      if (id == NESTED) {
        out.add(Arrays.copyOfRange(component, start, start + length));
      }
      in.skip(length, "section");
    }
    return out;
  }
}
