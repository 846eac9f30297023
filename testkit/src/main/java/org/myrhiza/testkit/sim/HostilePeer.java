// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.Opened;
import org.myrhiza.frame.Opening;
import org.myrhiza.frame.Sealing;
import org.myrhiza.hash.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.Seeded;

/**
 * A member without a kernel: it holds the topic's invitation, so what it seals opens at the other
 * members, and what they seal opens here. It says what it is told to say and keeps no rule of its
 * own.
 */
public final class HostilePeer implements Member {
  private final Simulation world;
  private final int index;
  private final Seeded random;
  private final PublicKey transport;
  private final Invitation invitation;
  private final Sealing sealing;
  private final Opening opening;
  private Habit habit = (from, message) -> {};
  private boolean present;

  HostilePeer(Simulation world, int index, Seeded random, String invite) {
    this.world = world;
    this.index = index;
    this.random = random;
    invitation = Invitation.parse(invite).orThrow();
    transport = world.signing().publicKey(random.nextBytes(Limits.HASH_BYTES));
    sealing =
        new Sealing(
            world.aead(),
            invitation.secret(),
            invitation.epoch(),
            transport,
            random.nextBytes(Limits.HASH_BYTES));
    opening = opening();
  }

  private Opening opening() {
    return new Opening(world.aead(), invitation.secret(), invitation.epoch());
  }

  /** What it does whenever it hears something. */
  @FunctionalInterface
  public interface Habit {
    /** A peer said something to it. */
    void heard(SimPeer from, Message message);
  }

  /** From now on it does this whenever it hears something; at first it does nothing. */
  public void habit(Habit next) {
    habit = next;
  }

  /** Does something again and again, until it leaves. */
  public void repeat(long everyMillis, Runnable what) {
    if (present) {
      what.run();
      world.clock().after(everyMillis, () -> repeat(everyMillis, what));
    }
  }

  /** Comes into the topic's channel. */
  public void enter() {
    present = true;
    world.network().attach(this, sealing.channel());
  }

  /** Leaves, and its links with it. */
  public void leave() {
    present = false;
    world.network().crashed(this);
  }

  /** The topic that it attacks. */
  public TopicId topic() {
    return invitation.topic();
  }

  /** The topic's first event. */
  public EventId genesis() {
    return new EventId(topic().bytes());
  }

  /** The link to it, as a peer numbers it. */
  public LinkId linkAt(SimPeer peer) {
    return new LinkId(world.network().link(peer.index(), index));
  }

  /** A key of its own that signs events of the topic. */
  public RogueAuthor author(String name) {
    return author(name, topic());
  }

  /** A key of its own that signs events of any topic. */
  public RogueAuthor author(String name, TopicId of) {
    Bytes seed = random.fork(name).nextBytes(Limits.HASH_BYTES);
    return new RogueAuthor(world.signing(), seed, of);
  }

  /** A key that belongs to a user of its own; the same user's by the same name. */
  public RogueAuthor author(String name, String user) {
    Bytes by = random.fork(user).nextBytes(Limits.HASH_BYTES);
    return author(name, by);
  }

  /** A key that belongs to a peer's user, who lends his key for that. */
  public RogueAuthor author(String name, SimPeer of) {
    return author(name, of.lentUser());
  }

  private RogueAuthor author(String name, Bytes user) {
    Bytes seed = random.fork(name).nextBytes(Limits.HASH_BYTES);
    return new RogueAuthor(world.signing(), seed, topic(), Optional.of(user));
  }

  /** Whether a peer still listens: it has not closed the link to this one. */
  public boolean reaches(SimPeer to) {
    return world.network().reaches(index, to.index());
  }

  /** Says something to one peer. */
  public void say(SimPeer to, Message message) {
    sayBytes(to, Message.CODEC.encode(message));
  }

  /** Seals any bytes properly and brings them to one peer. */
  public void sayBytes(SimPeer to, Bytes plaintext) {
    bring(to, seal(plaintext));
  }

  /** Seals any bytes properly. */
  public Bytes seal(Bytes plaintext) {
    return sealing.seal(plaintext);
  }

  /** Brings any bytes to one peer as a frame of its own. */
  public void bring(SimPeer to, Bytes frame) {
    world.network().inject(index, to.index(), frame);
  }

  /** What the frames among a peer's effects say, as far as they are of this topic. */
  public List<Message> overhear(List<Effect> effects) {
    Opening fresh = opening();
    List<Message> said = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Send send) {
        open(fresh, send.frame(), said);
      } else if (effect instanceof Effect.Publish publish) {
        open(fresh, publish.frame(), said);
      }
    }
    return said;
  }

  private static void open(Opening with, Bytes frame, List<Message> said) {
    if (with.open(frame) instanceof Opened.Plain plain
        && Message.CODEC.decode(plain.plaintext()) instanceof Decoded.Ok<Message> ok) {
      said.add(ok.value());
    }
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public PublicKey transport() {
    return transport;
  }

  @Override
  public void tell(LongFunction<Input> input) {
    if (!(input.apply(world.now()) instanceof Input.FrameArrived arrived)
        || !(opening.open(arrived.frame()) instanceof Opened.Plain plain)) {
      return;
    }
    for (SimPeer peer : world.peersOf(plain.sender())) {
      habit.heard(peer, Message.CODEC.decode(plain.plaintext()).orThrow());
    }
  }

  /** It needs no telling who comes and goes. */
  @Override
  public void later(List<LongFunction<Input>> inputs) {}
}
