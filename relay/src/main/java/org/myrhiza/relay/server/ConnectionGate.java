// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.myrhiza.relay.channel.RelayMetrics;
import org.myrhiza.relay.channel.RelayMetrics.Count;

/**
 * Counts sockets, in all and by address, and closes at once what is too many. It knows all of them,
 * to close them when the relay stops.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private final RelaySettings.Crowd crowd;
  private final RelayMetrics metrics;
  private final ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  ConnectionGate(RelaySettings.Crowd crowd, RelayMetrics metrics) {
    this.crowd = crowd;
    this.metrics = metrics;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    sockets.add(context.channel());
    InetAddress address = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    int here = byAddress.merge(address, 1, Integer::sum);
    int all = open.incrementAndGet();
    context.channel().closeFuture().addListener(closed -> release(address));
    if (all > crowd.connections() || here > crowd.perAddress()) {
      metrics.count(Count.TURNED_AWAY);
      var _ = context.close();
      return;
    }
    metrics.count(Count.CONNECTIONS);
    context.fireChannelActive();
  }

  /** Closes all sockets, and at once each that comes later. */
  ChannelGroupFuture close() {
    return sockets.close();
  }

  private void release(InetAddress address) {
    open.decrementAndGet();
    byAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
  }
}
