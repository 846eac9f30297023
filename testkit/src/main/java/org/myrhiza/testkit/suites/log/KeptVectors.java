// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.ForkProof;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.EventGraph;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The vectors of what is kept and held: written from the reference code, read by every stack. */
public final class KeptVectors {
  private static final int RANDOM_CASES = 8;
  private static final int RANDOM_SIZE = 18;

  private KeptVectors() {}

  /**
   * A set of events and proofs, and what it comes to.
   *
   * @param name what it is about
   * @param topic the topic
   * @param events events in an order of arrival, without good signatures
   * @param proofs proofs of forks that were heard of
   * @param kept ids of the kept events, in canonical order
   * @param held ids of the held events, ascending
   * @param s0 of each forked key
   */
  public record Case(
      String name,
      TopicId topic,
      List<Event> events,
      List<ForkProof> proofs,
      List<EventId> kept,
      List<EventId> held,
      Map<PublicKey, Long> s0) {}

  /** Reads the vectors. */
  public static List<Case> read() {
    List<Case> cases = new ArrayList<>();
    for (JsonValue each : Json.parse(VectorFiles.spec("kept.json")).at("cases").items()) {
      TreeMap<PublicKey, Long> s0 = new TreeMap<>();
      for (JsonValue fork : each.at("s0").items()) {
        s0.put(new PublicKey(Bytes.hex(fork.at("key").text())), fork.at("seq").number());
      }
      cases.add(
          new Case(
              each.at("name").text(),
              new TopicId(Bytes.hex(each.at("topic").text())),
              all(each, "events").stream()
                  .map(bytes -> Event.CODEC.decode(bytes).orThrow())
                  .toList(),
              all(each, "proofs").stream()
                  .map(bytes -> ForkProof.CODEC.decode(bytes).orThrow())
                  .toList(),
              all(each, "kept").stream().map(EventId::new).toList(),
              all(each, "held").stream().map(EventId::new).toList(),
              s0));
    }
    return cases;
  }

  private static List<Bytes> all(JsonValue of, String member) {
    return of.at(member).items().stream().map(item -> Bytes.hex(item.text())).toList();
  }

  /** Returns the text of the vectors' file. */
  public static String write() {
    List<String> cases = new ArrayList<>();
    for (KeptStories.Told told : KeptStories.all()) {
      KeptStory story = told.story();
      cases.add(write(told.name(), story.topic(), story.events(), story.proofs()));
    }
    for (int seed = 0; seed < RANDOM_CASES; seed++) {
      Seeded random = new Seeded(seed);
      EventGraph.Recipe recipe = new EventGraph.Recipe(RANDOM_SIZE, 2, 2, 2, false, 3, 25, false);
      EventGraph graph = EventGraph.random(random, recipe);
      List<ForkProof> heard = graph.someProofs(random.fork("heard"));
      List<Event> arrived = graph.shuffled(random.fork("arrival"));
      cases.add(write("random " + seed, graph.topic(), arrived, heard));
    }
    return "{\n  \"version\": 0,\n  \"cases\": [\n" + String.join(",\n", cases) + "\n  ]\n}\n";
  }

  private static String write(
      String name, TopicId topic, List<Event> events, List<ForkProof> proofs) {
    SlowLog log = SlowLog.of(topic, events, proofs);
    List<String> forks = new ArrayList<>();
    log.s0()
        .forEach((key, seq) ->
            forks.add("{\"key\": \"" + key.bytes().toHex() + "\", \"seq\": " + seq + "}"));
    return "    {\"name\": \""
        + name
        + "\",\n     \"topic\": \""
        + topic.bytes().toHex()
        + "\""
        + member("events", events.stream().map(Event::encode).toList())
        + member("proofs", proofs.stream().map(ForkProof.CODEC::encode).toList())
        + member("kept", log.kept().stream().map(EventId::bytes).toList())
        + member("held", log.held().stream().map(EventId::bytes).toList())
        + ",\n     \"s0\": ["
        + String.join(", ", forks)
        + "]}";
  }

  private static String member(String name, Collection<Bytes> values) {
    return values.stream()
        .map(value -> "\n       \"" + value.toHex() + "\"")
        .collect(Collectors.joining(",", ",\n     \"" + name + "\": [", "]"));
  }
}
