package parley.frontend.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.delivery.OwnCommands;
import parley.proto.store.Applied;
import parley.proto.store.CreateUser;
import parley.proto.store.Entries;
import parley.proto.store.Entry;

/** A frontend recognizes its own commands in what is applied. */
class EventDecoderTest {
  private static final long OWN = -7;
  private static final long OTHER = 8;

  private final EventDecoder decoder = new EventDecoder(OWN, post -> new byte[0]);

  private List<OwnCommands> own(Entry... entries) {
    AppliedRun run =
        decoder.decode(
            Applied.newBuilder()
                .setFirstIndex(100)
                .setCount(entries.length)
                .setEntries(
                    Entries.newBuilder().addAllEntries(List.of(entries)).build().toByteString())
                .build());
    assertThat(run.events()).hasSize(entries.length);
    return run.own();
  }

  private static Entry entry(long client, long number) {
    return Entry.newBuilder()
        .setClient(client)
        .setNumber(number)
        .setCreateUser(CreateUser.newBuilder().setName("u" + number))
        .build();
  }

  @Test
  void commandsOfOthersAreNotOwn() {
    assertThat(own(entry(OTHER, 1), entry(OTHER, 2))).isEmpty();
  }

  @Test
  void aRowOfOwnCommandsIsOnePiece() {
    assertThat(own(IntStream.range(5, 9).mapToObj(n -> entry(OWN, n)).toArray(Entry[]::new)))
        .containsExactly(new OwnCommands(5, 100, 4));
  }

  @Test
  void rowsEndWhereOthersComeBetweenAndWhereNumbersAreMissing() {
    assertThat(
            own(
                entry(OWN, 5),
                entry(OTHER, 6),
                entry(OWN, 6),
                entry(OWN, 7),
                entry(OWN, 9),
                entry(OTHER, 10)))
        .containsExactly(
            new OwnCommands(5, 100, 1), new OwnCommands(6, 102, 2), new OwnCommands(9, 104, 1));
  }
}
