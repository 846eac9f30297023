// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.Cli.Ended;
import org.myrhiza.cli.process.Meeting;
import org.myrhiza.frame.Authority;
import org.myrhiza.jvm.control.ControlServer;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;

/** Topics that not everybody may join, with real peers. */
@Timeout(120)
class ClosedTopicsTest {
  @TempDir private Path folder;

  private Cli data(String name) {
    return new Cli(folder.resolve(name));
  }

  private static PeerOptions listening(Cli cli) {
    return PeerOptions.in(cli.data()).withListen(List.of(new Authority("127.0.0.1", 0)));
  }

  private static Ended done(Ended ended) {
    assertThat(ended.exit()).as("%s", ended).isZero();
    return ended;
  }

  private static void refused(Ended ended, int exit, String type) {
    assertThat(ended.error()).as("%s", ended).isEqualTo(type);
    assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
    assertThat(ended.json().at("/error/hint").textValue()).contains("ask ");
  }

  private static Ended join(Cli cli, Ended created, String invite) {
    return done(cli.json("app", "join", invite, "--trust", created.text("bundle")));
  }

  private static Ended add(Cli cli) {
    return cli.json("app", "act", "ours", "add", "amount=1");
  }

  @Test
  void anInvitationLetsOneUserIn_andTheNextOneTheOther() throws Exception {
    Cli ada = data("ada");
    Cli ben = data("ben");
    Cli cy = data("cy");
    try (Peer first = Peer.open(listening(ada));
        ControlServer one = ControlServer.open(first);
        Peer second = Peer.open(PeerOptions.in(ben.data()));
        ControlServer two = ControlServer.open(second);
        Peer third = Peer.open(PeerOptions.in(cy.data()));
        ControlServer three = ControlServer.open(third)) {
      Ended created = done(ada.create(ada.bundle("counter"), "ours", "--admission", "invited"));
      String invite = created.text("invite");
      assertThat(join(ben, created, invite).text("invite")).as("%s %s", one, two).isEmpty();
      join(cy, created, invite);
      done(add(ben));
      Meeting.converged(4, List.of(ada, ben, cy));
      refused(add(cy), 3, "invitation-used");
      refused(ben.json("app", "invite", "ours"), 2, "no-admitter");
      String other = done(ada.json("app", "invite", "ours")).text("invite");
      assertThat(other).as("%s", three).isNotEqualTo(invite);
      join(cy, created, other);
      done(add(cy));
      Meeting.converged(7, List.of(ada, ben, cy));
      assertThat(done(ada.run("app", "view", "ours")).out()).contains("Value: 2");
    }
  }

  @Test
  void aUserIsNamedAndShutOut() throws Exception {
    Cli ada = data("ada");
    Cli ben = data("ben");
    String user = ben.json("id").text("user");
    try (Peer first = Peer.open(listening(ada));
        ControlServer one = ControlServer.open(first);
        Peer second = Peer.open(PeerOptions.in(ben.data()));
        ControlServer two = ControlServer.open(second)) {
      Ended created = done(ada.create(ada.bundle("counter"), "ours", "--admission", "named"));
      join(ben, created, created.text("invite"));
      refused(add(ben), 3, "not-admitted");
      Ended admitted = done(ada.json("app", "admit", "ours", user));
      assertThat(admitted.json().fieldNames())
          .toIterable()
          .as("%s %s", one, two)
          .containsExactly("instance", "user", "event");
      assertThat(admitted.text("event")).startsWith("myevent1");
      assertThat(done(ada.run("app", "admit", "ours", user)).out())
          .isEqualTo(user + " already may take part\n");
      Meeting.converged(2, List.of(ada, ben));
      done(add(ben));
      Meeting.converged(4, List.of(ada, ben));
      assertThat(done(ada.run("app", "fence", "ours", user)).out())
          .isEqualTo(user + " is shut out\n");
      Meeting.converged(5, List.of(ada, ben));
      refused(add(ben), 1, "shut-out");
    }
  }
}
