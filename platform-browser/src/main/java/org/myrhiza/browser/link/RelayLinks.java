// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.link;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.myrhiza.browser.keys.BrowserKeys;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.kernel.Input;

/**
 * The page's links: one connection per relay that a channel wants, one link per member that shares
 * a channel with us there.
 */
public final class RelayLinks {
  private final BrowserKeys keys;
  private final Consumer<Input> inputs;
  private final Map<String, RelayConnection> connections = new TreeMap<>();
  private final Map<ChannelId, TreeSet<String>> wanted = new TreeMap<>();
  private final LinkNumbers numbers = new LinkNumbers();

  /** Creates them, without any connection. */
  public RelayLinks(BrowserKeys keys, Consumer<Input> inputs) {
    this.keys = keys;
    this.inputs = inputs;
  }

  /** Wants to be in a channel on these relays, and on no others. */
  public void attach(ChannelId channel, List<String> relays) {
    TreeSet<String> urls = new TreeSet<>(relays);
    TreeSet<String> before = wanted.put(channel, urls);
    for (String url : urls) {
      connection(url).join(channel);
    }
    if (before != null) {
      before.removeAll(urls);
      before.forEach(url -> leave(url, channel));
    }
  }

  /** Wants to be in a channel no longer. */
  public void detach(ChannelId channel) {
    TreeSet<String> urls = wanted.remove(channel);
    if (urls != null) {
      urls.forEach(url -> leave(url, channel));
    }
  }

  /** Sends a frame on a link; nothing happens when it is gone. */
  public void send(long link, Bytes frame) {
    for (RelayConnection connection : connections.values()) {
      if (connection.send(link, frame)) {
        return;
      }
    }
  }

  /** Sends a frame to all members of a channel on all its relays. */
  public void publish(ChannelId channel, Bytes frame) {
    TreeSet<String> urls = wanted.get(channel);
    if (urls != null) {
      urls.forEach(url -> connection(url).publish(channel, frame));
    }
  }

  /** Hears no more of a link's remote until it leaves and comes again. */
  public void closeLink(long link, String reason) {
    connections.values().forEach(connection -> connection.closeLink(link, reason));
  }

  private RelayConnection connection(String url) {
    RelayConnection known = connections.get(url);
    if (known != null) {
      return known;
    }
    RelayConnection made =
        switch (RelayUrl.parse(url)) {
          case Decoded.Ok<RelayUrl>(RelayUrl parsed) ->
              new RelayConnection(parsed, keys, inputs, numbers);
          case Decoded.Bad<RelayUrl> bad ->
              throw new IllegalArgumentException(bad.malformed().message());
        };
    connections.put(url, made);
    made.open();
    return made;
  }

  private void leave(String url, ChannelId channel) {
    RelayConnection connection = connections.get(url);
    if (connection != null && connection.leave(channel)) {
      connections.remove(url);
    }
  }

  /** Gives each link of the page a number of its own. */
  static final class LinkNumbers {
    private long last;

    long next() {
      last++;
      return last;
    }
  }
}
