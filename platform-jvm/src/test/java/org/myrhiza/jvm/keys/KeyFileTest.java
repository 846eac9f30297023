// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.Secret;
import org.myrhiza.jvm.store.DataException;

class KeyFileTest {
  private static final int FORMAT_AT = "myrhiza keys".length();

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("keys");
  }

  private static Optional<Secret> passphrase(String text) {
    return Optional.of(Secret.adopt(text.getBytes(StandardCharsets.UTF_8)));
  }

  private InstallationKeys open(Optional<Secret> passphrase) throws DataException {
    return KeyFile.openOrCreate(file(), passphrase, "native Test");
  }

  private DataException refused(Optional<Secret> passphrase) {
    return catchThrowableOfType(DataException.class, () -> open(passphrase));
  }

  private void rewrite(Bytes body) throws Exception {
    Files.write(file(), Bytes.concat(body, Blake3.hash(body)).toArray());
  }

  private Bytes body() throws Exception {
    Bytes all = Bytes.adopt(Files.readAllBytes(file()));
    return all.slice(0, all.size() - 32);
  }

  @Test
  void makesKeysOnceAndReadsThemAgain() throws Exception {
    InstallationKeys made = open(Optional.empty());
    InstallationKeys read = open(Optional.empty());
    assertThat(made.created()).isTrue();
    assertThat(read.created()).isFalse();
    assertThat(InstallationKeys.publicOf(read.longTerm()))
        .isEqualTo(InstallationKeys.publicOf(made.longTerm()))
        .isNotEqualTo(InstallationKeys.publicOf(read.instance()));
    assertThat(InstallationKeys.publicOf(read.instance()))
        .isEqualTo(InstallationKeys.publicOf(made.instance()));
    assertThat(InstallationKeys.publicOf(read.transport()))
        .isEqualTo(InstallationKeys.publicOf(made.transport()));
    assertThat(read.deviceName()).isEqualTo("native Test");
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    open(Optional.empty());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aPassphraseSealsIt() throws Exception {
    InstallationKeys made = open(passphrase("open sesame"));
    Bytes seed = made.longTerm().use(Bytes::copyOf);
    assertThat(Bytes.adopt(Files.readAllBytes(file())).toHex()).doesNotContain(seed.toHex());
    assertThat(open(passphrase("open sesame")).longTerm().sameAs(made.longTerm())).isTrue();
    assertThat(refused(passphrase("wrong")).kind()).isEqualTo(DataException.Kind.LOCKED);
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.LOCKED);
  }

  @Test
  void aNewerFormatIsRefusedByName() throws Exception {
    open(Optional.empty());
    byte[] body = body().toArray();
    body[FORMAT_AT + 1] = 2;
    rewrite(Bytes.adopt(body));
    DataException refused = refused(Optional.empty());
    assertThat(refused.kind()).isEqualTo(DataException.Kind.NEWER_FORMAT);
    assertThat(refused).hasMessageContaining("format 2").hasMessageContaining(file().toString());
  }

  @Test
  void everyFlippedByteIsTold() throws Exception {
    open(Optional.empty());
    byte[] good = Files.readAllBytes(file());
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file(), bad);
      assertThat(refused(Optional.empty())).as("byte %d", i).isNotNull();
    }
    Files.write(file(), good);
    assertThat(open(Optional.empty()).created()).isFalse();
  }

  @Test
  void everyCutIsTold() throws Exception {
    open(passphrase("x"));
    Bytes good = Bytes.adopt(Files.readAllBytes(file()));
    for (int size = 0; size < good.size(); size++) {
      Files.write(file(), good.slice(0, size).toArray());
      assertThat(refused(Optional.empty()).kind())
          .as("cut to %d bytes", size)
          .isEqualTo(DataException.Kind.DAMAGED);
    }
  }

  @Test
  void soundChecksumsDoNotHideNonsense() throws Exception {
    open(Optional.empty());
    Bytes body = body();
    byte[] flag = body.toArray();
    flag[FORMAT_AT + 2] = 7;
    rewrite(Bytes.adopt(flag));
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.DAMAGED);
    rewrite(Bytes.concat(body, Bytes.of(0)));
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.DAMAGED);
    rewrite(body.slice(0, FORMAT_AT + 2));
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.DAMAGED);
    Files.write(file(), new byte[5000]);
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.DAMAGED);
  }

  @Test
  void renewingReplacesTheInstanceKeyAlone_andStaysSealed() throws Exception {
    Optional<Secret> secret = passphrase("secret");
    InstallationKeys made = open(secret);
    InstallationKeys renewed = KeyFile.renewInstance(file(), secret, made);
    InstallationKeys read = open(secret);
    assertThat(InstallationKeys.publicOf(read.instance()))
        .isEqualTo(InstallationKeys.publicOf(renewed.instance()))
        .isNotEqualTo(InstallationKeys.publicOf(made.instance()));
    assertThat(InstallationKeys.publicOf(read.longTerm()))
        .isEqualTo(InstallationKeys.publicOf(made.longTerm()));
    assertThat(InstallationKeys.publicOf(read.transport()))
        .isEqualTo(InstallationKeys.publicOf(made.transport()));
    assertThat(refused(Optional.empty()).kind()).isEqualTo(DataException.Kind.LOCKED);
  }

  @Test
  void renewingDoesNotSealWhatIsOpen() throws Exception {
    InstallationKeys made = open(Optional.empty());
    KeyFile.renewInstance(file(), passphrase("secret"), made);
    assertThat(open(Optional.empty()).created()).isFalse();
  }
}
