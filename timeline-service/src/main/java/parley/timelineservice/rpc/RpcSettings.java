package parley.timelineservice.rpc;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the network endpoints need to know of the configuration.
 *
 * @param host this host's number
 * @param addresses {@code address:port} of each timeline service, this one included, by host
 * @param maxMessageBytes longest message taken; {@link #maxMessageBytes} says how long they get
 * @param heartbeatMillis news are sent at least so often
 * @param keepAliveMillis a client of which nothing has come for so long is asked whether it is
 *     there, and its connection closed if nothing comes for as long again
 */
public record RpcSettings(
    int host,
    Map<Integer, String> addresses,
    int maxMessageBytes,
    int heartbeatMillis,
    int keepAliveMillis) {

  /**
   * Long enough that nobody who is only slow loses a connection: all that hangs on it is memory and
   * a descriptor of this process, for peers who have lost a connection make a new one themselves.
   */
  public static final int KEEP_ALIVE_MILLIS = 15_000;

  private static final int OTHER_BYTES = 4 << 20;

  public RpcSettings {
    addresses = new TreeMap<>(addresses);
  }

  /**
   * The longest message: a Promise with everything accepted above a committed slot that lags behind
   * by some pipelines (R4).
   */
  public static int maxMessageBytes(int batchBytesMax, int pipelineDepth) {
    return Math.toIntExact(4L * pipelineDepth * batchBytesMax + OTHER_BYTES);
  }
}
