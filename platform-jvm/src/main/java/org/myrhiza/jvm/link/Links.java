// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;

/**
 * All links of one native peer. Methods may be called on any thread and return at once; what comes
 * of them is told to the {@link LinkEvents}. Frames are carried as they are: they are sealed.
 *
 * <p>Relays are kept while a channel wants them: a lost one is tried again with growing, jittered
 * waits, and its channels are joined anew. A dial is one try.
 */
public final class Links implements AutoCloseable {
  private final Loop loop = new Loop();
  private final LinkEvents events;
  private final RelayLinks relays;
  private final QuicLinks quic;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long lastLink;

  private Links(LinksOptions options, LinkEvents events) {
    this.events = events;
    this.relays = new RelayLinks(options, loop, events, () -> ++lastLink);
    this.quic = new QuicLinks(options, loop, events, () -> ++lastLink);
  }

  /** Begins with no link, listening nowhere. */
  public static Links open(LinksOptions options, LinkEvents events) {
    return new Links(options, events);
  }

  /**
   * Listens for QUIC; waits until it does.
   *
   * @param where a local address; port 0 asks for a free one
   * @return where it listens, with the real port
   * @throws LinkException if it cannot
   */
  public Authority listen(Authority where) throws LinkException {
    return quic.listen(where);
  }

  /** Makes us a member of a channel on exactly these relays; a wrong address is told as down. */
  public void attach(ChannelId channel, List<String> urls) {
    loop.run(() -> {
      Set<RelayUrl> parsed = new LinkedHashSet<>();
      for (String url : urls) {
        switch (RelayUrl.parse(url)) {
          case Decoded.Ok<RelayUrl>(RelayUrl good) -> parsed.add(good);
          case Decoded.Bad<RelayUrl>(Malformed bad) -> events.relayState(url, false, bad.message());
        }
      }
      relays.attach(channel, parsed);
    });
  }

  /** Makes us a member of a channel nowhere. */
  public void detach(ChannelId channel) {
    loop.run(() -> relays.detach(channel));
  }

  /**
   * Tries once to link to a key over QUIC: ends in {@link LinkEvents#linkUp} or {@link
   * LinkEvents#dialFailed}, also when such a link is up already.
   *
   * @param address host and port
   */
  public void dial(PublicKey remote, String address) {
    loop.run(() -> quic.dial(remote, address));
  }

  /** Sends a frame to one remote; nothing happens when the link is gone. */
  public void send(long link, Bytes frame) {
    loop.run(() -> {
      if (!quic.send(link, frame)) {
        relays.send(link, frame);
      }
    });
  }

  /** Sends a frame to all members of a channel, over each relay where we are in it. */
  public void publish(ChannelId channel, Bytes frame) {
    loop.run(() -> relays.publish(channel, frame));
  }

  /**
   * Ends a link. Over QUIC the connection closes; over relays the remote cannot be sent away, so
   * what it sends is dropped until it leaves.
   */
  public void closeLink(long link, String reason) {
    loop.run(() -> {
      if (!quic.close(link, reason)) {
        relays.close(link);
      }
    });
  }

  /** Closes everything; takes at most a few seconds. No event follows. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      loop.end(() -> {
        relays.closeAll("the peer stops");
        quic.closeAll("the peer stops");
      });
    }
  }
}
