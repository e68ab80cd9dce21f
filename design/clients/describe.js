// Asks a frontend by reflection what it understands, as grpcurl's list does.
//
//   npm install @grpc/grpc-js@1.14.7 grpc-js-reflection-client@1.4.2
//   node describe.js 127.0.0.1:3055
"use strict";

const grpc = require("@grpc/grpc-js");
const { GrpcReflection } = require("grpc-js-reflection-client");

async function describe(frontend) {
  const reflection = new GrpcReflection(frontend, grpc.credentials.createInsecure());
  for (const service of await reflection.listServices()) {
    console.log(service);
    for (const method of await reflection.listMethods(service)) {
      console.log(`  ${method.name}`);
    }
  }
}

const [frontend] = process.argv.slice(2);
if (!frontend) {
  console.error("usage: node describe.js HOST:PORT");
  process.exit(2);
}
describe(frontend).catch((error) => {
  console.error(`${frontend}: ${error.message}`);
  process.exit(1);
});
