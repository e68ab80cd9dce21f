package parley.timelineservice.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.timeline.Outcome;

class MessageCodecTest {

  // Above 2^63: incarnations are random, so half of them are negative.
  private static final Epoch EPOCH = new Epoch(7, 2, 0xFEDC_BA98_7654_3210L);
  private static final Batch BATCH = new Batch(2, "two entries".getBytes(UTF_8));
  private static final List<AcceptedBatch> ACCEPTED =
      List.of(
          new AcceptedBatch(5, EPOCH, BATCH),
          new AcceptedBatch(6, new Epoch(3, 1, 1), Batch.EMPTY));

  static List<Message> messages() {
    return List.of(
        new Message.Hello(
            Message.Standing.VOTER, EPOCH, 12, -5, new TreeMap<>(Map.of(1, -1L, 2, 2L, 3, 3L))),
        new Message.Hello(Message.Standing.EMPTY, Epoch.NONE, 0, 0, Map.of()),
        new Message.Hello(Message.Standing.NEWCOMER, EPOCH, 1, 9, Map.of()),
        new Message.Prepare(EPOCH),
        new Message.Promise(EPOCH, 4, ACCEPTED),
        new Message.Promise(EPOCH, 4, List.of()),
        new Message.Refusal(EPOCH, new Epoch(8, 3, 1)),
        new Message.Accept(EPOCH, 9, BATCH, 8),
        new Message.Accept(EPOCH, 9, Batch.EMPTY, 8),
        new Message.Ack(EPOCH, 9, 100, 10),
        new Message.Heartbeat(EPOCH, 10, 9, 101, true),
        new Message.Heartbeat(EPOCH, 10, 9, 101, false),
        new Message.Fetch(1),
        new Message.Chunk(ACCEPTED, 6));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageComesBackAsItWas(Message message) throws InvalidProtocolBufferException {
    Envelope envelope = new Envelope(3, -77, message);
    byte[] wire = MessageCodec.toProto(envelope).toByteArray();
    assertThat(MessageCodec.fromProto(parley.proto.replication.Envelope.parseFrom(wire)))
        .isEqualTo(envelope);
  }

  @Test
  void eachKindOfMessageHasASample() {
    assertThat(Stream.of(Message.class.getPermittedSubclasses()))
        .as("a new kind of message needs a wire form, and a sample in messages()")
        .allSatisfy(kind -> assertThat(messages()).anyMatch(kind::isInstance));
  }

  @Test
  void messageOfAKindThatIsNotKnownIsRefusedWithItsSender() {
    assertThatThrownBy(
            () ->
                MessageCodec.fromProto(
                    parley.proto.replication.Envelope.newBuilder().setFrom(3).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Host 3");
  }

  @Test
  void eachKindOfAnswerToAFrontendHasAWireForm() {
    List<ToFrontend> answers =
        List.of(
            new ToFrontend.Registered(-3),
            new ToFrontend.Submitted(4, List.of(Outcome.values()), 9),
            new ToFrontend.Resend(8, 5),
            new ToFrontend.UnknownClient(6),
            new ToFrontend.ReadConfirmed(1, 2),
            new ToFrontend.Claimed(3, true),
            new ToFrontend.Released(4),
            new ToFrontend.IsHeld(5, "ann"));
    assertThat(Stream.of(ToFrontend.class.getPermittedSubclasses()))
        .allSatisfy(kind -> assertThat(answers).anyMatch(kind::isInstance));
    assertThat(answers.stream().map(StoreCodec::toProto).distinct()).hasSize(answers.size());
    assertThat(StoreCodec.toProto(answers.get(1)).getSubmitted().getOutcomesList())
        .extracting(outcome -> outcome.getNumber())
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
  }
}
