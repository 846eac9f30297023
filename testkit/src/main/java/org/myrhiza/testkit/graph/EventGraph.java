// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.Join;
import org.myrhiza.event.TopicId;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.identity.Certificate;
import org.myrhiza.identity.InstanceKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.testkit.Seeded;

/**
 * A random topic: some authors who each know a causally closed part of it and write on top of what
 * they know, and some who fork their chains, cite anything, go back in time, or join with the
 * founder's key. Signatures are empty: the log judges what comes after verification.
 */
public final class EventGraph {
  private static final Signature UNSIGNED = new Signature(Bytes.zeros(64));
  private static final int MOST_DEPS = 8;

  private final Seeded random;
  private final Recipe recipe;
  private final TreeMap<EventId, Event> events = new TreeMap<>();
  private final List<Event> inOrderOfWriting = new ArrayList<>();
  private final TreeMap<PublicKey, Author> authors = new TreeMap<>();
  private final TopicId topic;

  private static final class Author {
    final PublicKey key;
    final PublicKey principal;
    final boolean cheats;
    final TreeSet<EventId> known = new TreeSet<>();
    final List<Event> chain = new ArrayList<>();

    Author(PublicKey key, PublicKey principal, boolean cheats) {
      this.key = key;
      this.principal = principal;
      this.cheats = cheats;
    }
  }

  private EventGraph(Seeded random, Recipe recipe) {
    this.random = random;
    this.recipe = recipe;
    Author founder = author(recipe.fencersCheat, Optional.empty());
    TreeSet<PublicKey> fencers = new TreeSet<>(List.of(founder.key));
    for (int i = 1; i < recipe.fencers; i++) {
      fencers.add(author(recipe.fencersCheat, Optional.empty()).key);
    }
    Event genesis = genesis(random, founder.key, openWith(founder.key, List.copyOf(fencers)));
    topic = TopicId.of(genesis.id());
    founder.chain.add(genesis);
    add(genesis);
    founder.known.add(genesis.id());
  }

  private static TopicPolicy openWith(PublicKey founder, List<PublicKey> fencers) {
    TopicPolicy open = TopicPolicy.open(founder);
    return new TopicPolicy(
        open.admission(),
        fencers,
        open.upgraders(),
        open.admitters(),
        open.read(),
        open.quotaBytes(),
        open.quotaKeys());
  }

  /**
   * What a graph is made of.
   *
   * @param size events, the genesis included, valid and not
   * @param honest authors who extend their last event and cite the heads they know, apart from the
   *     fencers
   * @param cheats authors who half of the time do something else
   * @param fencers principals whose fences count for the topic, the founder first; at least 1
   * @param fencersCheat whether these cheat as well
   * @param devices of 6 authors, how many are a further chain key of an earlier author's principal
   * @param fences of 100 events after a join, how many are fences
   * @param otherPrincipals whether a cheat's further joins may name any principal
   */
  public record Recipe(
      int size,
      int honest,
      int cheats,
      int fencers,
      boolean fencersCheat,
      int devices,
      int fences,
      boolean otherPrincipals) {

    /** Returns authors without fences, most of whom have one key. */
    public static Recipe plain(int size, int honest, int cheats) {
      return new Recipe(size, honest, cheats, 1, false, 2, 0, false);
    }

    /** Returns some of everything that rules.md 6 is about, by chance. */
    public static Recipe fenced(Seeded random) {
      return new Recipe(
          20 + random.nextInt(40),
          2 + random.nextInt(2),
          2,
          1 + random.nextInt(2),
          random.chance(1, 3),
          3,
          5 + random.nextInt(30),
          random.chance(1, 2));
    }
  }

  /** Returns a graph without fences, of a number of events, the genesis included. */
  public static EventGraph random(Seeded random, int size, int honest, int cheats) {
    return random(random, Recipe.plain(size, honest, cheats));
  }

  /** Returns a graph. */
  public static EventGraph random(Seeded random, Recipe recipe) {
    EventGraph graph = new EventGraph(random, recipe);
    List<Author> authors = new ArrayList<>(graph.authors.values());
    for (int i = 0; i < recipe.honest + recipe.cheats; i++) {
      Optional<PublicKey> above =
          random.chance(recipe.devices, 6)
              ? Optional.of(random.pick(authors).principal)
              : Optional.empty();
      authors.add(graph.author(i >= recipe.honest, above));
    }
    while (graph.events.size() < recipe.size) {
      graph.write(random.pick(authors));
    }
    return graph;
  }

