// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.EpochSecret;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.Opened;
import org.myrhiza.frame.Opening;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.frame.Sealing;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.link.LinkEvents;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.link.Links;
import org.myrhiza.jvm.link.LinksOptions;
import org.myrhiza.jvm.link.TransportIdentity;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.log.Frontier;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Stretch;
import org.myrhiza.sync.Wish;

/**
 * Serves a prepared chat over QUIC and nothing else: what peers ask is read from the file. It is no
 * peer and holds no state, so that what is measured is who asks.
 */
final class Feeder implements AutoCloseable {
  private static final int SECRET_BYTES = 32;
  private static final long EPOCH = 0;

  private final PreparedChat chat;
  private final Bundle bundle;
  private final TransportIdentity identity = TransportIdentity.fromSeed(Ed25519Jvm.generate());
  private final EpochSecret secret = EpochSecret.of(random());
  private final AeadJvm aead = new AeadJvm();
  private final Sealing sealing = new Sealing(aead, secret, EPOCH, identity.key(), random());
  private final Map<Long, Opening> open = new ConcurrentHashMap<>();
  private final Links links;
  private final Authority address;

  private Feeder(PreparedChat chat, Bundle bundle) throws LinkException {
    this.chat = chat;
    this.bundle = bundle;
    links = Links.open(LinksOptions.of(identity), new Served());
    address = links.listen(new Authority("127.0.0.1", 0));
  }

  static Feeder of(PreparedChat chat, Bundle bundle) throws Refused {
    try {
      return new Feeder(chat, bundle);
    } catch (LinkException failed) {
      throw new Refused("nobody can be fed", failed);
    }
  }

  private static Bytes random() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Bytes.adopt(bytes);
  }

  /** An invitation to the chat that leads here, and to a relay if there is one. */
  String invite(List<RelayUrl> relays) {
    return invite(relays, List.of(new AddressHint(identity.key(), address)));
  }

  /** An invitation to the chat that leads elsewhere. */
  String invite(List<RelayUrl> relays, List<AddressHint> addresses) {
    return new Invitation(chat.topic(), chat.founder(), secret, EPOCH, relays, addresses).text();
  }

  /** Everything happens on the one thread of the links. */
  private final class Served implements LinkEvents {
    @Override
    public void linkUp(long link, PublicKey remote, LinkKind kind, boolean dialled) {
      open.put(link, new Opening(aead, secret, EPOCH));
      send(link, hello(Wish.ANSWER));
    }

    @Override
    public void linkDown(long link, String reason) {
      open.remove(link);
    }

    @Override
    public void dialFailed(PublicKey remote, String dialled, String reason) {}

    @Override
    public void memberJoined(long link, ChannelId channel) {}

    @Override
    public void memberLeft(long link, ChannelId channel) {}

    @Override
    public void relayState(String url, boolean up, String reason) {}

    @Override
    public void frameArrived(long link, Bytes frame, Runnable taken) {
      Opening opening = open.get(link);
      if (opening != null
          && opening.open(frame) instanceof Opened.Plain plain
          && Message.CODEC.decode(plain.plaintext()) instanceof Decoded.Ok<Message> ok) {
        serve(link, ok.value());
      }
      taken.run();
    }
  }

  private Message hello(Wish wish) {
    return new Message.Hello(chat.frontier(), wish);
  }

  private void send(long link, Message message) {
    links.send(link, sealing.seal(Message.CODEC.encode(message)));
  }

  private void serve(long link, Message asked) {
    switch (asked) {
      case Message.Hello hello when hello.wish() != Wish.NONE -> send(link, hello(Wish.NONE));
      case Message.Pull pull -> pull(link, pull);
      case Message.WantBundle want -> bundle(link, want);
      default -> {}
    }
  }

  private void pull(long link, Message.Pull asked) {
    int from = begin(asked.frontier(), asked);
    int end = asked.range().upTo().map(place -> (int) place.depth()).orElse(chat.size());
    int to = Math.min(end, from + Math.min(asked.maxEvents(), Limits.PAGE_EVENTS));
    try {
      if (from < to) {
        List<Stretch> plan = to < end ? plan(asked, from, to) : List.of();
        send(link, new Message.Events(asked.number(), chat.read(from, to), to < end, plan, 0));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (to >= end) {
      send(link, new Message.SyncComplete(asked.number(), Math.max(0, to - from), chat.size()));
    }
  }

  private int begin(Frontier told, Message.Pull asked) {
    int after = asked.range().after().map(place -> (int) place.depth()).orElse(0);
    return Math.max(after, chat.held(told));
  }

  private List<Stretch> plan(Message.Pull asked, int from, int to) {
    List<Stretch> plan = new ArrayList<>();
    if (asked.ahead() > 0 || asked.range().upTo().isPresent()) {
      plan.add(new Stretch(chat.place(to - 1), to - from));
    }
    int next = to + Limits.PAGE_EVENTS;
    for (int i = 0; i < asked.ahead() && next < chat.size(); i++) {
      plan.add(new Stretch(chat.place(next - 1), Limits.PAGE_EVENTS));
      next += Limits.PAGE_EVENTS;
    }
    return plan;
  }

  private void bundle(long link, Message.WantBundle want) {
    Bytes file = bundle.encode();
    if (want.offset() < file.size()) {
      Bytes chunk =
          file.slice(want.offset(), Math.min(file.size(), want.offset() + Limits.CHUNK_BYTES));
      send(link, new Message.BundleChunk(want.bundle(), file.size(), want.offset(), chunk));
    }
  }

  @Override
  public void close() {
    links.close();
  }
}
