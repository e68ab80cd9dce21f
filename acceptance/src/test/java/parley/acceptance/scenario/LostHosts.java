package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.DiskLoss;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.PowerCut;
import parley.acceptance.lab.fault.Together;
import parley.client.Chat;
import parley.client.Messenger;

/** What was acknowledged is there again, once and in order, whatever was lost with hosts. */
interface LostHosts extends Scenario {

  int POSTS = 50;

  @Test
  default void powerCutOfAllHostsLosesNothing() throws Exception {
    losesNothing("writer-1", new PowerCut());
  }

  @Test
  default void primaryAndZooKeeperLeaderKilledInTheSameMomentLoseNothing() throws Exception {
    losesNothing(
        "writer-2",
        new Together(
            new Kill(Role.TIMELINE_SERVICE, hosts().primary().orElseThrow()),
            new Kill(Role.COORDINATOR, hosts().zooKeeperLeader().orElseThrow())));
  }

  @Test
  default void hostWithAnEmptyDiskGetsEverythingBack() throws Exception {
    losesNothing("writer-3", new DiskLoss(hosts().primary().orElseThrow()));
  }

  private void losesNothing(String writer, Fault fault) throws Exception {
    List<String> acknowledged = new ArrayList<>();
    post(writer, acknowledged);
    Injury injury = inject(fault);
    injury.heal();
    PATIENCE.await("others are in the victims' place", () -> !anyRuns(injury));
    PATIENCE.await("all hosts serve again", hosts()::serving);
    post(writer, acknowledged);
    PATIENCE.await("all replicas have applied the same", hosts()::level);
    for (int host = 1; host <= Hosts.COUNT; host++) {
      assertThat(hosts().storedPosts(host))
          .as("what host %d has", host)
          .filteredOn(post -> post.author().equals(writer))
          .extracting(Hosts.StoredPost::text)
          .containsExactlyElementsOf(acknowledged);
    }
  }

  private boolean anyRuns(Injury injury) {
    return hosts().processes().stream().anyMatch(injury.victims()::contains);
  }

  private void post(String writer, List<String> acknowledged) throws Exception {
    try (Messenger messenger = Messenger.connect(List.of(hosts().frontend(1)))) {
      messenger.login(writer);
      Chat chat = messenger.chat(writer, ignored -> {});
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < POSTS; i++) {
        texts.add("post " + (acknowledged.size() + i));
        chat.post(texts.get(i));
      }
      chat.leave();
      acknowledged.addAll(texts);
    }
  }
}
