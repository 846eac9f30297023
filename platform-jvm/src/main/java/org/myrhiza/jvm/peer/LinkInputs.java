// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.jvm.link.LinkEvents;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;

/** Turns what happens on links into inputs of the kernel. */
final class LinkInputs implements LinkEvents {
  private final Mailbox mailbox;

  LinkInputs(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public void linkUp(long link, PublicKey remote, LinkKind kind, boolean dialled) {
    mailbox.post(new Input.LinkUp(now(), new LinkId(link), remote, kind, dialled));
  }

  @Override
  public void linkDown(long link, String reason) {
    mailbox.post(new Input.LinkDown(now(), new LinkId(link), reason));
  }

  @Override
  public void dialFailed(PublicKey remote, String address, String reason) {
    mailbox.post(new Input.DialFailed(now(), remote, address, reason));
  }

  @Override
  public void memberJoined(long link, ChannelId channel) {
    mailbox.post(new Input.MemberJoined(now(), new LinkId(link), channel));
  }

  @Override
  public void memberLeft(long link, ChannelId channel) {
    mailbox.post(new Input.MemberLeft(now(), new LinkId(link), channel));
  }

  @Override
  public void relayState(String url, boolean up, String detail) {
    mailbox.post(new Input.RelayState(now(), url, up, detail));
  }

  @Override
  public void frameArrived(long link, Bytes frame, Runnable taken) {
    mailbox.post(new Input.FrameArrived(now(), new LinkId(link), frame), taken);
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