  /** Returns a genesis with an open policy and a program for the toy app. */
  public static Event genesis(Seeded random, PublicKey founder) {
    return genesis(random, founder, TopicPolicy.open(founder));
  }

  /** Returns a genesis with a program for the toy app. */
  public static Event genesis(Seeded random, PublicKey founder, TopicPolicy policy) {
    Genesis genesis =
        new Genesis(
            new BundleId(random.nextBytes(32)),
            random.nextBytes(32),
            "toy",
            policy,
            0,
            0,
            ToyApp.program(random),
            Optional.empty());
    Draft draft = new Draft(1, Optional.empty(), List.of(), new Clock(1_000, 0));
    return event(TopicId.NONE, founder, draft, EventKind.GENESIS, Genesis.CODEC.encode(genesis));
  }

  /** What a header says of the past. */
  public record Draft(long seq, Optional<EventId> prev, List<EventId> deps, Clock clock) {}

  /** Returns an event without a good signature. */
  public static Event event(
      TopicId topic, PublicKey signer, Draft draft, EventKind kind, Bytes payload) {
    EventHeader header =
        new EventHeader(
            topic,
            signer,
            draft.seq,
            draft.prev,
            draft.deps,
            draft.clock,
            kind,
            payload.size(),
            EventHeader.payloadHash(payload));
    return Event.of(header, payload, UNSIGNED);
  }

  private Author author(boolean cheats, Optional<PublicKey> above) {
    PublicKey key = new PublicKey(random.nextBytes(32));
    Author author = new Author(key, above.orElse(key), cheats);
    authors.put(key, author);
    return author;
  }

  private void add(Event event) {
    if (events.putIfAbsent(event.id(), event) == null) {
      inOrderOfWriting.add(event);
    }
  }

  private void write(Author author) {
    for (int i = random.nextInt(4); i > 0; i--) {
      learn(author, random.pick(inOrderOfWriting));
    }
    boolean cheat = author.cheats && random.chance(1, 2);
    Optional<Event> prev = cheat ? anyOwn(author) : lastOwn(author);
    NavigableSet<EventId> deps = cheat ? anything(author) : heads(author.known);
    prev.ifPresent(own -> deps.remove(own.id()));
    while (deps.size() > MOST_DEPS) {
      deps.pollFirst();
    }
    if (prev.isEmpty() && deps.isEmpty()) {
      deps.add(inOrderOfWriting.getFirst().id());
    }
    long after = prev.map(own -> own.header().clock().millis()).orElse(1_000L);
    boolean backwards = cheat && random.chance(1, 8);
    Clock clock = new Clock(backwards ? 1 : after + 1 + random.nextInt(50), random.nextInt(9));
    long seq = prev.map(own -> own.header().seq() + 1).orElse(1L);
    Draft draft = new Draft(seq, prev.map(Event::id), List.copyOf(deps), clock);
    boolean fence = recipe.fences > 0 && random.chance(recipe.fences, 100);
    Event event =
        prev.isEmpty() ? join(author, draft) : fence ? fence(author, draft) : app(author, draft);
    add(event);
    author.chain.add(event);
    learn(author, event);
  }

  private Event join(Author author, Draft draft) {
    PublicKey principal =
        author.cheats && recipe.otherPrincipals && random.chance(1, 2)
            ? anyAuthor().principal
            : author.principal;
    Optional<Certificate> certificate =
        author.key.equals(principal)
            ? Optional.empty()
            : Optional.of(
                new Certificate(
                    principal, topic.bytes(), author.key, InstanceKind.DEVICE, "device", UNSIGNED));
    Bytes payload = Join.CODEC.encode(new Join(certificate, Optional.empty()));
    return event(topic, author.key, draft, EventKind.JOIN, payload);
  }

  private Author anyAuthor() {
    return random.pick(List.copyOf(authors.values()));
  }

  /** An own fence where there is another key, else whatever comes to mind. */
  private Event fence(Author author, Draft draft) {
    List<Author> others = new ArrayList<>(authors.values());
    others.remove(author);
    List<Author> devices = new ArrayList<>(others);
    devices.removeIf(other -> !other.principal.equals(author.principal));
    boolean own = !devices.isEmpty() && random.chance(2, 3);
    Author fenced = random.pick(own ? devices : others);
    Fence fence =
        own || random.nextBoolean()
            ? new Fence(Fence.Subject.CHAIN_KEY, fenced.key)
            : new Fence(Fence.Subject.PRINCIPAL, fenced.principal);
    return event(topic, author.key, draft, EventKind.FENCE, Fence.CODEC.encode(fence));
  }

