// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.jvm.store.DataFolder;
import org.myrhiza.tools.run.Problem;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.component.Limits;

/** A WebAssembly file that was read. */
final class WasmFile {
  /** Where a binary says whether it is a component. */
  private static final int LAYER = 6;

  private final Path path;
  private final byte[] bytes;

  private WasmFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /** All of it, to be left unchanged. */
  byte[] bytes() {
    return bytes;
  }

  /** Reads a file no larger than a component may be. */
  static WasmFile read(Path path) throws Failure {
    try {
      long size = Files.size(path);
      if (size > Limits.COMPONENT_BYTES) {
        throw new Failure(
            ExitCode.FAILED,
            "too-large",
            path + " has " + size + " bytes, a component at most " + Limits.COMPONENT_BYTES,
            "Is it a WebAssembly file?",
            path.toString());
      }
      return new WasmFile(path, Files.readAllBytes(path));
    } catch (IOException failed) {
      throw unusable(path, failed);
    }
  }

  /** The failure of a file that cannot be read or written. */
  static Failure unusable(Path path, IOException failed) {
    return new Failure(
        ExitCode.FAILED,
        "file",
        path + " cannot be used: " + DataFolder.reason(failed),
        "Check the path and its permissions.",
        path.toString());
  }

  /** Whether it says that it is a component; anything else is looked at as a core module. */
  boolean isComponent() {
    return bytes.length > LAYER && bytes[LAYER] == 1;
  }

  /** What it says that it is. */
  String kind() {
    return isComponent() ? "component" : "module";
  }

  /** The failure that an error in the file is. */
  Failure failure(WasmError error) {
    return failure(ExitCode.FAILED, Problem.in(path.toString(), error));
  }

  /** The failure that a problem is. */
  static Failure failure(ExitCode exit, Problem problem) {
    return new Failure(exit, problem.type(), problem.message(), problem.hint(), problem.at());
  }
}
