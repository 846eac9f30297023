// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.testkit.graph.SlowLog;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The vectors of admission: written from the reference code, read by every stack. */
public final class AdmissionVectors {
  private AdmissionVectors() {}

  /**
   * A set of events and which of them are valid.
   *
   * @param name what it is about
   * @param topic the topic
   * @param events events in an order of arrival, parents first, without good signatures
   * @param valid ids of the valid events, ascending
   */
  public record Case(String name, TopicId topic, List<Event> events, List<EventId> valid) {
    /** Asks the reference code what is valid. */
    static Case of(String name, TopicId topic, List<Event> events) {
      return new Case(name, topic, events, List.copyOf(SlowLog.of(topic, events).valid().keySet()));
    }
  }

  /** Reads the vectors. */
  public static List<Case> read() {
    List<Case> cases = new ArrayList<>();
    for (JsonValue each : Json.parse(VectorFiles.spec("admission.json")).at("cases").items()) {
      cases.add(
          new Case(
              each.at("name").text(),
              new TopicId(Bytes.hex(each.at("topic").text())),
              all(each, "events").stream()
                  .map(bytes -> Event.CODEC.decode(bytes).orThrow())
                  .toList(),
              all(each, "valid").stream().map(EventId::new).toList()));
    }
    return cases;
  }

  private static List<Bytes> all(JsonValue of, String member) {
    return of.at(member).items().stream().map(item -> Bytes.hex(item.text())).toList();
  }

  /** Returns the text of the vectors' file. */
  public static String write() {
    return AdmissionSuite.cases().stream()
        .map(AdmissionVectors::write)
        .collect(Collectors.joining(",\n", "{\n  \"version\": 0,\n  \"cases\": [\n", "\n  ]\n}\n"));
  }

  private static String write(Case told) {
    return "    {\"name\": \""
        + told.name()
        + "\",\n     \"topic\": \""
        + told.topic().bytes().toHex()
        + "\""
        + member("events", told.events().stream().map(Event::encode).toList())
        + member("valid", told.valid().stream().map(EventId::bytes).toList())
        + "}";
  }

  private static String member(String name, List<Bytes> values) {
    return values.stream()
        .map(value -> "\n       \"" + value.toHex() + "\"")
        .collect(Collectors.joining(",", ",\n     \"" + name + "\": [", "]"));
  }
}
