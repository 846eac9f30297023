// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.instance.StatusText;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Action;
import org.myrhiza.view.Actions;
import org.myrhiza.view.ViewText;

/** Replies of the kernel as the answers of commands: JSON and text side by side. */
final class Shapes {
  private static final int SHORT_DIGITS = 12;

  private Shapes() {}

  static Answer opened(Reply.Opened opened) {
    InstanceStatus status = opened.status();
    ObjectNode json = Terminal.object();
    json.put("instance", status.instance().text());
    json.put("bundle", status.bundle().text());
    json.put("name", status.name());
    json.put("invite", opened.invite());
    json.put("events", status.counts().events());
    json.put("digest", status.digest().toHex());
    String text =
        String.join(
            "\n",
            "instance  " + status.instance().text(),
            "name      " + status.name(),
            "bundle    " + status.bundle().text(),
            "events    " + status.counts().events(),
            "digest    " + status.digest().toHex());
    String invite = opened.invite().isEmpty() ? "" : "\ninvite    " + opened.invite();
    return Answer.of(json, text + invite);
  }

  static Answer instances(List<InstanceStatus> instances) {
    ObjectNode json = Terminal.object();
    ArrayNode rows = json.putArray("instances");
    List<String> lines = new ArrayList<>();
    for (InstanceStatus status : instances) {
      instance(rows.addObject(), status);
      lines.add(listed(status));
    }
    return Answer.of(json, lines.isEmpty() ? "no instances" : String.join("\n", lines));
  }

  static String listed(InstanceStatus status) {
    return status.instance().text() + "  " + status.name() + "  " + StatusText.line(status);
  }

  static void instance(ObjectNode row, InstanceStatus status) {
    row.put("instance", status.instance().text());
    row.put("name", status.name());
    row.put("bundle", status.bundle().text());
    row.put("events", status.counts().events());
    row.put("pending", status.counts().pending());
    row.put("digest", status.digest().toHex());
    row.put("sync", status.sync().word());
    if (status.hasProgress()) {
      ObjectNode progress = row.putObject("progress");
      progress.put("have", status.counts().events());
      progress.put("total", status.total());
    }
  }

  static Answer viewed(Reply.Viewed viewed) {
    String text = ViewText.render(viewed.view());
    ObjectNode json = Terminal.object();
    json.put("instance", viewed.status().instance().text());
    json.put("events", viewed.status().counts().events());
    json.put("digest", viewed.status().digest().toHex());
    json.put("view", text);
    ArrayNode actions = json.putArray("actions");
    for (Action action : Actions.of(viewed.view())) {
      ObjectNode node = actions.addObject();
      node.put("name", action.name());
      node.put("label", action.label());
      ArrayNode inputs = node.putArray("fields");
      action.inputs().forEach(input -> inputs.add(input.name()));
    }
    return Answer.of(json, text.stripTrailing());
  }

  static Answer acted(Reply.Acted acted) {
    ObjectNode json = Terminal.object();
    json.put("instance", acted.instance().text());
    json.put("event", acted.event().text());
    json.put("position", acted.position());
    json.put("verdict", acted.verdict().accepted() ? "accepted" : "rejected");
    String verdict =
        acted.verdict().accepted() ? "accepted" : "rejected: " + acted.verdict().reason();
    return Answer.of(
        json, acted.event().text() + " at position " + acted.position() + ", " + verdict);
  }

  static Answer logged(List<LogRow> log) {
    ObjectNode json = Terminal.object();
    ArrayNode events = json.putArray("events");
    List<String> lines = new ArrayList<>();
    for (LogRow row : log) {
      ObjectNode node = events.addObject();
      node.put("event", row.event().text());
      node.put("principal", row.principal().userText());
      node.put("signer", row.signer().peerText());
      node.put("seq", row.seq());
      node.put("depth", row.depth());
      node.putObject("clock")
          .put("millis", row.clock().millis())
          .put("counter", row.clock().counter());
      node.put("kind", row.content().kind());
      node.put("tag", row.content().tag());
      node.put("verdict", row.verdict());
      node.put("reason", row.reason());
      lines.add(logLine(row));
    }
    return Answer.of(json, String.join("\n", lines));
  }

  private static String logLine(LogRow row) {
    String reason = row.reason().isEmpty() ? "" : " (" + row.reason() + ")";
    return row.event().text()
        + "  depth "
        + row.depth()
        + "  "
        + brief(row.principal().userText())
        + " #"
        + row.seq()
        + "  "
        + row.content().kind()
        + (row.content().tag() == 0 ? "" : " tag " + row.content().tag())
        + "  "
        + row.verdict()
        + reason;
  }

  private static String brief(String text) {
    return text.length() <= SHORT_DIGITS ? text : text.substring(0, SHORT_DIGITS) + "…";
  }
}
