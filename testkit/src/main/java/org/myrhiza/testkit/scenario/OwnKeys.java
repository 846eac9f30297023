// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.LogRow;
import org.myrhiza.instance.OwnRecords;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.SimPeer;

/**
 * Judges what became of keys that somebody else may hold, or that signed what their store lost: a
 * peer must not go on under such a key, and must say so.
 */
final class OwnKeys {
  /** How the line begins that a peer tells then. */
  private static final String TOLD = "this data folder was copied or restored";

  private final Stage stage;

  OwnKeys(Stage stage) {
    this.stage = stage;
  }

  /**
   * The peers whose keys may be forked: those whose stores were copied, and those whose disk lied
   * and who wrote on before any peer could tell them. Of what a forked key wrote only what others
   * acknowledged is held. The rest is proposed again, and so has other ids.
   */
  List<SimPeer> mayFork() {
    List<SimPeer> some = new ArrayList<>(stage.copied());
    for (SimPeer peer : stage.world().peers()) {
      if (peer.hasForgotten()) {
        some.add(peer);
      }
    }
    return some;
  }

  /**
   * Lets the users of all peers with new keys act once more.
   *
   * @return what went wrong with that, one line each
   */
  List<String> act() {
    List<String> wrong = new ArrayList<>();
    for (SimPeer peer : stage.world().peers()) {
      if (isRenewed(peer)) {
        Reply reply = stage.script().ask(peer, stage.sample());
        if (reply instanceof Reply.Acted acted) {
          stage.acknowledged().add(peer, acted);
          check(peer, acted.event()).ifPresent(wrong::add);
        } else if (!stage.scenario().play().mayRefuse()) {
          wrong.add(name(peer) + " cannot write under its new key: " + reply);
        }
      }
    }
    return wrong;
  }

  private static Optional<String> check(SimPeer peer, EventId written) {
    PublicKey first = peer.signers().get(0);
    boolean isNew =
        peer.store().signed().stream()
            .anyMatch(own -> own.id().equals(written) && !own.key().equals(first));
    return isNew
        ? Optional.empty()
        : Optional.of(name(peer) + " wrote " + written.text() + " under its old key");
  }

  /**
   * Judges the keys by what all hold.
   *
   * @return what is wrong, one line each
   */
  List<String> judge(Collection<LogRow> rows) {
    TreeSet<PublicKey> forked = new TreeSet<>();
    stage.world().peers().forEach(peer -> forked.addAll(peer.store().forked()));
    List<String> wrong = new ArrayList<>();
    for (SimPeer peer : stage.world().peers()) {
      PublicKey key = peer.signer();
      if (forked.contains(key)) {
        wrong.add(name(peer) + " goes on under a key that is known to have forked");
      }
      unknown(peer, rows)
          .ifPresent(row ->
              wrong.add(
                  name(peer)
                      + " goes on under a key that signed what its store does not know of: "
                      + row.event().text()));
      if (isRenewed(peer) && !hasTold(peer)) {
        wrong.add(name(peer) + " writes under a new key and never said so");
      }
    }
    return wrong;
  }

  /** An event of a peer's present key that is not among those it signed; empty if there is none. */
  private static Optional<LogRow> unknown(SimPeer peer, Collection<LogRow> rows) {
    List<LogRow> signed = rows.stream().filter(row -> row.signer().equals(peer.signer())).toList();
    if (signed.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<EventId> own = new TreeSet<>();
    for (OwnRecords.Signed each : peer.store().signed()) {
      own.add(each.id());
    }
    return signed.stream().filter(row -> !own.contains(row.event())).findFirst();
  }

  /**
   * Whether a peer said that it writes as a new device. Where it has no record of having signed
   * under a former key, the topic looks like one that was left and is joined again, and nothing
   * need be said: a disk forgot it as a whole, or a copy wrote in it first.
   */
  private static boolean hasTold(SimPeer peer) {
    boolean signed =
        peer.store().signed().stream().anyMatch(own -> !own.key().equals(peer.signer()));
    return !signed || peer.warnings().stream().anyMatch(line -> line.startsWith(TOLD));
  }

  private static boolean isRenewed(SimPeer peer) {
    return peer.signers().size() > 1;
  }

  private static String name(SimPeer peer) {
    return "peer " + peer.index();
  }
}
