// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.EventId;
import org.myrhiza.event.Place;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.instance.EventCounts;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.SyncState;
import org.myrhiza.instance.Tuning;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.CommandCodec;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.InputCodec;
import org.myrhiza.kernel.KeyRole;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.ReplyCodec;
import org.myrhiza.kernel.Settings;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.log.Cut;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Prefix;
import org.myrhiza.log.Range;
import org.myrhiza.log.Subtree;
import org.myrhiza.sync.Known;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Stretch;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;

/** Every kind of input, effect, command, reply and message keeps its bytes and refuses others. */
final class KernelCodecSuite {
  private static final Bytes ID = Bytes.zeros(32);
  private static final PublicKey KEY = new PublicKey(ID);
  private static final TopicId TOPIC = new TopicId(ID);
  private static final BundleId BUNDLE = new BundleId(ID);
  private static final ChannelId CHANNEL = new ChannelId(ID);
  private static final Signature SIGNATURE = new Signature(Bytes.zeros(64));
  private static final LinkId LINK = new LinkId(9);
  private static final Bytes SOME = Bytes.of(1, 2, 3);
  private static final long NOW = 1_780_000_000_000L;
  private static final Settings SETTINGS =
      new Settings(
          new Settings.Keys(KEY, KEY, KEY),
          "device",
          true,
          List.of("ws://r/v1"),
          List.of("h:1"),
          Tuning.DEFAULT.checking(true),
          Optional.of(new Settings.Past(SOME, true)));
  private static final InstanceStatus STATUS =
      new InstanceStatus(
          TOPIC, "name", BUNDLE, "app", ID, EventCounts.NONE, 2, SyncState.SYNCING, 7, "note");
  private static final Reply.Failed FAILED = new Reply.Failed("type", "message", "hint", "at", 4);

  private static final List<Input> INPUTS =
      List.of(
          new Input.Start(NOW, ID, SETTINGS),
          new Input.Loaded(NOW, 1, List.of(new StoreEntry(SOME, SOME)), true),
          new Input.LoadFailed(NOW, 1, "why"),
          new Input.Persisted(NOW, 1),
          new Input.PersistFailed(NOW, 1, "why"),
          new Input.Verified(NOW, 1, true),
          new Input.VerifiedMany(
              NOW, List.of(new Input.Answer(2, true), new Input.Answer(3, false))),
          new Input.Signed(NOW, 1, SIGNATURE),
          new Input.SignFailed(NOW, 1, "why"),
          new Input.InstanceMade(NOW, 1, KEY),
          new Input.InstanceFailed(NOW, 1, "why"),
          new Input.Prepared(NOW, 1),
          new Input.PrepareFailed(NOW, 1, "why"),
          new Input.TimerFired(NOW, 1),
          new Input.Commanded(NOW, 1, new Command.Status()),
          new Input.Consented(NOW, 1, false),
          new Input.Stepped(NOW),
          new Input.LinkUp(NOW, LINK, KEY, LinkKind.QUIC, true),
          new Input.LinkDown(NOW, LINK, "why"),
          new Input.DialFailed(NOW, KEY, "host:1", "why"),
          new Input.MemberJoined(NOW, LINK, CHANNEL),
          new Input.MemberLeft(NOW, LINK, CHANNEL),
          new Input.RelayState(NOW, "ws://r/v1", true, ""),
          new Input.FrameArrived(NOW, LINK, SOME));

  private static final List<Effect> EFFECTS =
      List.of(
          new Effect.Load(1, SOME, SOME, 7),
          new Effect.Read(2, List.of(SOME, ID)),
          new Effect.Persist(
              1,
              List.of(
                  new Write.Put(SOME, SOME),
                  new Write.Delete(SOME),
                  new Write.DeleteRange(SOME, SOME))),
          new Effect.Verify(1, KEY, SOME, SIGNATURE),
          new Effect.Sign(1, KeyRole.INSTANCE, SOME),
          new Effect.NewInstance(1),
          new Effect.KeepMark(SOME),
          new Effect.Prepare(1, ID, SOME),
          new Effect.SetTimer(1, NOW),
          new Effect.StepAgain(),
          new Effect.Attach(CHANNEL, List.of("ws://r/v1")),
          new Effect.Detach(CHANNEL),
          new Effect.Dial(KEY, "host:1"),
          new Effect.Send(LINK, SOME),
          new Effect.Publish(CHANNEL, SOME),
          new Effect.CloseLink(LINK, "why"),
          new Effect.AskConsent(1, 2, BUNDLE, "app", List.of("line")),
          new Effect.Answer(1, new Reply.Done()),
          new Effect.Changed(TOPIC, STATUS),
          new Effect.Warn("text"),
          new Effect.Halted(FAILED));

