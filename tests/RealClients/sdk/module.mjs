// A module as a partner would write it: LINE's SDK, nothing of ours. What it runs against is said on standard input, one line of JSON; what it saw goes to
// standard output, one line of JSON each. node module.mjs: prints {"port":…}, waits for its access, calls every operation of every client once.
import { createInterface } from "node:readline";
import express from "express";
import * as line from "@line/bot-sdk";
import { scenarios } from "./scenarios.mjs";
import { Phone } from "./phone.mjs";

const { messagingApi, manageAudience, moduleOperation, moduleAttach, channelAccessToken, insight, liff, shop } = line;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** Every operation of every client that the package has, by reflection: one that a new version brings cannot be forgotten. */
function operationsOf(clients) {
  return clients.flatMap((client) => Object.getOwnPropertyNames(client.constructor.prototype)
    .filter((name) => name !== "constructor" && !name.endsWith("WithHttpInfo"))
    .map((name) => ({ name: `${client.constructor.name}.${name}`, client, method: name })));
}

/** Events, in the order in which the SDK's own middleware accepted them. */
class Inbox {
  #events = [];
  #waiting = [];

  add(event) {
    this.#events.push(event);
    this.#waiting = this.#waiting.filter((one) => !one());
  }

  /** The next event, not yet taken, for which this holds. */
  next(what, isIt, seconds = 30) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No ${what} within ${seconds} s; there are: ${JSON.stringify(this.#events)}`)), seconds * 1000);
      const look = () => {
        const at = this.#events.findIndex(isIt);
        if (at < 0) return false;
        clearTimeout(late);
        resolve(this.#events.splice(at, 1)[0]);
        return true;
      };
      if (!look()) this.#waiting.push(look);
    });
  }
}

const inbox = new Inbox();
let accept = () => { throw new Error("A webhook before the module knows its secret."); };
const app = express();
app.post("/webhook", (request, response, next) => accept(request, response, next), (request, response) => {
  say({ webhook: request.body });
  for (const event of request.body.events) inbox.add(event);
  response.json({});
});
app.use((error, _request, response, _next) => {
  if (error.type === "request.aborted") return; // The gateway hung up, as it does when its time is up: nothing was judged.
  say({ refusedWebhook: String(error) });
  response.status(401).end();
});

const server = app.listen(0, "127.0.0.1", () => say({ port: server.address().port }));

for await (const input of createInterface({ input: process.stdin })) {
  const access = JSON.parse(input);
  accept = line.middleware({ channelSecret: access.channelSecret });
  const config = { channelAccessToken: access.channelAccessToken, baseURL: access.baseUrl, defaultHeaders: { "X-Line-Bot-Id": access.botId } };
  const clients = {
    messaging: new messagingApi.MessagingApiClient(config),
    blobs: new messagingApi.MessagingApiBlobClient(config),
    audiences: new manageAudience.ManageAudienceClient(config),
    audienceBlobs: new manageAudience.ManageAudienceBlobClient(config),
    insight: new insight.InsightClient(config),
    module: new moduleOperation.LineModuleClient(config),
    attach: new moduleAttach.LineModuleAttachClient(config),
    tokens: new channelAccessToken.ChannelAccessTokenClient({ baseURL: access.baseUrl }),
    liff: new liff.LiffClient(config),
    shop: new shop.ShopClient(config),
  };
  const operations = operationsOf(Object.values(clients));
  const stage = { access, ...clients, inbox, phone: new Phone(access), line };
  const done = new Set();
  for (const [name, scenario] of scenarios) {
    const operation = operations.find((one) => one.name === name);
    if (!operation) {
      say({ operation: name, outcome: "not in the package" });
      continue;
    }

    done.add(name);
    let called = false;
    // The scenario may prepare what it likes; what counts is how this operation itself was answered.
    const call = async (...args) => {
      called = true;
      return operation.client[operation.method](...args);
    };
    try {
      await scenario(stage, call);
      say({ operation: name, outcome: called ? "works" : "was not called" });
    } catch (error) {
      if (error instanceof line.HTTPFetchError) say({ operation: name, outcome: `refused ${error.status}`, body: error.body });
      else say({ operation: name, outcome: "failed", error: String(error?.stack ?? error) });
    }
  }

  for (const operation of operations) if (!done.has(operation.name)) say({ operation: operation.name, outcome: "was not tried" });
  say({ done: true });
  break;
}

server.close();
