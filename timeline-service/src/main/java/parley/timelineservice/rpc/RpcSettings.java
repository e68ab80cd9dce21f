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
 */
public record RpcSettings(
    int host, Map<Integer, String> addresses, int maxMessageBytes, int heartbeatMillis) {

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
