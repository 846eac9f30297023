// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.UnlinkableException;
import org.myrhiza.wasm.engine.CallOutcome;

/**
 * What Chicory's exceptions mean. A guest's traps have no class of their own there: they are the
 * base class and several others, so everything that is not known to be the host's is a trap. The
 * native stack's end also arrives as the base class, told by its cause.
 */
final class Failures {
  private Failures() {}

  static CallOutcome outcome(ChicoryException e) {
    if (e.getCause() instanceof StackOverflowError) {
      return CallOutcome.EXHAUSTED;
    }
    return isHosts(e) ? failed(e) : CallOutcome.TRAPPED;
  }

  static boolean isHosts(ChicoryException e) {
    return e instanceof ChicoryInterruptedException
        || e instanceof InvalidException
        || e instanceof MalformedException
        || e instanceof UnlinkableException
        || e.getCause() instanceof Error;
  }

  static CallOutcome.Failed failed(Throwable e) {
    return new CallOutcome.Failed(describe(e));
  }

  static String describe(Throwable e) {
    if (e instanceof StackOverflowError || e.getCause() instanceof StackOverflowError) {
      return "the native stack is exhausted";
    }
    if (e instanceof OutOfMemoryError) {
      return "the host is out of memory";
    }
    return e.getClass().getName() + ": " + e.getMessage();
  }
}
