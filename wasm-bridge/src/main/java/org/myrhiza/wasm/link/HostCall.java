// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

/** What a host function may do to the call that it runs in. */
public interface HostCall {
  /**
   * Which component instance calls: 0 is the outermost, those inside are counted in the order in
   * which they are instantiated. The number means the same as long as the component does.
   */
  int caller();

  /**
   * Takes fuel from the guest, before the work that it is for.
   *
   * @param units not negative
   * @return false when that was more than there is: return at once, the guest is out of fuel
   */
  boolean charge(long units);

  /**
   * Ends the guest's call: the host function returns null and the guest never continues.
   *
   * @param reason becomes {@link CallResult.Rejected#reason}
   */
  void reject(String reason);

  /**
   * Ends the guest's call as a failure of the host.
   *
   * @param reason becomes {@link CallResult.HostFailure#reason}
   */
  void fail(String reason);
}
