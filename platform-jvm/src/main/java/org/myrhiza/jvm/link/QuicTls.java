// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import io.netty.handler.codec.quic.BoringSSLContextOption;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.ClientAuth;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.myrhiza.identity.PublicKey;

/**
 * TLS 1.3 for QUIC in which both sides prove an Ed25519 transport key. A dialled engine accepts one
 * key only. An accepted one takes each: who is not admitted is refused at the hello, with a reason,
 * because a certificate refused here leaves the dialler waiting. No early data: it can be replayed.
 */
final class QuicTls {
  static final String PROTOCOL = "myrhiza/0";
  private static final String[] ED25519_ONLY = {"ed25519"};

  private final QuicSslContext client;
  private final QuicSslContext server;

  /** Which key a dialled engine has to see; engines go with their connections. */
  private final Map<SSLEngine, PublicKey> expected =
      Collections.synchronizedMap(new WeakHashMap<>());

  QuicTls(TransportIdentity identity) {
    Keys keys = new Keys(identity.privateKey(), TransportCertificate.of(identity));
    client =
        QuicSslContextBuilder.forClient()
            .keyManager(keys, null)
            .trustManager(new Trust(this::checkDialled))
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, ED25519_ONLY)
            .endpointIdentificationAlgorithm(null)
            .applicationProtocols(PROTOCOL)
            .earlyData(false)
            .build();
    server =
        QuicSslContextBuilder.forServer(keys, null)
            .trustManager(new Trust((key, engine) -> {}))
            .option(BoringSSLContextOption.SIGNATURE_ALGORITHMS, ED25519_ONLY)
            .clientAuth(ClientAuth.REQUIRE)
            .applicationProtocols(PROTOCOL)
            .earlyData(false)
            .build();
  }

  QuicSslContext server() {
    return server;
  }

  /** Returns an engine that accepts this key only. */
  QuicSslEngine dialling(PublicKey remote, io.netty.buffer.ByteBufAllocator allocator) {
    QuicSslEngine engine = client.newEngine(allocator);
    expected.put(engine, remote);
    return engine;
  }

  /** Returns the key that the other side proved, or null before the handshake is done. */
  static @Nullable PublicKey provenKey(@Nullable SSLEngine engine) {
    if (engine == null) {
      return null;
    }
    try {
      return TransportCertificate.keyOf(only(engine.getSession().getPeerCertificates()));
    } catch (SSLPeerUnverifiedException | CertificateException notProven) {
      return null;
    }
  }

  private static X509Certificate @Nullable [] only(java.security.cert.Certificate[] chain) {
    return chain.length == 1 && chain[0] instanceof X509Certificate single
        ? new X509Certificate[] {single}
        : null;
  }

  private void checkDialled(PublicKey key, @Nullable SSLEngine engine) throws CertificateException {
    @Nullable PublicKey wanted = engine == null ? null : expected.get(engine);
    if (!key.equals(wanted)) {
      throw new CertificateException("another key than the one dialled");
    }
  }

  /** Decides on a key that the chain holds; possession is proven by the handshake. */
  private interface Rule {
    void check(PublicKey key, @Nullable SSLEngine engine) throws CertificateException;
  }

  private static final class Trust extends X509ExtendedTrustManager {
    private final Rule rule;

    Trust(Rule rule) {
      this.rule = rule;
    }

    private void check(X509Certificate[] chain, @Nullable SSLEngine engine)
        throws CertificateException {
      rule.check(TransportCertificate.keyOf(chain), engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain, null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** One key for every question. */
  private static final class Keys extends X509ExtendedKeyManager {
    private static final String ALIAS = "transport";

    private final PrivateKey key;
    private final X509Certificate certificate;

    Keys(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }
  }
}
