// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.engine.Slots;

/** {@code canon resource.new}, {@code resource.rep} and {@code resource.drop} of one instance. */
final class ResourceFunction implements HostFunction {
  private final Work work;
  private final ComponentState caller;
  private final Account account;
  private final boolean leaves;

  /** What it does with its argument. */
  @FunctionalInterface
  interface Work {
    /** Runs; the answer counts where the function has one. */
    int run(Handles handles, int argument) throws AbiStop;
  }

  private ResourceFunction(Work work, ComponentState caller, Account account, boolean leaves) {
    this.work = work;
    this.caller = caller;
    this.account = account;
    this.leaves = leaves;
  }

  static ResourceFunction make(int resource, ComponentState caller, Account account) {
    return new ResourceFunction((h, rep) -> h.add(resource, rep), caller, account, true);
  }

  static ResourceFunction representation(int resource, ComponentState caller, Account account) {
    return new ResourceFunction((h, i) -> h.representation(i, resource), caller, account, false);
  }

  static ResourceFunction drop(
      int resource, ComponentState caller, Account account, Destroyer destroyer) {
    Work work =
        (handles, index) -> {
          Handles.Dropped dropped = handles.drop(index, resource);
          if (dropped.owned()) {
            destroyer.destroy(caller, dropped.representation());
          }
          return 0;
        };
    return new ResourceFunction(work, caller, account, true);
  }

  /** Ends what a resource type's owner holds. */
  @FunctionalInterface
  interface Destroyer {
    /**
     * Runs the destructor, if there is one.
     *
     * @param caller who gave the last handle up
     * @param representation the owner's number for it
     */
    void destroy(ComponentState caller, int representation) throws AbiStop;
  }

  @Override
  public HostSignal call(Slots arguments, Slots results) {
    if (leaves && !(account.allowsImports() && caller.mayLeave())) {
      account.end(new CallResult.Trapped(TrapKind.FORBIDDEN_IMPORT));
      return HostSignal.ABORT;
    }
    try {
      int answer = work.run(caller.handles(), arguments.getInt(0));
      if (account.hasEnded()) {
        return HostSignal.ABORT;
      }
      account.fuel().release();
      if (results.size() > 0) {
        results.setInt(0, answer);
      }
      return HostSignal.RETURN;
    } catch (AbiStop stop) {
      account.end(stop);
      return HostSignal.ABORT;
    }
  }
}
