// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.browser.keys.BrowserKeys;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayLimits;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * One relay: connect, log in, join the wanted channels, and after a loss all of it again with
 * growing, jittered waits. What arrives on an older socket of the same relay is ignored.
 */
final class RelayConnection {
  private final RelayUrl url;
  private final BrowserKeys keys;
  private final Consumer<Input> inputs;
  private final RelayLinks.LinkNumbers numbers;
  private final TreeSet<ChannelId> channels = new TreeSet<>();
  private final Map<PublicKey, Link> links = new TreeMap<>();
  private @Nullable JSObject socket;
  private int generation;
  private int failures;
  private boolean welcome;
  private boolean ended;
  private long pings;

  /** A member that shares channels with us. */
  private static final class Link {
    final long number;
    final TreeSet<ChannelId> shared = new TreeSet<>();
    boolean closed;

    Link(long number) {
      this.number = number;
    }
  }

  RelayConnection(
      RelayUrl url, BrowserKeys keys, Consumer<Input> inputs, RelayLinks.LinkNumbers numbers) {
    this.url = url;
    this.keys = keys;
    this.inputs = inputs;
    this.numbers = numbers;
  }

  void open() {
    if (ended) {
      return;
    }
    generation++;
    int mine = generation;
    socket =
        SocketJs.open(
            url.url(),
            () -> {},
            bytes -> {
              if (mine == generation) {
                received(bytes);
              }
            },
            reason -> {
              if (mine == generation) {
                lost(reason);
              }
            });
  }

  void join(ChannelId channel) {
    if (channels.add(channel) && welcome) {
      say(new RelayMessage.Join(channel));
    }
  }

  /** Leaves a channel; answers whether the connection has nothing left to do and has ended. */
  boolean leave(ChannelId channel) {
    channels.remove(channel);
    if (welcome) {
      say(new RelayMessage.Leave(channel));
    }
    for (PublicKey member : new ArrayList<>(links.keySet())) {
      gone(channel, member);
    }
    if (channels.isEmpty()) {
      ended = true;
      generation++;
      SocketJs.close(socket);
      return true;
    }
    return false;
  }

  boolean send(long number, Bytes frame) {
    for (Map.Entry<PublicKey, Link> each : links.entrySet()) {
      if (each.getValue().number == number) {
        say(new RelayMessage.SendTo(each.getKey(), frame));
        return true;
      }
    }
    return false;
  }

  void publish(ChannelId channel, Bytes frame) {
    if (welcome && channels.contains(channel)) {
      say(new RelayMessage.Publish(channel, frame));
    }
  }

  void closeLink(long number, String reason) {
    for (Link link : links.values()) {
      if (link.number == number && !link.closed) {
        link.closed = true;
        inputs.accept(new Input.LinkDown(now(), new LinkId(number), reason));
      }
    }
  }

  private static long now() {
    return (long) ThreadJs.now();
  }

  private void say(RelayMessage message) {
    if (SocketJs.buffered(socket) <= Limits.BUFFERED_BYTES) {
      SocketJs.send(socket, JsBytes.of(RelayProtocol.encode(message)));
    }
  }

  private void received(Int8Array bytes) {
    switch (RelayProtocol.decode(JsBytes.adopt(bytes))) {
      case Decoded.Ok<RelayMessage>(RelayMessage message) -> heard(message);
      case Decoded.Bad<RelayMessage> bad -> {
        generation++;
        SocketJs.close(socket);
        lost("the relay sent what is no message: " + bad.malformed().message());
      }
    }
  }

