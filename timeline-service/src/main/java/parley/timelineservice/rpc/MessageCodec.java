package parley.timelineservice.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;

/**
 * Gives the replicas' messages their wire form and back, so that the core knows nothing of it.
 * Batch bytes are wrapped on the way out and copied once on the way in.
 */
final class MessageCodec {

  private MessageCodec() {}

  static parley.proto.replication.Envelope toProto(Envelope envelope) {
    parley.proto.replication.Envelope.Builder proto =
        parley.proto.replication.Envelope.newBuilder()
            .setFrom(envelope.from())
            .setIncarnation(envelope.incarnation());
    Message message = envelope.message();
    if (message instanceof Message.Hello hello) {
      proto.setHello(hello(hello));
    } else if (message instanceof Message.Prepare prepare) {
      proto.getPrepareBuilder().setEpoch(epoch(prepare.epoch()));
    } else if (message instanceof Message.Promise promise) {
      proto
          .getPromiseBuilder()
          .setEpoch(epoch(promise.epoch()))
          .setCommittedSlot(promise.committedSlot())
          .addAllAccepted(batches(promise.accepted()));
    } else if (message instanceof Message.Refusal refusal) {
      proto
          .getRefusalBuilder()
          .setRefused(epoch(refusal.refused()))
          .setPromised(epoch(refusal.promised()));
    } else if (message instanceof Message.Accept accept) {
      proto
          .getAcceptBuilder()
          .setEpoch(epoch(accept.epoch()))
          .setSlot(accept.slot())
          .setCount(accept.batch().count())
          .setEntries(wrap(accept.batch()))
          .setCommittedSlot(accept.committedSlot());
    } else if (message instanceof Message.Ack ack) {
      proto
          .getAckBuilder()
          .setEpoch(epoch(ack.epoch()))
          .setDurableSlot(ack.durableSlot())
          .setRound(ack.round())
          .setWantedSlot(ack.wantedSlot());
    } else if (message instanceof Message.Heartbeat heartbeat) {
      proto
          .getHeartbeatBuilder()
          .setEpoch(epoch(heartbeat.epoch()))
          .setLastSlot(heartbeat.lastSlot())
          .setCommittedSlot(heartbeat.committedSlot())
          .setRound(heartbeat.round())
          .setOpen(heartbeat.open());
    } else if (message instanceof Message.Fetch fetch) {
      proto.getFetchBuilder().setFromSlot(fetch.fromSlot());
    } else if (message instanceof Message.Chunk chunk) {
      proto
          .getChunkBuilder()
          .addAllSlots(batches(chunk.slots()))
          .setCommittedSlot(chunk.committedSlot());
    } else {
      throw new IllegalStateException("No wire form for " + message.getClass().getName());
    }
    return proto.build();
  }

  /**
   * The message that came over the wire.
   *
   * @throws IllegalArgumentException for a message that no replica of this release sends
   */
  static Envelope fromProto(parley.proto.replication.Envelope proto) {
    return new Envelope(proto.getFrom(), proto.getIncarnation(), message(proto));
  }

