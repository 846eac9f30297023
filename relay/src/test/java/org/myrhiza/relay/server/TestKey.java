// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/** A transport key of a test. */
record TestKey(KeyPair pair, PublicKey key) {
  static TestKey fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Bytes encoded = Bytes.copyOf(pair.getPublic().getEncoded());
      return new TestKey(pair, new PublicKey(encoded.slice(encoded.size() - 32, encoded.size())));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  Signature sign(Bytes message) {
    try {
      var signer = java.security.Signature.getInstance("Ed25519");
      signer.initSign(pair.getPrivate());
      signer.update(message.toArray());
      return new Signature(Bytes.adopt(signer.sign()));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  RelayMessage.Login login(Bytes nonce, Authority authority) {
    Bytes message = RelayMessage.Login.messageToSign(nonce, authority);
    return new RelayMessage.Login(key, authority, sign(message));
  }
}