  private static final List<Command> COMMANDS =
      List.of(
          new Command.Identity(),
          new Command.CreateApp(
              SOME, "name", List.of(new Field("a", "b")), List.of("r"), Optional.of(BUNDLE)),
          new Command.CreateApp(
              SOME, "name", List.of(), List.of(), Optional.empty(), Admission.INVITED),
          new Command.Admit("name", KEY),
          new Command.Fence("name", KEY),
          new Command.JoinApp("invite", "name", Optional.empty(), 5),
          new Command.ListApps(),
          new Command.ViewApp("name"),
          new Command.Act("name", "add", List.of(new Field("a", "b")), 5),
          new Command.AppLog("name", 3, 10),
          new Command.Invite("name"),
          new Command.Leave("name"),
          new Command.Status(),
          new Command.Watch(true),
          new Command.Forget(7));

  private static final List<Reply> REPLIES =
      List.of(
          new Reply.Identified(KEY, KEY, KEY),
          new Reply.Opened(STATUS, "invite"),
          new Reply.Listed(List.of(STATUS)),
          new Reply.Viewed(STATUS, View.EMPTY),
          new Reply.Acted(TOPIC, new EventId(ID), 3, new Reply.ActVerdict(false, "why")),
          new Reply.Logged(TOPIC, List.of(), true),
          new Reply.Invited(TOPIC, "invite", List.of("warning")),
          new Reply.Governed(TOPIC, KEY, Optional.empty()),
          new Reply.Governed(TOPIC, KEY, Optional.of(new EventId(ID))),
          new Reply.Departed(TOPIC),
          new Reply.StatusShown(List.of(new Reply.RelayRow("r", true, "")), 2, List.of(STATUS)),
          new Reply.Watching(List.of()),
          new Reply.Done(),
          FAILED);

  private static final Place PLACE = new Place(3, Bytes.zeros(16), new EventId(ID));

  private static final List<Message> MESSAGES =
      List.of(
          new Message.Hello(Frontier.NOTHING, Wish.ANSWER),
          new Message.Hello(Frontier.NOTHING, Wish.NONE, Optional.of(Subtree.NOTHING)),
          new Message.Pull(1, Frontier.NOTHING, 5),
          new Message.Pull(
              1,
              Known.of(Frontier.NOTHING),
              5,
              new Range(Optional.of(PLACE), Optional.of(PLACE)),
              2),
          new Message.Events(1, List.of(), true),
          new Message.Events(1, List.of(), true, List.of(new Stretch(PLACE, 3)), 77),
          new Message.Descend(1, List.of(Prefix.ALL, new Prefix(9, Bytes.of(1, 0x80)))),
          new Message.Cuts(1, List.of(new Cut(Prefix.ALL, List.of(Subtree.NOTHING)))),
          new Message.Want(1, List.of(new EventId(ID))),
          new Message.SyncComplete(1, 2, 3),
          new Message.Unknown(1),
          new Message.Announce(List.of(new EventId(ID))),
          new Message.Graft(1, List.of(new EventId(ID))),
          new Message.Prune(),
          new Message.WantBundle(BUNDLE, 4),
          new Message.BundleChunk(BUNDLE, 10, 4, SOME));

  private static <T> void attackAll(String name, Codec<T> codec, List<T> samples, int kinds) {
    TreeMap<String, Integer> heads = new TreeMap<>();
    for (T sample : samples) {
      Bytes encoded = codec.encode(sample);
      heads.merge(encoded.slice(0, 2).toHex(), 1, Integer::sum);
      assertEquals(sample, codec.decode(encoded).orThrow());
      HostileBytes.attack(name + " " + heads.lastKey(), codec, encoded);
    }
    assertTrue(heads.size() >= kinds, name + ": " + heads.size() + " kinds of " + kinds);
  }

  @Test
  void inputsKeepTheirBytes() {
    attackAll("input", InputCodec.INSTANCE, INPUTS, 22);
  }

  @Test
  void effectsKeepTheirBytes() {
    attackAll("effect", EffectCodec.INSTANCE, EFFECTS, 20);
  }

  @Test
  void commandsKeepTheirBytes() {
    attackAll("command", CommandCodec.INSTANCE, COMMANDS, 14);
  }

  @Test
  void repliesKeepTheirBytes() {
    attackAll("reply", ReplyCodec.INSTANCE, REPLIES, 13);
  }

  @Test
  void messagesKeepTheirBytes() {
    attackAll("message", Message.CODEC, MESSAGES, 9);
  }

  @Test
  void recordingsKeepTheirBytes() {
    Recording recording =
        new Recording(List.of(new Recording.Step(SOME, List.of(SOME, Bytes.EMPTY))));
    attackAll("recording", Recording.CODEC, List.of(recording), 1);
  }
}