  private Event app(Author author, Draft draft) {
    AppPayload payload = new AppPayload(1 + random.nextInt(20), ToyApp.program(random));
    return event(topic, author.key, draft, EventKind.APP, payload.encode());
  }

  private Optional<Event> lastOwn(Author author) {
    return author.chain.isEmpty() ? Optional.empty() : Optional.of(author.chain.getLast());
  }

  private Optional<Event> anyOwn(Author author) {
    return author.chain.isEmpty() || random.chance(recipe.otherPrincipals ? 3 : 1, 8)
        ? Optional.empty()
        : Optional.of(random.pick(author.chain));
  }

  /** A few events, now and then only old ones that the author has known for long. */
  private NavigableSet<EventId> anything(Author author) {
    TreeSet<EventId> ids = new TreeSet<>();
    if (recipe.fences > 0 && !author.chain.isEmpty() && random.chance(1, 3)) {
      ids.add(inOrderOfWriting.get(random.nextInt(1 + inOrderOfWriting.size() / 4)).id());
      return ids;
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      ids.add(random.pick(inOrderOfWriting).id());
    }
    return ids;
  }

  private NavigableSet<EventId> heads(Set<EventId> known) {
    TreeSet<EventId> heads = new TreeSet<>(known);
    for (EventId id : known) {
      byId(id).header().parents().forEach(heads::remove);
    }
    return heads;
  }

  private void learn(Author author, Event event) {
    if (author.known.add(event.id())) {
      for (EventId parent : event.header().parents()) {
        learn(author, byId(parent));
      }
    }
  }

  private Event byId(EventId id) {
    Event event = events.get(id);
    if (event == null) {
      throw new IllegalArgumentException("not in the graph: " + id.text());
    }
    return event;
  }

  /** Returns the topic. */
  public TopicId topic() {
    return topic;
  }

  /** Returns all events, parents before children. */
  public List<Event> events() {
    return List.copyOf(inOrderOfWriting);
  }

  /** Returns all events in a random order. */
  public List<Event> shuffled(Seeded how) {
    List<Event> shuffled = new ArrayList<>(inOrderOfWriting);
    how.shuffle(shuffled);
    return shuffled;
  }

  /**
   * Returns proofs of the graph's forks, of two written events or of one and a header that nobody
   * ever saw as an event, for a peer to hear of in whatever order.
   */
  public List<ForkProof> proofs() {
    List<ForkProof> proofs = new ArrayList<>();
    Seeded how = random.fork("proofs");
    for (Event one : inOrderOfWriting) {
      for (Event other : inOrderOfWriting) {
        boolean fork =
            one.id().compareTo(other.id()) < 0
                && one.header().signer().equals(other.header().signer())
                && one.header().seq() == other.header().seq();
        if (fork) {
          proofs.add(ForkProof.of(one, other));
        }
      }
      Author author = authors.get(one.header().signer());
      if (author != null && author.cheats && how.chance(1, 12)) {
        proofs.add(ForkProof.of(one, unseen(one.header(), how)));
      }
    }
    return proofs;
  }

  private Event unseen(EventHeader like, Seeded how) {
    Draft draft = new Draft(like.seq(), like.prev(), like.deps(), like.clock());
    Bytes payload = new AppPayload(1, how.nextBytes(8)).encode();
    return event(topic, like.signer(), draft, EventKind.APP, payload);
  }

  /** Returns a few of the proofs. */
  public List<ForkProof> someProofs(Seeded how) {
    List<ForkProof> some = new ArrayList<>(proofs());
    some.removeIf(proof -> !how.chance(1, 6));
    return some;
  }

  /** Returns a causally closed part: some events with their whole past, parents first. */
  public List<Event> closedPart(Seeded how) {
    Author reader = new Author(authors.firstKey(), authors.firstKey(), false);
    for (int i = 1 + how.nextInt(4); i > 0; i--) {
      learn(reader, how.pick(inOrderOfWriting));
    }
    List<Event> part = new ArrayList<>();
    for (Event event : inOrderOfWriting) {
      if (reader.known.contains(event.id())) {
        part.add(event);
      }
    }
    return part;
  }
}
