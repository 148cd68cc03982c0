// LINE's webhook middleware on Express, as its documentation has it: the signature is checked, the body read as JSON, and nothing kept.
// The first line of input is the channel secret; it ends with its input.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.cwd()}/package.json`); // The packages lie where the program was started.
const { middleware } = require("@line/bot-sdk");
const express = require("express");

const lines = createInterface({ input: process.stdin });
lines.once("line", channelSecret => {
  const app = express();
  app.post("/webhook/:channel", middleware({ channelSecret }), (request, response) => response.sendStatus(request.body.events.length === 1 ? 200 : 500));
  app.use((error, request, response, next) => response.sendStatus(error.name === "SignatureValidationFailed" || error.constructor.name === "SignatureValidationFailed" ? 401 : 500));
  const server = app.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
});
lines.once("close", () => process.exit(0));