  private void heard(RelayMessage message) {
    switch (message) {
      case RelayMessage.Challenge(Bytes nonce) -> login(nonce);
      case RelayMessage.Welcome(RelayLimits limits) -> welcomed(limits);
      case RelayMessage.Members(ChannelId channel, List<PublicKey> others) ->
          others.forEach(member -> here(channel, member));
      case RelayMessage.MemberJoined(ChannelId channel, PublicKey member) -> here(channel, member);
      case RelayMessage.MemberLeft(ChannelId channel, PublicKey member) -> gone(channel, member);
      case RelayMessage.Deliver(ChannelId channel, PublicKey from, Bytes frame) ->
          frame(from, frame);
      case RelayMessage.DeliverDirect(PublicKey from, Bytes frame) -> frame(from, frame);
      case RelayMessage.Refused refused -> state(true, refused.text());
      case RelayMessage.Dropped(String reason) -> state(false, reason);
      case RelayMessage.Ping(long number) -> say(new RelayMessage.Pong(number));
      case RelayMessage.Pong pong -> failures = 0;
      case RelayMessage.Login other -> SocketJs.close(socket);
      case RelayMessage.Join other -> SocketJs.close(socket);
      case RelayMessage.Leave other -> SocketJs.close(socket);
      case RelayMessage.Publish other -> SocketJs.close(socket);
      case RelayMessage.SendTo other -> SocketJs.close(socket);
    }
  }

  private void login(Bytes nonce) {
    int mine = generation;
    keys.sign(
        BrowserKeys.Name.TRANSPORT,
        RelayMessage.Login.messageToSign(nonce, url.authority()),
        signature -> {
          if (mine == generation) {
            say(
                new RelayMessage.Login(
                    keys.open(BrowserKeys.Name.TRANSPORT), url.authority(), signature));
          }
        },
        reason -> state(false, reason));
  }

  private void welcomed(RelayLimits limits) {
    welcome = true;
    failures = 0;
    state(true, "");
    channels.forEach(channel -> say(new RelayMessage.Join(channel)));
    keepAlive(generation, (int) limits.keepAliveSeconds());
  }

  private void keepAlive(int mine, int seconds) {
    int millis = Math.max(1, seconds) * 1000;
    ThreadJs.after(
        millis,
        () -> {
          if (mine == generation) {
            pings++;
            say(new RelayMessage.Ping(pings));
            keepAlive(mine, seconds);
          }
        });
  }

  private void here(ChannelId channel, PublicKey member) {
    if (!channels.contains(channel)) {
      return;
    }
    Link link = links.get(member);
    if (link == null) {
      if (links.size() >= Limits.LINKS) {
        return;
      }
      link = new Link(numbers.next());
      links.put(member, link);
      inputs.accept(
          new Input.LinkUp(now(), new LinkId(link.number), member, LinkKind.RELAY, false));
    }
    if (link.shared.add(channel) && !link.closed) {
      inputs.accept(new Input.MemberJoined(now(), new LinkId(link.number), channel));
    }
  }

  private void gone(ChannelId channel, PublicKey member) {
    Link link = links.get(member);
    if (link == null || !link.shared.remove(channel)) {
      return;
    }
    if (!link.closed) {
      inputs.accept(new Input.MemberLeft(now(), new LinkId(link.number), channel));
    }
    if (link.shared.isEmpty()) {
      links.remove(member);
      if (!link.closed) {
        inputs.accept(new Input.LinkDown(now(), new LinkId(link.number), "left the relay"));
      }
    }
  }

  private void frame(PublicKey from, Bytes frame) {
    Link link = links.get(from);
    if (link != null && !link.closed) {
      inputs.accept(new Input.FrameArrived(now(), new LinkId(link.number), frame));
    }
  }

  private void state(boolean up, String reason) {
    inputs.accept(new Input.RelayState(now(), url.url(), up, reason));
  }

  private void lost(String reason) {
    welcome = false;
    socket = null;
    for (Link link : links.values()) {
      if (!link.closed) {
        inputs.accept(new Input.LinkDown(now(), new LinkId(link.number), "the relay was lost"));
      }
    }
    links.clear();
    state(false, reason);
    if (!ended) {
      failures = Math.min(failures + 1, 16);
      ThreadJs.after(waitMillis(), this::open);
    }
  }

  private int waitMillis() {
    int whole =
        (int)
            Math.min(
                Limits.LONGEST_WAIT_MILLIS,
                (long) Limits.FIRST_WAIT_MILLIS << Math.min(failures - 1, 16));
    return whole / 2 + (int) (ThreadJs.random() * whole / 2);
  }
}
