package parley.timelineservice.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a process's network traffic, few and named: {@code rpc-io} moves bytes for all
 * connections of servers and clients, {@code rpc-timer} runs short timed work. Nothing may block on
 * either.
 */
public final class RpcThreads implements AutoCloseable {

  private static final int IO_THREADS = 2;
  private static final long SHUTDOWN_MILLIS = 1_000;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup io =
      new MultiThreadIoEventLoopGroup(
          IO_THREADS,
          new DefaultThreadFactory("rpc-io", true),
          epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("rpc-timer", true));

  /** Makes the threads; close what uses them before closing them. */
  public RpcThreads() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  EventLoopGroup io() {
    return io;
  }

  /** Epoll where there is one: only there a keep-alive time-out also bounds unanswered TCP data. */
  Class<? extends Channel> clientChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** Ends the threads; returns when they have ended, at the latest after a second. */
  @Override
  public void close() {
    timer.shutdown();
    io.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_MILLIS);
  }
}
