// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;

/**
 * One relay that some channel wants: connects, logs in, joins, and begins again when it is lost.
 * Only the links' thread calls and is called.
 */
final class RelayClient {
  /** What the owner hears, on the links' thread. */
  interface Owner {
    void relayState(RelayClient relay, boolean up, String reason);

    void members(RelayClient relay, ChannelId channel, List<PublicKey> others);

    void joined(RelayClient relay, ChannelId channel, PublicKey member);

    void left(RelayClient relay, ChannelId channel, PublicKey member);

    void frame(PublicKey from, Bytes frame, Runnable taken);

    void lost(RelayClient relay);
  }

  private enum State {
    WAITING,
    CONNECTING,
    UP,
    CLOSED
  }

  private final RelayUrl url;
  private final TransportIdentity identity;
  private final Loop loop;
  private final Owner owner;
  private final Backoff backoff;
  private final Set<ChannelId> wanted = new LinkedHashSet<>();
  private State state = State.WAITING;
  private @Nullable RelaySocket socket;
  private long upSinceNanos;
  private String lastReason = "";

  RelayClient(RelayUrl url, LinksOptions options, Loop loop, Owner owner) {
    this.url = url;
    this.identity = options.identity();
    this.loop = loop;
    this.owner = owner;
    this.backoff =
        new Backoff(options.firstRetry(), options.longestRetry(), RandomGenerator.getDefault());
  }

  RelayUrl url() {
    return url;
  }

  boolean wantsNothing() {
    return wanted.isEmpty();
  }

  boolean isIn(ChannelId channel) {
    return state == State.UP && wanted.contains(channel);
  }

  boolean isUp() {
    return state == State.UP;
  }

  void connect() {
    if (state != State.WAITING) {
      return;
    }
    state = State.CONNECTING;
    RelaySocket fresh =
        new RelaySocket(
            URI.create(url.url()),
            new RelaySocket.Ears(
                (from, message) -> hear(from, message),
                (from, reason) -> loop.run(() -> closed(from, reason))));
    socket = fresh;
    loop.after(Limits.WELCOME, () -> giveUp(fresh));
    fresh.connect();
  }

  void join(ChannelId channel) {
    if (wanted.add(channel)) {
      send(new RelayMessage.Join(channel));
    }
  }

  void leave(ChannelId channel) {
    if (wanted.remove(channel)) {
      send(new RelayMessage.Leave(channel));
    }
  }

  /** Sends if the relay is up; else nothing: who comes back synchronises anyway. */
  void send(RelayMessage message) {
    RelaySocket open = socket;
    if (state == State.UP && open != null) {
      open.send(message);
    }
  }

  void close(String reason) {
    state = State.CLOSED;
    RelaySocket open = socket;
    socket = null;
    if (open != null) {
      open.abandon(reason);
    }
  }

  private void giveUp(RelaySocket from) {
    if (from == socket && state == State.CONNECTING) {
      from.blame().accept("no welcome within " + Limits.WELCOME.toSeconds() + " s");
      from.abandon("no welcome");
    }
  }

  /** On the socket's thread: frames are counted in before anything else can be read. */
  private void hear(RelaySocket from, RelayMessage message) {
    switch (message) {
      case RelayMessage.Deliver(ChannelId channel, PublicKey sender, Bytes frame) -> {
        Runnable taken = from.admit(frame.size());
        loop.run(() -> owner.frame(sender, frame, taken));
      }
      case RelayMessage.DeliverDirect(PublicKey sender, Bytes frame) -> {
        Runnable taken = from.admit(frame.size());
        loop.run(() -> owner.frame(sender, frame, taken));
      }
      case RelayMessage other -> loop.run(() -> heard(from, other));
    }
  }

  private void heard(RelaySocket from, RelayMessage message) {
    if (from != socket) {
      return;
    }
    switch (message) {
      case RelayMessage.Challenge(Bytes nonce) -> from.send(login(nonce));
      case RelayMessage.Welcome welcome -> welcomed(from);
      case RelayMessage.Members(ChannelId channel, List<PublicKey> others) -> {
        if (wanted.contains(channel)) {
          owner.members(this, channel, others);
        }
      }
      case RelayMessage.MemberJoined(ChannelId channel, PublicKey member) -> {
        if (wanted.contains(channel)) {
          owner.joined(this, channel, member);
        }
      }
      case RelayMessage.MemberLeft(ChannelId channel, PublicKey member) ->
          owner.left(this, channel, member);
      case RelayMessage.Ping(long number) -> from.send(new RelayMessage.Pong(number));
      case RelayMessage.Refused refused -> refused(from, refused);
      case RelayMessage.Dropped(String reason) -> from.blame().accept(reason);
      case RelayMessage.Deliver _,
          RelayMessage.DeliverDirect _,
          RelayMessage.Login _,
          RelayMessage.Join _,
          RelayMessage.Leave _,
          RelayMessage.Publish _,
          RelayMessage.SendTo _,
          RelayMessage.Pong _ -> {}
    }
  }

  private RelayMessage login(Bytes nonce) {
    Bytes message = RelayMessage.Login.messageToSign(nonce, url.authority());
    return new RelayMessage.Login(identity.key(), url.authority(), identity.sign(message));
  }

  private void welcomed(RelaySocket from) {
    if (state != State.CONNECTING) {
      return;
    }
    state = State.UP;
    upSinceNanos = System.nanoTime();
    lastReason = "";
    owner.relayState(this, true, "");
    wanted.forEach(channel -> from.send(new RelayMessage.Join(channel)));
  }

  /** Who just left is no news; that a channel or the relay is full is. */
  private void refused(RelaySocket from, RelayMessage.Refused refused) {
    switch (refused.code()) {
      case NOT_REACHABLE, NOT_A_MEMBER -> {}
      case MALFORMED, UNEXPECTED, OTHER_RELAY, BAD_SIGNATURE -> from.blame().accept(refused.text());
      case TOO_MANY_CHANNELS, CHANNEL_FULL -> owner.relayState(this, true, refused.text());
    }
  }

  private void closed(RelaySocket from, String reason) {
    if (from != socket) {
      return;
    }
    boolean wasUp = state == State.UP;
    socket = null;
    state = State.WAITING;
    if (wasUp) {
      owner.lost(this);
      if (System.nanoTime() - upSinceNanos > Limits.STEADY.toNanos()) {
        backoff.reset();
      }
    }
    if (wasUp || !reason.equals(lastReason)) {
      owner.relayState(this, false, reason);
    }
    lastReason = reason;
    Duration wait = backoff.next();
    loop.after(wait, this::connect);
  }
}
