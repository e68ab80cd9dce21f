// A client in another language: finds frontends in ZooKeeper, learns the interface from the frontend itself, and prints a
// home timeline as it grows, whichever frontends die meanwhile.
//
//   npm install node-zookeeper-client@1.1.3 @grpc/grpc-js@1.14.7 grpc-js-reflection-client@1.4.2
//   node watch.js 127.0.0.1:2181,127.0.0.2:2181,127.0.0.3:2181 alice
"use strict";

const grpc = require("@grpc/grpc-js");
const { GrpcReflection } = require("grpc-js-reflection-client");
const zooKeeper = require("node-zookeeper-client");

const FRONTENDS = "/parley/services/frontend";
const NOTICE_SILENCE = { "grpc.keepalive_time_ms": 10_000, "grpc.keepalive_timeout_ms": 2_000 };
const [servers, user] = process.argv.slice(2);
if (!user) {
  console.error("usage: node watch.js ZOOKEEPER[,ZOOKEEPER…] USER");
  process.exit(2);
}

const registry = zooKeeper.createClient(servers);
let frontends = []; // What was known last stays good while ZooKeeper is away.
let cursor = "";

function follow() {
  registry.getChildren(FRONTENDS, follow, (error, children) => {
    if (error) {
      console.error(`ZooKeeper: ${error.message}`);
      setTimeout(follow, 1000);
      return;
    }
    Promise.all(children.map(read)).then((found) => {
      const known = found.filter(Boolean);
      frontends = known.length > 0 ? known : frontends;
    });
  });
}

function read(child) {
  return new Promise((resolve) =>
    registry.getData(`${FRONTENDS}/${child}`, (error, data) => {
      resolve(error ? null : address(data.toString()));
    }),
  );
}

function address(json) {
  try {
    const entry = JSON.parse(json);
    return `${entry.address}:${entry.port}`;
  } catch (error) {
    console.error(`no entry of a frontend: ${json}`);
    return null;
  }
}

async function watch() {
  const frontend = frontends[Math.floor(Math.random() * frontends.length)];
  try {
    if (frontend) {
      await watchAt(frontend);
    }
  } catch (error) {
    console.error(`${frontend}: ${error.message}`);
  }
  setTimeout(watch, 100 + Math.random() * 400);
}

async function watchAt(frontend) {
  const credentials = grpc.credentials.createInsecure();
  const descriptor = await new GrpcReflection(frontend, credentials).getDescriptorBySymbol("parley.v1.Parley");
  const { parley } = descriptor.getPackageObject({ longs: String });
  const client = new parley.v1.Parley(frontend, credentials, NOTICE_SILENCE);
  console.error(`watching at ${frontend}`);
  await new Promise((resolve, reject) =>
    client
      .WatchHomeTimeline({ user, cursor })
      .on("data", (message) => {
        if (message.post) {
          console.log(`${message.post.index} ${message.post.author}: ${message.post.text}`);
        }
        cursor = message.cursor;
      })
      .on("error", reject)
      .on("end", resolve),
  ).finally(() => client.close());
}

registry.once("connected", follow);
registry.connect();
watch();
