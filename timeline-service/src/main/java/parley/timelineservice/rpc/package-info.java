/**
 * The timeline service's gRPC endpoints: the only user of gRPC and of generated types beside the
 * log's codec. Adapters only: decisions are made by the replica, on its loop. Every stream is
 * bounded and paced; network threads never block, and what may touch the disk runs on the reader
 * threads.
 */
package parley.timelineservice.rpc;
