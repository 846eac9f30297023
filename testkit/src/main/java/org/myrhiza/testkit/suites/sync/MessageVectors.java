// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Clock;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventHeader;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Range;
import org.myrhiza.log.Subtree;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Heads;
import org.myrhiza.sync.Known;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Stretch;
import org.myrhiza.sync.Wish;

/** The values behind the golden bytes of sync messages. */
final class MessageVectors {
  private static final int ID_BYTES = 32;
  private static final int RANK_BYTES = 16;
  private static final int SIGNATURE_BYTES = 64;

  private MessageVectors() {}

  private static Bytes counting(int first, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Bytes.adopt(bytes);
  }

  private static PublicKey key(int first) {
    return new PublicKey(counting(first, ID_BYTES));
  }

  private static EventId id(int first) {
    return new EventId(counting(first, ID_BYTES));
  }

  private static Place place(int first) {
    return new Place(first, counting(first, RANK_BYTES), id(first));
  }

  private static Event event(int tag) {
    Bytes payload = Bytes.of(tag);
    EventHeader header =
        new EventHeader(
            new TopicId(counting(0, ID_BYTES)),
            key(ID_BYTES),
            2,
            Optional.of(id(64)),
            List.of(),
            new Clock(1_780_000_000_000L, 3),
            EventKind.APP,
            payload.size(),
            EventHeader.payloadHash(payload));
    return Event.of(header, payload, new Signature(counting(100, SIGNATURE_BYTES)));
  }

  /** One message of each form, in the order of their kinds. */
  static Map<String, Message> all() {
    Tip first = new Tip(key(1), 3, id(2));
    Tip other = new Tip(key(5), 4, id(6));
    Subtree root = new Subtree(Prefix.ALL, 300, counting(7, ID_BYTES));
    Subtree part = new Subtree(new Prefix(9, Bytes.of(1, 0x80)), 2, counting(8, ID_BYTES));
    BundleId bundle = new BundleId(counting(9, ID_BYTES));
    Frontier heads = new Frontier(List.of(first, other));
    Map<String, Message> all = new LinkedHashMap<>();
    all.put("hello", new Message.Hello(heads, Wish.ANSWER, Optional.of(root)));
    Heads change = new Heads(7, 5, new Frontier(List.of(first)), List.of(key(5)));
    all.put("hello, what changed", new Message.Hello(change, Wish.IF_OTHER, Optional.of(root)));
    Heads same = new Heads(7, 7, Frontier.NOTHING, List.of());
    all.put("hello, nothing changed", new Message.Hello(same, Wish.WHOLE, Optional.empty()));
    all.put("pull", new Message.Pull(1, Known.of(heads), 256, Range.ALL, 8));
    Range range = new Range(Optional.of(place(3)), Optional.of(place(4)));
    Known named = new Known(7, Frontier.NOTHING, List.of(key(5)));
    all.put("pull, heads named", new Message.Pull(258, named, 1, range, 0));
    List<Stretch> plan = List.of(new Stretch(place(3), 1), new Stretch(place(4), 256));
    all.put("events", new Message.Events(1, List.of(event(1)), true, plan, 70_000));
    all.put("events, unasked", new Message.Events(0, List.of(event(2)), false));
    all.put("complete", new Message.SyncComplete(1, 256, 70_001));
    all.put("want bundle", new Message.WantBundle(bundle, 300));
    all.put("bundle chunk", new Message.BundleChunk(bundle, 303, 300, Bytes.of(1, 2, 3)));
    all.put("forks", new Message.Forks(List.of(new KnownFork(key(1), 2))));
    all.put("proofs", new Message.Proofs(List.of(ForkProof.of(event(1), event(2)))));
    all.put("descend", new Message.Descend(2, List.of(Prefix.ALL, part.prefix())));
    all.put("cuts", new Message.Cuts(2, List.of(new Cut(Prefix.ALL, List.of(part)))));
    all.put("want", new Message.Want(3, List.of(id(1), id(2))));
    all.put("unknown", new Message.Unknown(-1));
    all.put("announce", new Message.Announce(List.of(id(1), id(2))));
    all.put("graft", new Message.Graft(4, List.of(id(1))));
    all.put("prune", new Message.Prune());
    return all;
  }
}
