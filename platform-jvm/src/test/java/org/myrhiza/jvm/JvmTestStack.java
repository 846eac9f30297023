// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.keys.SeedSignerJvm;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.stack.TestStack;

/** Installs the native platform's ports before JUnit looks for the first test. */
public final class JvmTestStack implements LauncherSessionListener {
  /** Made by JUnit's launcher. */
  public JvmTestStack() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    TestStack.install(
        new TestStack("jvm", new FileVectors(Repository.root()))
            .withEd25519(new Ed25519Jvm(), new SeedSignerJvm())
            .withAead(new AeadJvm())
            .withEngine(new ChicoryTestEngine(ChicoryEngine.compiled())));
  }
}
