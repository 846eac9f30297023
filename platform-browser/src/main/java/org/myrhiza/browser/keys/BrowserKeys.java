// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import java.util.function.Consumer;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.obstacle.Obstacles;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.kernel.Reply;
import org.teavm.jso.JSObject;

/** The installation's keys: made by WebCrypto, not extractable, kept in IndexedDB. */
public final class BrowserKeys {
  /** Which of the keys. */
  public enum Name {
    /** The user's. */
    LONG_TERM("long-term"),
    /** This installation's, under the user's. */
    INSTANCE("instance"),
    /** The one that logs in to relays. */
    TRANSPORT("transport");

    private final String stored;

    Name(String stored) {
      this.stored = stored;
    }
  }

  private static final String KIND = "Ed25519 in WebCrypto";

  private final JSObject database;
  private final JSObject keys;

  private BrowserKeys(JSObject database, JSObject keys) {
    this.database = database;
    this.keys = keys;
  }

  /** Opens the keys of a database, making them when missing, or tells why it cannot. */
  public static void open(
      JSObject database, Consumer<BrowserKeys> opened, Consumer<Reply.Failed> refused) {
    KeysJs.open(
        database,
        keys -> opened.accept(new BrowserKeys(database, keys)),
        () -> refused.accept(Obstacles.tooOld(KIND)),
        reason -> refused.accept(Obstacles.storageDenied(reason)));
  }

  /** Returns the public part of a key. */
  public PublicKey open(Name name) {
    return new PublicKey(JsBytes.adopt(KeysJs.publicKey(keys, name.stored)));
  }

  /** Puts a new key in the place of one; it is told once it is stored. */
  public void renew(Name name, Consumer<PublicKey> made, Consumer<String> failed) {
    KeysJs.renew(database, keys, name.stored, () -> made.accept(open(name)), failed::accept);
  }

  /** Signs a message. */
  public void sign(Name name, Bytes message, Consumer<Signature> signed, Consumer<String> failed) {
    KeysJs.sign(
        keys,
        name.stored,
        JsBytes.of(message),
        signature -> signed.accept(new Signature(JsBytes.adopt(signature))),
        failed::accept);
  }
}