  private static Message message(parley.proto.replication.Envelope proto) {
    return switch (proto.getMessageCase()) {
      case HELLO -> hello(proto.getHello());
      case PREPARE -> new Message.Prepare(epoch(proto.getPrepare().getEpoch()));
      case PROMISE ->
          new Message.Promise(
              epoch(proto.getPromise().getEpoch()),
              proto.getPromise().getCommittedSlot(),
              accepted(proto.getPromise().getAcceptedList()));
      case REFUSAL ->
          new Message.Refusal(
              epoch(proto.getRefusal().getRefused()), epoch(proto.getRefusal().getPromised()));
      case ACCEPT ->
          new Message.Accept(
              epoch(proto.getAccept().getEpoch()),
              proto.getAccept().getSlot(),
              batch(proto.getAccept().getCount(), proto.getAccept().getEntries()),
              proto.getAccept().getCommittedSlot());
      case ACK ->
          new Message.Ack(
              epoch(proto.getAck().getEpoch()),
              proto.getAck().getDurableSlot(),
              proto.getAck().getRound(),
              proto.getAck().getWantedSlot());
      case HEARTBEAT ->
          new Message.Heartbeat(
              epoch(proto.getHeartbeat().getEpoch()),
              proto.getHeartbeat().getLastSlot(),
              proto.getHeartbeat().getCommittedSlot(),
              proto.getHeartbeat().getRound(),
              proto.getHeartbeat().getOpen());
      case FETCH -> new Message.Fetch(proto.getFetch().getFromSlot());
      case CHUNK ->
          new Message.Chunk(
              accepted(proto.getChunk().getSlotsList()), proto.getChunk().getCommittedSlot());
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException(
              "Host " + proto.getFrom() + " sent a message of a kind that is not known here");
    };
  }

  private static parley.proto.replication.Hello hello(Message.Hello hello) {
    return parley.proto.replication.Hello.newBuilder()
        .setStanding(
            switch (hello.standing()) {
              case EMPTY -> parley.proto.replication.Hello.Standing.EMPTY;
              case NEWCOMER -> parley.proto.replication.Hello.Standing.NEWCOMER;
              case VOTER -> parley.proto.replication.Hello.Standing.VOTER;
            })
        .setPromised(epoch(hello.promised()))
        .setCommittedSlot(hello.committedSlot())
        .setHeardIncarnation(hello.heardIncarnation())
        .putAllFounders(hello.founders())
        .build();
  }

  private static Message.Hello hello(parley.proto.replication.Hello proto) {
    Message.Standing standing =
        switch (proto.getStanding()) {
          case EMPTY -> Message.Standing.EMPTY;
          case NEWCOMER -> Message.Standing.NEWCOMER;
          case VOTER -> Message.Standing.VOTER;
          case UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "Standing " + proto.getStandingValue() + " is not known here");
        };
    Map<Integer, Long> founders = new LinkedHashMap<>(proto.getFoundersMap());
    return new Message.Hello(
        standing,
        epoch(proto.getPromised()),
        proto.getCommittedSlot(),
        proto.getHeardIncarnation(),
        founders);
  }

  private static parley.proto.replication.Epoch epoch(Epoch epoch) {
    return parley.proto.replication.Epoch.newBuilder()
        .setNumber(epoch.number())
        .setHost(epoch.host())
        .setIncarnation(epoch.incarnation())
        .build();
  }

  private static Epoch epoch(parley.proto.replication.Epoch proto) {
    return new Epoch(proto.getNumber(), proto.getHost(), proto.getIncarnation());
  }

  private static List<parley.proto.replication.AcceptedBatch> batches(List<AcceptedBatch> batches) {
    List<parley.proto.replication.AcceptedBatch> protos = new ArrayList<>(batches.size());
    for (AcceptedBatch accepted : batches) {
      protos.add(
          parley.proto.replication.AcceptedBatch.newBuilder()
              .setSlot(accepted.slot())
              .setEpoch(epoch(accepted.epoch()))
              .setCount(accepted.batch().count())
              .setEntries(wrap(accepted.batch()))
              .build());
    }
    return protos;
  }

  private static List<AcceptedBatch> accepted(List<parley.proto.replication.AcceptedBatch> protos) {
    List<AcceptedBatch> batches = new ArrayList<>(protos.size());
    for (parley.proto.replication.AcceptedBatch proto : protos) {
      batches.add(
          new AcceptedBatch(
              proto.getSlot(),
              epoch(proto.getEpoch()),
              batch(proto.getCount(), proto.getEntries())));
    }
    return List.copyOf(batches);
  }

  private static ByteString wrap(Batch batch) {
    return UnsafeByteOperations.unsafeWrap(batch.bytes());
  }

  private static Batch batch(int count, ByteString entries) {
    return new Batch(count, entries.toByteArray());
  }
}
