package parley.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.client.ServerAddress;

class ZkTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zk:///a-1.net:2181,10.0.0.2:99/parley/services/frontend",
        "zk:///a-1.net,10.0.0.2:99/parley/services/frontend",
        "zk://a-1.net:2181,10.0.0.2:99/parley/services/frontend",
        "zk://a-1.net,10.0.0.2:99/parley/services/frontend"
      })
  void namesServersAndPath(String text) {
    ZkTarget target = ZkTarget.parse(URI.create(text));
    assertThat(target)
        .isEqualTo(
            new ZkTarget(
                List.of(new ServerAddress("a-1.net", 2181), new ServerAddress("10.0.0.2", 99)),
                "/parley/services/frontend"));
    assertThat(target.connectString()).isEqualTo("a-1.net:2181,10.0.0.2:99");
    assertThat(target.service()).isEqualTo("frontend");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zk:a:1/p",
        "zk:/a:1",
        "zk://a:1",
        "zk://a:1/",
        "zk:///a:1",
        "zk:////p",
        "zk:///a:x/p",
        "zk:///a:0/p",
        "zk:///a:1,/p",
        "zk:///user@a:1/p",
        "zk:///a:1//p",
        "zk:///a:1/p/",
        "zk:///a:1/p/../q",
        "zk:///a:1/p%20q",
        "zk:///a:1/p?q",
        "zk:///a:1/p#q"
      })
  void whatIsNoTargetIsRefusedAndShownHowToBeOne(String text) {
    assertThatThrownBy(() -> ZkTarget.parse(URI.create(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the target '" + text + "' cannot be used: ")
        .hasMessageEndingWith(
            "; write it like zk:///host1:2181,host2:2181/parley/services/frontend");
  }

  @Test
  void refusalSaysWhichValueIsWrong() {
    assertThatThrownBy(() -> ZkTarget.parse(URI.create("zk:///a:1,b:port/p")))
        .hasMessageContaining("'b:port' is not host:port: 'port' is not a number");
    assertThatThrownBy(() -> ZkTarget.parse(URI.create("zk:///a:1/p//q")))
        .hasMessageContaining("'/p//q' is not the path of a znode");
  }
}
