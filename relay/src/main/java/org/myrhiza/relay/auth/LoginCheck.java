// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.auth;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.identity.SignatureVerifier;

/**
 * One connection's challenge and the check of its answer. The challenge is good for one answer on
 * this connection, so a login that was overheard opens nothing.
 */
public final class LoginCheck {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Names names;
  private final SignatureVerifier verifier;
  private final Bytes nonce;

  /**
   * Draws a challenge.
   *
   * @param names what this relay is called
   * @param verifier the one rule for signatures
   */
  public LoginCheck(Names names, SignatureVerifier verifier) {
    this.names = names;
    this.verifier = verifier;
    byte[] random = new byte[Limits.KEY_BYTES];
    RANDOM.nextBytes(random);
    this.nonce = Bytes.adopt(random);
  }

  /** Returns what the client has to sign. */
  public RelayMessage.Challenge challenge() {
    return new RelayMessage.Challenge(nonce);
  }

  /**
   * Returns nothing when the login is good, else why not.
   *
   * @param login the client's answer
   * @param local where the connection reached us
   */
  public Optional<RefusalCode> check(RelayMessage.Login login, InetSocketAddress local) {
    if (!names.accepts(login.authority(), local)) {
      return Optional.of(RefusalCode.OTHER_RELAY);
    }
    Bytes message = RelayMessage.Login.messageToSign(nonce, login.authority());
    return verifier.verify(login.key(), message, login.signature())
        ? Optional.empty()
        : Optional.of(RefusalCode.BAD_SIGNATURE);
  }
}
