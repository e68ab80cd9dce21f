package parley.timelineservice.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.proto.store.Entries;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

class EntryCodecTest {

  private static final List<Entry> ALL_KINDS =
      List.of(
          new Entry(-1, 0, new Command.Register(3, Long.MIN_VALUE)),
          new Entry(5, 1, new Command.CreateUser("ann")),
          new Entry(5, 2, new Command.Follow("ann", "bob")),
          new Entry(5, 3, new Command.Unfollow("ann", "bob")),
          new Entry(5, 4, new Command.Post("ann", "höi \uD83D\uDE00", -7, 999_999_999, true)),
          new Entry(5, 5, new Command.Post("", "", 0, 0, false, new Command.PostKey(-1, 7))),
          new Entry(5, Long.MAX_VALUE, new Command.Post("", "x".repeat(200), 0, 0, false)));

  @Test
  void everyKindOfEntryComesBackAsItWas() {
    assertThat(EntryCodec.decode(EntryCodec.encode(ALL_KINDS))).isEqualTo(ALL_KINDS);
    assertThat(EntryCodec.decode(new byte[0])).isEmpty();
  }

  @Test
  void joinedBytesAreTheJoinedEntries() {
    byte[] first = EntryCodec.encode(ALL_KINDS.subList(0, 2));
    byte[] second = EntryCodec.encode(ALL_KINDS.subList(2, ALL_KINDS.size()));
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    assertThat(EntryCodec.decode(joined)).isEqualTo(ALL_KINDS);
  }

  @Test
  void leavesOutPositions() {
    byte[] bytes = EntryCodec.encode(ALL_KINDS);
    for (int mask = 1; mask < 1 << ALL_KINDS.size(); mask++) {
      List<Integer> positions = new ArrayList<>();
      List<Entry> kept = new ArrayList<>();
      for (int i = 0; i < ALL_KINDS.size(); i++) {
        if ((mask >> i & 1) == 1) {
          positions.add(i);
        } else {
          kept.add(ALL_KINDS.get(i));
        }
      }
      assertThat(EntryCodec.decode(EntryCodec.without(bytes, positions))).isEqualTo(kept);
    }
  }

  @Test
  void nothingToLeaveOutCopiesNothing() {
    byte[] bytes = EntryCodec.encode(ALL_KINDS);
    assertThat(EntryCodec.without(bytes, List.of())).isSameAs(bytes);
    assertThat(EntryCodec.withoutFirst(bytes, 0)).isSameAs(bytes);
  }

  @Test
  void cutsFromTheFrontAndDecodesSingleEntries() {
    byte[] bytes = EntryCodec.encode(ALL_KINDS);
    for (int i = 0; i < ALL_KINDS.size(); i++) {
      assertThat(EntryCodec.decodeAt(bytes, i)).isEqualTo(ALL_KINDS.get(i));
      assertThat(EntryCodec.decode(EntryCodec.withoutFirst(bytes, i)))
          .isEqualTo(ALL_KINDS.subList(i, ALL_KINDS.size()));
    }
  }

  @Test
  void everyTruncationIsRefusedOrEndsBetweenEntries() {
    byte[] bytes = EntryCodec.encode(ALL_KINDS.subList(0, 5));
    int whole = 0;
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        assertThat(EntryCodec.decode(cut)).isEqualTo(ALL_KINDS.subList(0, whole));
        whole++;
      } catch (MalformedEntries e) {
        assertThatThrownBy(() -> EntryBounds.of(cut)).isInstanceOf(MalformedEntries.class);
      }
    }
    assertThat(whole).isEqualTo(5);
  }

  @Test
  void refusesWhatIsNotEntries() {
    byte[] noCommand =
        Entries.newBuilder()
            .addEntries(parley.proto.store.Entry.newBuilder().setClient(5).setNumber(7))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> EntryCodec.decode(noCommand))
        .isInstanceOf(MalformedEntries.class)
        .hasMessage("entry 7 of client 5 holds no command that this release knows");
    byte[] otherField = {0x10, 1};
    assertThatThrownBy(() -> EntryCodec.decode(otherField)).isInstanceOf(MalformedEntries.class);
    byte[] noUtf8 = {0x0A, 5, 0x22, 3, 0x0A, 1, (byte) 0xFF};
    assertThatThrownBy(() -> EntryCodec.decode(noUtf8)).isInstanceOf(MalformedEntries.class);
    byte[] endlessLength = {0x0A, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> EntryBounds.of(endlessLength)).isInstanceOf(MalformedEntries.class);
  }

  @Test
  void checksWhatIsSubmitted() {
    byte[] bytes = EntryCodec.encode(ALL_KINDS.subList(1, 5));
    EntryCodec.check(bytes, 5, 1, 4);
    assertThatThrownBy(() -> EntryCodec.check(bytes, 5, 1, 3))
        .hasMessage("4 entries where 3 were announced");
    assertThatThrownBy(() -> EntryCodec.check(bytes, 6, 1, 4))
        .hasMessage("command 1 of client 6 was to come, not 1 of client 5");
    assertThatThrownBy(() -> EntryCodec.check(bytes, 5, 2, 4))
        .hasMessage("command 2 of client 5 was to come, not 1 of client 5");
    byte[] register = EntryCodec.encode(ALL_KINDS.subList(0, 1));
    assertThatThrownBy(() -> EntryCodec.check(register, -1, 0, 1))
        .isInstanceOf(MalformedEntries.class);
  }
}
